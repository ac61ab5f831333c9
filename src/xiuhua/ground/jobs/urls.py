from django.urls import path

from xiuhua.ground.jobs import loose_ends, views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("loose-ends/", loose_ends.loose_end_list, name="loose_ends"),
    path("loose-ends/<int:job_id>/", loose_ends.loose_end, name="loose_end"),
    path("loose-ends/<int:job_id>/redo/", loose_ends.redo, name="redo_loose_end"),
    path("loose-ends/<int:job_id>/drop/", loose_ends.drop, name="drop_loose_end"),
    path("<int:job_id>/", views.job_page, name="job"),
    path("<int:job_id>/progress/", views.progress, name="progress"),
    path("<int:job_id>/file/", views.file, name="file"),
    path("<int:job_id>/stop/", views.stop, name="stop"),
    path("<int:job_id>/retry/", views.retry, name="retry"),
]
