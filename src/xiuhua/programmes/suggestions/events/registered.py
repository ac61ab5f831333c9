"""What events add to the frame: navigation, the phone, what waits, names on record."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui import navigation, phone
from xiuhua.programmes.suggestions.events import naming, own, waiting


def register_all() -> None:
    """Tell the ground."""
    naming.register_all()
    waiting.register_all()
    navigation.register("听", _("活动"), "gatherings:list", "i-calendar-event", 20, sight=Sight.SUGGESTIONS)
    phone.cells(own.home_cells, order=40)
