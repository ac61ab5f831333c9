from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "xiuhua.ground.territory"
    label = "territory"
    verbose_name = "区划"

    def ready(self) -> None:
        from xiuhua.ground.accounts import entrance
        from xiuhua.ground.accounts import places as role_places
        from xiuhua.ground.territory import context, layers, places
        from xiuhua.ground.ui import shell

        layers.register_all()
        shell.told_by(context.place_of)
        entrance.place_told_by(context.place_at_the_door)
        role_places.told_by(places.node_names, places.places_seen)
