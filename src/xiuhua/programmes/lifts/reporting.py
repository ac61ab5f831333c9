"""The report of the programme for a period (加梯统计): what the board, the API and the command line all tell."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Substr

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import indicators, recorded
from xiuhua.programmes.lifts.indicators import Money, Month, Pace, Success, Tally
from xiuhua.programmes.lifts.models import Dossier

MONTHS = 12
FIRST_YEAR = 1990
"""No lift was retrofitted before."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is, and how far it has come there: what the period brought, how things stood at its end, and now."""

    path: str
    name: str
    tally: Tally
    in_hand: int
    in_hand_then: int
    suitable: int

    @property
    def share(self) -> float | None:
        """Share of the suitable stairwells that are in hand now; None where none is suitable."""
        return self.in_hand / self.suitable if self.suitable else None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is counted of a period; of its last day where it is not a sum."""

    first: date
    last: date
    whole: Place
    sub_centres: int
    paces: list[Pace]
    votes: Mapping[str, Success]
    money: Money
    months: list[Month]
    committees: list[Place]

    def told(self) -> dict[str, Any]:
        """As plain values: the figures that are asked for most come first."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            **_told(self.whole),
            "sub_centres": self.sub_centres,
            "steps": [asdict(one) for one in self.paces],
            "votes": {turn: {"closed": one.closed, "passed": one.passed} for turn, one in self.votes.items()},
            "money": {**asdict(self.money), "residents_fen": self.money.residents_fen},
            "by_month": [{"month": f"{one.begins:%Y-%m}", **asdict(one.tally)} for one in self.months],
            "by_committee": [{"path": one.path, "name": one.name, **_told(one)} for one in self.committees],
        }


def period_is_sound(first: date, last: date) -> Verdict[bool]:
    """Whether there is such a period."""
    if first > last:
        return Verdict(False, Reason(_("开始日期在结束日期以后"), field="from", mend=_("两个日期换一下")))
    if first > today():
        return Verdict(False, Reason(_("开始日期在今天以后"), field="from", mend=_("最晚选今天")))
    if first.year < FIRST_YEAR:
        return Verdict(False, Reason(_("日期太早了，那时还没有加装电梯"), field="from", mend=_("从 1990 年以后选")))
    return Verdict(True)


def report(seer: Seer, path: str, first: date, last: date) -> Report:
    """Count a period below a territory path, as far as a reader sees it, from what is on record."""
    moves = recorded.moves_of(seer, path)
    brought = indicators.by_committee(indicators.within(moves, first, last))
    so_far = indicators.by_committee(moves)
    suitable = _suitable(seer, path)
    names = {key: name for key, name in committee_names(seer).items() if key in suitable or key in so_far}
    committees = [
        Place(
            key,
            name,
            indicators.tally(brought.get(key, [])),
            indicators.in_hand_on(so_far.get(key, []), today()),
            indicators.in_hand_on(so_far.get(key, []), last),
            suitable.get(key, 0),
        )
        for key, name in names.items()
    ]
    return Report(
        first=first,
        last=last,
        whole=Place(
            path,
            "",
            indicators.tally(indicators.within(moves, first, last)),
            indicators.in_hand_on(moves, today()),
            indicators.in_hand_on(moves, last),
            sum(suitable.values()),
        ),
        sub_centres=recorded.sub_centres_on(seer, path, last),
        paces=indicators.paces(moves, first, last),
        votes=indicators.successes(one for one in recorded.ballots_of(seer, path) if first <= one.on <= last),
        money=indicators.money(recorded.costs_of(seer, path), first, last),
        months=indicators.months(moves, last, MONTHS),
        committees=committees,
    )


def _suitable(seer: Seer, path: str) -> dict[str, int]:
    """How many stairwells a lift suits, by the path of their committee (one query)."""
    rows: Any = Dossier.objects.visible_to(seer).under(path).suitable().order_by()
    counts: dict[str, int] = {}
    for committee in rows.annotate(c=Substr("path", 1, 12, output_field=CharField())).values_list("c", flat=True):
        counts[committee] = counts.get(committee, 0) + 1
    return counts


def _told(place: Place) -> dict[str, Any]:
    share = None if place.share is None else round(place.share, 4)
    return {
        **asdict(place.tally),
        "in_hand": place.in_hand,
        "in_hand_at_end": place.in_hand_then,
        "suitable": place.suitable,
        "share": share,
    }
