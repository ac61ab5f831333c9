from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "xiuhua.ground.bookings"
    label = "bookings"
    verbose_name = "预约"

    def ready(self) -> None:
        from xiuhua.ground.bookings import cells, naming, telling, waiting
        from xiuhua.ground.journal import known
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation, phone

        naming.register_all()
        telling.register_all()
        waiting.register_all()
        phone.cells(cells.cells_of, order=30)
        known.opens_files("bookings.open_contact")
        navigation.register(
            "办", _("预约场次"), "bookings:sessions", icon="i-calendar-event", order=60, sight=Sight.BOOKINGS
        )
