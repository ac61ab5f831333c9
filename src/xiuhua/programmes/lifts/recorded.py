"""What the verbs of the lift programme put on record, read back for replays and indicators (one query each)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import SUBDISTRICT
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.lifts.indicators import Ballot, Cost, Move
from xiuhua.programmes.lifts.models import Centre, Dossier, Scheme, Vote

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
        rows = _done(Dossier.objects.visible_to(seer).under(path), *MOVES)
        moves = (_move(*row) for row in _told(rows, "subject_id", "territory", "verb", "facts"))
        return sorted(moves, key=lambda move: move.on)

    return until_recorded(("lift moves", tops, path), [path], read, worth=lambda found: len(found) >= MANY)


def ballots_of(seer: Seer, path: str) -> list[Ballot]:
    """Votes that were closed below a path, in the order of their days, each with its turn at its stairwell."""
    rows = _done(Vote.objects.visible_to(seer).under(path), "lifts.close_vote", "lifts.record_past_vote")
    told = [(day_of(facts), territory, bool(facts["passed"])) for territory, facts in _told(rows, "territory", "facts")]
    turns = Counter[str]()
    found = []
    for on, territory, passed in sorted(told, key=lambda row: row[0]):
        turns[territory] += 1
        found.append(Ballot(territory, on, turns[territory], passed))
    return found


def costs_of(seer: Seer, path: str) -> list[Cost]:
    """What lifts cost below a path: schemes adopted and final costs settled, in the order in which they were."""
    verbs = ("lifts.draft_scheme", "lifts.adopt_scheme", "lifts.settle_cost")
    rows = _done(Scheme.objects.visible_to(seer).under(path), *verbs)
    drafted: dict[str, int] = {}
    found = []
    for subject, territory, verb, facts in _told(rows, "subject_id", "territory", "verb", "facts"):
        if verb == "lifts.draft_scheme":
            drafted[subject] = facts["total_fen"]
        elif verb == "lifts.adopt_scheme":
            total = drafted.get(subject, facts["residents_fen"])
            found.append(Cost(territory, day_of(facts), total, total - facts["residents_fen"]))
        else:
            found.append(Cost(territory, day_of(facts), facts["total_fen"], facts["subsidy_fen"]))
    return found


def sub_centres_on(seer: Seer, path: str, day: date) -> int:
    """How many sub-centres (分中心) of committees were open on a day."""
    rows = _done(Centre.objects.visible_to(seer).under(path), "lifts.open_centre", "lifts.close_centre")
    open_ones: set[str] = set()
    for subject, territory, verb, facts in _told(rows, "subject_id", "territory", "verb", "facts"):
        if len(territory) > SUBDISTRICT and day_of(facts) <= day:
            (open_ones.add if verb == "lifts.open_centre" else open_ones.discard)(subject)
    return len(open_ones)


def _done(subjects: QuerySet[Any], *verbs: str) -> QuerySet[Entry]:
    """What was done to some rows by these verbs."""
    label = subjects.model._meta.label_lower
    numbers = subjects.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return Entry.objects.filter(subject_type=label, subject_id__in=numbers, verb__in=verbs, outcome=Outcome.DONE)


def _told(rows: QuerySet[Entry], *fields: str) -> Iterable[tuple[Any, ...]]:
    """What stands in entries, in the order in which they were made."""
    return rows.order_by("id").values_list(*fields)


def day_of(facts: Mapping[str, Any]) -> date:
    """The day on which it was so, which is not the day on which it was put down."""
    return date.fromisoformat(facts["on"])


def _move(subject: str, territory: str, verb: str, facts: dict[str, Any]) -> Move:
    return Move(
        dossier=int(subject),
        path=territory,
        name=MOVES[verb],
        on=day_of(facts),
        before=facts["from"],
        after=facts["to"],
        state=facts["state"],
    )
