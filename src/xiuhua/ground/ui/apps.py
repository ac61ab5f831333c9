from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "xiuhua.ground.ui"
    label = "ui"
    verbose_name = "界面"
