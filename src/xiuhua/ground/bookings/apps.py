from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "xiuhua.ground.bookings"
    label = "bookings"
    verbose_name = "预约"

    def ready(self) -> None:
        from xiuhua.ground.bookings import naming
        from xiuhua.ground.journal import known
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation

        naming.register_all()
        known.opens_files("bookings.open_contact")
        navigation.register(
            "办", _("预约场次"), "bookings:sessions", icon="i-calendar-event", order=60, sight=Sight.BOOKINGS
        )
