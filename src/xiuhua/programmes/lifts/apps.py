from django.apps import AppConfig


class LiftsConfig(AppConfig):
    name = "xiuhua.programmes.lifts"
    label = "lifts"
    verbose_name = "加装电梯"

    def ready(self) -> None:
        from xiuhua.programmes.lifts import naming

        naming.register_all()
