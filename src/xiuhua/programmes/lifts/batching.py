"""Stairwells as the engine cuts them into lots: read off the dossiers, computed on, told as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from xiuhua.ground import standards
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import ahead
from xiuhua.programmes.lifts.models import Dossier, Flat
from xiuhua.programmes.lifts.rules import batches as rules
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.batches import LotTerms, Readiness, ReadyFacts

if TYPE_CHECKING:
    from xiuhua.engine.batches import Lots

Tell = Callable[[str, float], None]
MOST_AT_ONCE = 150
"""So many stairwells are cut while one waits; more are a job's work."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A lot as it was cut: its members by number, and what it is, as `engine.batches.Lots` has it."""

    members: tuple[int, ...]
    readiness: float
    metres: float
    value: float
    contiguous: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lots of a place under terms, on a day, with the readiness of each member; `bound` None for lots by hand."""

    path: str
    on: date
    terms: LotTerms
    lots: tuple[Cut, ...]
    readiness: Mapping[int, Readiness]
    value: float
    bound: float | None


def usual_terms(path: str) -> LotTerms:
    """The terms that the rule book of a place proposes."""
    return LotTerms.of(standards.on(today(), at=path).lifts.batch)


def candidates(path: str) -> list[Dossier]:
    """Stairwells of a place that a lift suits, each with its place (one query)."""
    rows: Any = Dossier.objects.under(path).suitable().with_place().order_by("path").defer("snag")
    return list(rows)


def proposed(
    path: str, terms: LotTerms | None = None, *, on: date | None = None, tell: Tell = lambda _stage, _share: None
) -> Proposal:
    """Cut the stairwells of a place into the best lots that are found; those built or in a lot already stay out.

    Parameters
    ----------
    path : str
        A subdistrict or a committee.
    terms : LotTerms, optional
        Those of the rule book where none are given.
    on : date, optional
        Day by which stairwells count as stuck; today.
    tell : callable
        Gets the stage in words, and the share that is done.

    Raises
    ------
    Refused
        The terms cannot be.
    """
    terms = terms or usual_terms(path)
    refuse_unless(rules.terms_are_sound(terms))
    day = on or today()
    tell(_("读门洞"), 0.05)
    rows = candidates(path)
    tell(_("算成熟度"), 0.2)
    readiness = readiness_by(rows, day)
    tell(_("排批次"), 0.5)
    return _proposal(path, day, terms, rows, readiness)


def drawn(path: str, lots: Iterable[Iterable[Dossier]], terms: LotTerms | None = None, *, on: date) -> Proposal:
    """Lots that people have drawn by hand, or built long ago, by the same measure as those that are proposed.

    Raises
    ------
    Refused
        A lot has no members, a stairwell is in two, or a lift does not suit it.
    """
    terms = terms or usual_terms(path)
    refuse_unless(rules.terms_are_sound(terms))
    numbers = [tuple(row.pk for row in lot) for lot in lots]
    rows = candidates(path)
    refuse_unless(rules.lots_are_sound(numbers, {row.pk for row in rows}))
    wanted = {pk for lot in numbers for pk in lot}
    rows = [row for row in rows if row.pk in wanted]
    readiness = readiness_by(rows, on)
    cuts = appraised(rows, {pk: one.degree for pk, one in readiness.items()}, numbers, terms)
    return Proposal(path, on, terms, tuple(cuts), readiness, sum(one.value for one in cuts), None)


def readiness_by(rows: Sequence[Dossier], day: date) -> dict[int, Readiness]:
    """How ready each stairwell is on a day, and what makes it so (a few queries, and one a gate read off a dossier)."""
    numbers = [row.pk for row in rows]
    under_way = [row for row in rows if row.state not in ("waiting", *rules.BEGUN)]
    gates = ahead.gates_kept(under_way)
    counted = (
        Flat.objects.filter(dossier__in=numbers)
        .values("dossier")
        .order_by("dossier")
        .annotate(
            wish_for=Count("pk", filter=Q(stance=Flat.Stance.FOR)),
            wish_against=Count("pk", filter=Q(stance=Flat.Stance.AGAINST)),
            households=Count("pk"),
        )
    )
    wishes = {row.pop("dossier"): row for row in counted}
    found = {}
    for row in rows:
        kept, every = gates.get(row.pk, (0, 0))
        stuck = moves.stuck_days(row.facts(), day)
        facts = ReadyFacts(row.state, kept, every, **wishes.get(row.pk, {}), stuck_days=max(0, stuck))
        book = standards.on(today(), at=row.path).lifts
        found[row.pk] = rules.readiness_of(facts, book.batch, book.pace)
    return found


def appraised(
    rows: Sequence[Dossier], degrees: Mapping[int, float], lots: Sequence[Sequence[int]], terms: LotTerms
) -> list[Cut]:
    """What lots are whose members somebody has chosen."""
    from xiuhua.engine.batches import appraise

    lot_of = {pk: number for number, lot in enumerate(lots) for pk in lot}
    found = appraise(
        _places(rows),
        [degrees[row.pk] for row in rows],
        [lot_of[row.pk] for row in rows],
        _engine_terms(terms),
        **_groups(rows),
    )
    return [_cut(tuple(lot), found, number) for number, lot in enumerate(lots)]


def _proposal(
    path: str, day: date, terms: LotTerms, rows: Sequence[Dossier], readiness: Mapping[int, Readiness]
) -> Proposal:
    from xiuhua.engine.batches import propose

    if not rows:
        return Proposal(path, day, terms, (), {}, 0.0, 0.0)
    found = propose(
        _places(rows),
        [readiness[row.pk].degree for row in rows],
        _engine_terms(terms),
        done=[row.state in rules.BEGUN or row.batch_id is not None for row in rows],
        **_groups(rows),
    )
    lots = [
        tuple(row.pk for row, lot in zip(rows, found.lot, strict=True) if lot == number)
        for number in range(_count(found.lots))
    ]
    cuts = tuple(_cut(members, found.lots, number) for number, members in enumerate(lots))
    members = {pk for lot in lots for pk in lot}
    kept = {pk: one for pk, one in readiness.items() if pk in members}
    return Proposal(path, day, terms, cuts, kept, float(found.value), float(found.bound))


def _count(lots: Lots) -> int:
    return len(lots.size)


def _cut(members: tuple[int, ...], lots: Lots, number: int) -> Cut:
    return Cut(
        members,
        readiness=round(float(lots.readiness[number]), 4),
        metres=round(float(lots.metres[number]), 1),
        value=float(lots.value[number]),
        contiguous=bool(lots.contiguous[number]),
    )


def _engine_terms(terms: LotTerms) -> Any:
    from xiuhua.engine.batches import Terms

    return Terms(terms.least, terms.most, terms.reach_m, terms.ready, terms.setup, terms.walk)


def _places(rows: Sequence[Dossier]) -> list[tuple[float, float]]:
    """Doors in metres on a plane around them."""
    from xiuhua.engine.projection import LocalProjection

    lon = [row.stairwell.door_lon for row in rows]
    lat = [row.stairwell.door_lat for row in rows]
    x, y = LocalProjection.around(lon, lat).forward(lon, lat)
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _groups(rows: Sequence[Dossier]) -> dict[str, Any]:
    """The quarter and the building of each, as numbers."""
    quarters: dict[str, int] = {}
    block = [quarters.setdefault(quarter_of(row), len(quarters)) for row in rows]
    return {"block": block, "building": [row.stairwell.building_id for row in rows]}


def quarter_of(row: Dossier) -> str:
    """The quarter (小区) in which a stairwell lies; where none is on record, its committee."""
    building = row.stairwell.building
    return building.quarter or building.committee.name
