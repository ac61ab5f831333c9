"""How many live or stand below each of the rows of a list: ranges of paths, counted beside the rows."""

from datetime import date
from typing import Any

from django.db.models import Func, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import below, filtered_first
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models import Building, Committee, Household, MicroGrid, Resident, Stairwell, Subdistrict

ELDER_FROM = 60
DIGITS: dict[type[Model], int] = {Subdistrict: 9, Committee: 12, MicroGrid: 15, Building: 20, Stairwell: 22}
"""Lengths of paths."""
_REST = "9" * 19
"""The highest digits that can follow a subdistrict's path."""


class _HowMany(Func):
    """Rows of a query, counted without grouping, so that an index over the path is all that is read."""

    template = "COUNT(*)"
    output_field = IntegerField()


def below_each(rows: QuerySet[Any]) -> Subquery:
    """How many of `rows` lie below the row that they are counted for."""
    within = Q(path__gte=OuterRef("path"), path__lte=Concat(OuterRef("path"), Value(_REST)))
    inside = filtered_first(rows, within)
    return Subquery(inside.order_by().annotate(how_many=_HowMany()).values("how_many"))


def counted(seer: Seer, day: date, level: type[Model], *names: str) -> dict[str, Subquery]:
    """Annotations that count what a reader may know to be there: figures, not people, so that seeing places will do.

    Parameters
    ----------
    day : date
        Whoever is 60 on it counts among the elders.
    level : type of Model
        What is counted for: committees, micro-grids, buildings or stairwells.
    names : str
        Some of ``micro_grids``, ``buildings``, ``stairwells``, ``households``, ``residents`` and ``elders``; each
        annotation bears its name with ``_count``.
    """
    seen = _within(seer, DIGITS[level])
    here = Resident.objects.here().filter(seen)
    rows: dict[str, QuerySet[Any]] = {
        "micro_grids": MicroGrid.objects.filter(seen),
        "buildings": Building.objects.filter(seen),
        "stairwells": Stairwell.objects.filter(seen),
        "households": Household.objects.filter(seen),
        "residents": here,
        "elders": here.aged(ELDER_FROM, day),
    }
    return {f"{name}_count": below_each(rows[name]) for name in names}


def _within(seer: Seer, digits: int) -> Q:
    """The reader's own part of what lies below a row; all of it where rows of that level are seen whole.

    It is asked only where it cuts something off: beside the range of each row, SQLite would follow this one, over
    everything that the reader sees, once a row.
    """
    tops = seer.sees(Sight.PLACES)
    if all(len(top) <= digits for top in tops):
        return Q()
    seen = Q()
    for top in tops:
        seen |= below("path", top)
    return seen
