"""What sessions and bookings are called on record."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.ui.addresses import address_of


def register_all() -> None:
    """Tell the record."""
    naming.names("bookings.session", _sessions, lambda number: address_of("bookings:session", int(number)))
    naming.names("bookings.booking", _bookings)
    naming.calls_system("bookings", gettext_lazy("候补名单"))


def _sessions(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Session.objects.visible_to(reader).filter(pk__in=numbers)
    return {str(row.pk): row.title for row in rows}


def _bookings(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Booking.objects.visible_to(reader).filter(pk__in=numbers).select_related("session")
    return {str(row.pk): f"{row.session.title} {mask_name(row.name)}".strip() for row in rows}
