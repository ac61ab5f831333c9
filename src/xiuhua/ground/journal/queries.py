"""Reads of the record: by whom, about what, within whose sight."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.known import Reference
from xiuhua.ground.journal.models import Audience, Entry, Outcome
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Sight


def record_for(actor: Actor) -> QuerySet[Entry]:
    """Every entry of the places whose record this person oversees, newest first."""
    rows: QuerySet[Entry] = Entry.objects.visible_to(actor)
    return rows.order_by("-id")


def happened_for(actor: Actor) -> QuerySet[Entry]:
    """What this person may see that happened: for timelines and the live feed, oldest first.

    What staff may see, in the places that they see; everything, in the places whose record they oversee; and one's own
    acts. A refused attempt is seen by oversight and by whoever made it.
    """
    if EVERYWHERE in actor.sees(Sight.RECORD):
        return Entry.objects.order_by("id")
    seen = Q(actor=actor.reference)
    for top in actor.sees(Sight.RECORD):
        seen |= below("territory", top)
    for top in actor.sees(Sight.PLACES):
        seen |= below("territory", top) & Q(audience__in=[Audience.STAFF, Audience.PUBLIC], outcome=Outcome.DONE)
    return Entry.objects.filter(seen | Q(audience=Audience.PUBLIC, outcome=Outcome.DONE)).order_by("id")


def concerning(rows: QuerySet[Entry], things: Iterable[Reference]) -> QuerySet[Entry]:
    """Those of the entries that are about one of these things."""
    numbers: dict[str, list[str]] = {}
    for label, number in things:
        numbers.setdefault(label, []).append(number)
    meant = Q(pk__in=[])
    for label, wanted in numbers.items():
        meant |= Q(subject_type=label, subject_id__in=wanted)
    return rows.filter(meant)
