from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "xiuhua.ground.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        from xiuhua.ground.ui import shell, waiting

        shell.bell_told_by(waiting.bell_of)
