from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "xiuhua.programmes.projects"
    label = "projects"
    verbose_name = "项目清单"
