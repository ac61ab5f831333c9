from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "xiuhua.ground.territory"
    label = "territory"
    verbose_name = "区划"

    def ready(self) -> None:
        from xiuhua.ground import standards
        from xiuhua.ground.accounts import places as role_places
        from xiuhua.ground.accounts.entrance import pages as entrance
        from xiuhua.ground.accounts.own import resident
        from xiuhua.ground.bookings import places as session_places
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.territory import context, figures, layers, naming, places, rosters, waiting
        from xiuhua.ground.territory.views import own
        from xiuhua.ground.ui import navigation, phone, shell
        from xiuhua.ground.ui import waiting as ui_waiting

        standards.told_by(standards.OVERRIDDEN, figures.told)
        layers.register_all()
        naming.register_all()
        waiting.register_all()
        shell.told_by(context.place_of)
        shell.searched_at("territory:search", _("搜索地址、居民、设施"), Sight.PLACES)
        entrance.place_told_by(context.place_at_the_door)
        role_places.told_by(places.node_names, places.places_seen)
        session_places.told_by(places.places_of_sessions)
        rosters.register_all()
        navigation.register("看", _("街区"), "territory:home", icon="i-map-2", order=30, sight=Sight.PLACES)
        navigation.register("办", _("住户"), "territory:households", icon="i-home", order=80, sight=Sight.HOUSEHOLDS)
        navigation.register("办", _("居民"), "territory:residents", icon="i-users", order=90, sight=Sight.PEOPLE)
        navigation.register(
            "办",
            _("住户绑定"),
            "territory:bindings",
            icon="i-link",
            order=95,
            sight=Sight.PEOPLE,
            badge=ui_waiting.count_of(waiting.BINDINGS),
        )
        navigation.register(
            "管", _("安全策略"), "territory:figures_home", icon="i-shield-lock", order=15, sight=Sight.STAFF
        )
        resident.home_told_by(own.card_of)
        phone.name_told_by(own.name_of)
        phone.line_told_by(own.address_of)
