from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "xiuhua.ground.territory"
    label = "territory"
    verbose_name = "区划"

    def ready(self) -> None:
        from xiuhua.ground.territory import context, layers
        from xiuhua.ground.ui import shell

        layers.register_all()
        shell.told_by(context.place_of)
