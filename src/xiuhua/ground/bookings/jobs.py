"""What is done by night: close lists that nobody closed, and let names and telephones go that are needed no more."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import actions
from xiuhua.ground.bookings.models import Session
from xiuhua.ground.clock import now
from xiuhua.ground.jobs.registry import periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.standards import on
from xiuhua.ground.words import gettext as _


@periodic("10 3 * * *", "bookings.tidy", says=gettext_lazy("整理预约"))
def tidy(running: Running) -> None:
    """Close the lists of sessions that are over, and forget who booked where that was long ago."""
    at = now()
    with running.effect():
        figures = on(at.date()).bookings
        over = Session.objects.filter(ends_at__lte=at, closed_at__isnull=True, cancelled_at__isnull=True)
        closed = [actions.close_session(actor=running.actor, session=row) for row in over.order_by("pk")]
        long_ago = at - timedelta(days=figures.keep_contact_days.number)
        known = Session.objects.filter(ends_at__lte=long_ago, contacts_forgotten_at__isnull=True)
        forgotten = [actions.forget_contacts(actor=running.actor, session=row) for row in known.order_by("pk")]
        running.done({_("结束登记的场次"): len(closed), _("清掉联系方式的场次"): len(forgotten)})
