from django.urls import path

from xiuhua.ground.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<int:job_id>/", views.job_page, name="job"),
    path("<int:job_id>/progress/", views.progress, name="progress"),
    path("<int:job_id>/file/", views.file, name="file"),
    path("<int:job_id>/stop/", views.stop, name="stop"),
    path("<int:job_id>/retry/", views.retry, name="retry"),
]
