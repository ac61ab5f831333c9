"""What the verbs of the lift programme put on record, read back for replays and indicators (one query each)."""

from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import SUBDISTRICT
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.lifts.indicators import Ballot, Cost, Move
from xiuhua.programmes.lifts.models import Centre, Dossier

MOVES = {
    "lifts.begin_consulting": "begin",
    "lifts.begin_design": "design",
    "lifts.begin_agreeing": "agree",
    "lifts.sign_agreement": "sign",
    "lifts.start_building": "build",
    "lifts.finish_building": "finish",
    "lifts.hand_over": "hand_over",
    "lifts.set_aside": "set_aside",
}
"""Verbs that move a stairwell, and the move of the workflow that each makes."""

MANY = 200
"""So many moves are read once, until something more is put on record."""


def moves_of(seer: Seer, path: str) -> list[Move]:
    """Every move below a path that a reader may see, in the order in which they happened."""
    tops = seer.sees(Sight.LIFTS)

    def read() -> list[Move]:
        fields = ("subject_id", "territory", "verb", "facts")
        rows = _done(Dossier.objects.visible_to(seer).under(path), *MOVES).order_by("id").values_list(*fields)
        return sorted((_move(*row) for row in rows), key=lambda move: move.on)

    return until_recorded(("lift moves", tops, path), [path], read, worth=lambda found: len(found) >= MANY)


def ballots_of(seer: Seer, path: str) -> list[Ballot]:
    """Votes that were closed below a path, in the order in which they were, each with its turn at its stairwell."""
    fields = ("subject_id", "territory", "facts")
    rows = Entry.objects.filter(below("territory", path), verb="lifts.close_vote", outcome=Outcome.DONE).order_by("id")
    seen = set(Dossier.objects.visible_to(seer).under(path).values_list("pk", flat=True))
    turns: dict[int, int] = {}
    found = []
    for _subject, territory, facts in rows.values_list(*fields):
        dossier = int(facts["dossier"])
        turns[dossier] = turns.get(dossier, 0) + 1
        if dossier in seen:
            on = date.fromisoformat(facts["on"])
            found.append(Ballot(dossier, territory, on, turns[dossier], bool(facts["passed"])))
    return found


def costs_of(seer: Seer, path: str) -> list[Cost]:
    """What lifts cost below a path: schemes adopted and final costs settled, in the order in which they were."""
    rows = _done(Dossier.objects.visible_to(seer).under(path), "lifts.adopt_scheme", "lifts.settle_cost")
    return [
        Cost(int(subject), territory, date.fromisoformat(facts["on"]), facts["total_fen"], facts["subsidy_fen"])
        for subject, territory, facts in rows.order_by("id").values_list("subject_id", "territory", "facts")
    ]


def sub_centres_on(seer: Seer, path: str, day: date) -> int:
    """How many sub-centres (分中心) of committees were open on a day."""
    rows = _done(Centre.objects.visible_to(seer).under(path), "lifts.open_centre", "lifts.close_centre")
    open_ones: set[str] = set()
    for subject, territory, verb, facts in rows.order_by("id").values_list("subject_id", "territory", "verb", "facts"):
        if len(territory) > SUBDISTRICT and date.fromisoformat(facts["on"]) <= day:
            (open_ones.add if verb == "lifts.open_centre" else open_ones.discard)(subject)
    return len(open_ones)


def _done(subjects: QuerySet[Any], *verbs: str) -> QuerySet[Entry]:
    """What was done to some rows by these verbs."""
    label = subjects.model._meta.label_lower
    numbers = subjects.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return Entry.objects.filter(subject_type=label, subject_id__in=numbers, verb__in=verbs, outcome=Outcome.DONE)


def _move(subject: str, territory: str, verb: str, facts: dict[str, Any]) -> Move:
    return Move(
        dossier=int(subject),
        path=territory,
        name=MOVES[verb],
        on=date.fromisoformat(facts["on"]),
        before=facts["from"],
        after=facts["to"],
        state=facts["state"],
    )
