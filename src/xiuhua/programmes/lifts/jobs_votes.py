"""Votes whose time is over are counted by the system itself."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.registry import periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, queries_votes
from xiuhua.programmes.lifts.models import Vote


@periodic("*/10 * * * *", "lifts.close_votes", says=gettext_lazy("表决到时开票"))
def close_votes(running: Running) -> None:
    """Count each vote whose closing time has come; one whose box does not fit its record is left for people."""
    whole = {vote: queries_votes.box_is_whole(vote).decision for vote in due()}
    for vote, is_whole in whole.items():
        if is_whole:
            with running.effect():
                actions.close_vote(actor=running.actor, vote=vote)
    with running.effect():
        counted = sum(whole.values())
        running.done({_("开票"): counted, _("票箱对不上，等人查"): len(whole) - counted})


def due() -> QuerySet[Vote]:
    """Votes that are still open although their time is over, with their places."""
    rows: QuerySet[Vote] = Vote.objects.open().filter(closes_at__lte=now())
    return rows.select_related("dossier").order_by("closes_at", "pk")
