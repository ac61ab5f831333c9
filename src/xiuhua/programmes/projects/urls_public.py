from django.urls import path

from xiuhua.programmes.projects.views import public

app_name = "public_projects"
urlpatterns = [
    path("", public.public_list, name="list"),
    path("<int:number>/", public.public_project, name="project"),
]
