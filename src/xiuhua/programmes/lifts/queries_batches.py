"""Reads about lots of stairwells, which screens and the API share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Count, QuerySet

from xiuhua.ground import standards
from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.programmes.lifts import batching, queries
from xiuhua.programmes.lifts.flow import Stage
from xiuhua.programmes.lifts.models import Batch, BatchMember, BatchPlan, Dossier, Quote
from xiuhua.programmes.lifts.models.batches import BatchQuerySet
from xiuhua.programmes.lifts.rules.batches import BEGUN

MANY = 40
"""So many stairwells are looked through once, until something more is put on record."""


def plans(seer: Seer) -> QuerySet[BatchPlan]:
    """Plans that a reader may see, the newest first, each with the number of its lots."""
    rows = BatchPlan.objects.visible_to(seer).annotate(lots=Count("batches"))
    return cast("QuerySet[BatchPlan]", rows.order_by("-number"))


def batches(seer: Seer) -> BatchQuerySet:
    """Lots that a reader may see, each with its plan."""
    return Batch.objects.visible_to(seer).select_related("plan")


def lots_of(plan: BatchPlan, seer: Seer) -> list[Batch]:
    """Lots of a plan that a reader may see, in their order."""
    return list(batches(seer).filter(plan=plan).order_by("place"))


def members_of(rows: Iterable[Batch], seer: Seer) -> list[BatchMember]:
    """Stairwells of some lots that a reader may see, each with its dossier and place (one query)."""
    place = "dossier__stairwell__building"
    found = BatchMember.objects.visible_to(seer).filter(batch__in=[row.pk for row in rows])
    found = found.select_related("batch", f"{place}__committee").defer(f"{place}__committee__geometry")
    return list(found.order_by("batch__place", "dossier__path"))


def dossiers_of(batch: Batch, seer: Seer) -> list[Dossier]:
    """Dossiers of a lot that a reader may see, each with its place (one query)."""
    rows = queries.dossiers(seer).filter(batch_members__batch=batch).order_by("path")
    return list(rows)


def stages_of(rows: Sequence[Batch]) -> dict[int, Counter[str]]:
    """How many stairwells of each lot are in which stage (one query)."""
    found: dict[int, Counter[str]] = {row.pk: Counter() for row in rows}
    counted = BatchMember.objects.filter(batch__in=list(found)).values_list("batch", "dossier__stage").order_by()
    for batch, stage, count in counted.annotate(count=Count("pk")):
        found[batch][stage] = count
    return found


def contractors_of(rows: Sequence[Batch]) -> dict[int, list[str]]:
    """Firms chosen for stairwells of each lot, those with the most first (one query)."""
    chosen = Quote.objects.filter(dossier__batch_members__batch__in=[row.pk for row in rows], chosen_on__isnull=False)
    counted = chosen.values_list("dossier__batch_members__batch", "contractor__name").order_by()
    firms: dict[int, list[tuple[int, str]]] = {}
    for batch, name, count in counted.annotate(count=Count("pk")):
        firms.setdefault(batch, []).append((-count, name))
    return {batch: [name for _count, name in sorted(found)] for batch, found in firms.items()}


@dataclass(frozen=True, slots=True)
class Way:
    """The road of a stairwell (三化): ``done``, ``lot``, ``gap``, ``single`` or ``later``.

    `block` is what one calls its quarter; where none is on record, its committee.
    """

    dossier: int
    path: str
    quarter: str
    block: str
    kind: str


KINDS = {0: "later", 1: "lot", 2: "single", 3: "gap", 4: "done"}


def ways(seer: Seer, path: str) -> list[Way]:
    """Which road each suitable stairwell below a path takes that a reader may see."""
    key = ("lift ways", path, tuple(seer.sees(Sight.LIFTS)), today())
    return until_recorded(key, [path], lambda: _ways(seer, path, today()), worth=lambda found: len(found) >= MANY)


def _ways(seer: Seer, path: str, day: date) -> list[Way]:
    from xiuhua.engine.batches import kinds

    rows = list(queries.suitable_under(path, seer).order_by("path").defer("snag"))
    if not rows:
        return []
    degrees = batching.readiness_by(rows, day)
    figures = standards.on(day, at=path).lifts.batch
    quarters: dict[str, int] = {}
    found = kinds(
        [degrees[row.pk].degree for row in rows],
        [row.batch_id or -1 for row in rows],
        [row.state in BEGUN for row in rows],
        [quarters.setdefault(batching.quarter_of(row), len(quarters)) for row in rows],
        ready=figures.ready.number,
        closing=float(_share(figures.closing_share.value)),
    )
    return [
        Way(row.pk, row.path, row.stairwell.building.quarter, batching.quarter_of(row), KINDS[int(kind)])
        for row, kind in zip(rows, found.kind, strict=True)
    ]


def _share(value: Any) -> float:
    """A share that stands in the rule book as a fraction."""
    whole, _slash, parts = str(value).partition("/")
    return float(whole) / float(parts or 1)


def stage_counts(counts: Counter[str]) -> list[tuple[str, int]]:
    """Counts of the five stages, what is won first."""
    return [(str(stage), counts.get(str(stage), 0)) for stage in reversed(Stage.values)]
