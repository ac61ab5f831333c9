"""Rows that lie together at places, such as all who live in some houses: counted and cut a place at a time.

Of a hundred thousand finds nobody goes through all to show the last fifty: an index says how many lie at each place,
and only the places that a page falls on are read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, Generic, TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

Place = TypeVar("Place")
CHUNK = 1000
"""Rows, and places, that are held at a time where all are gone through."""


class Parted(Generic[Place]):
    """Rows of a queryset by the places at which they lie, in the order of their paths.

    Parameters
    ----------
    rows : QuerySet
        All rows that the reader may see and filters leave.
    places : sequence of Place
        In the order of their paths; none lies within another.
    at : callable
        The condition that a row lies at one of some places.
    tally : callable
        How many of the rows lie at each of some places; asked once, and not for the first few rows.
    """

    ordered = True

    def __init__(
        self,
        rows: QuerySet[Any],
        places: Sequence[Place],
        at: Callable[[Sequence[Place]], Q],
        tally: Callable[[Sequence[Place]], Sequence[int]],
        *,
        downwards: bool = False,
    ) -> None:
        self.model = rows.model
        self._rows, self._places, self._at, self._tally, self._downwards = rows, places, at, tally, downwards

    def count(self) -> int:
        """How many rows there are in all."""
        return self._ends[-1] if self._ends else 0

    def order_by(self, *orders: OrderBy) -> Any:
        """The same in another order: by the path either way, else as a queryset."""
        if orders[0].expression == F("path"):
            return Parted(self._rows, self._places, self._at, self._tally, downwards=orders[0].descending)
        return self._rows.filter(self._at(self._places)).order_by(*orders)

    def __getitem__(self, asked: slice) -> list[Any]:
        """Some rows on end, counted from the first."""
        first, last = asked.start or 0, asked.stop
        if first == 0 and not self._downwards and "_ends" not in self.__dict__:
            rows = list(self._at_places(0, last)[:last])
            if len(rows) == last or last >= len(self._places):
                return rows
        first, last = min(first, self.count()), min(last, self.count())
        if first >= last:
            return []
        if self._downwards:
            return self._cut(self.count() - last, self.count() - first)[::-1]
        return self._cut(first, last)

    def __iter__(self) -> Iterator[Any]:
        begins = range(0, len(self._places), CHUNK)
        for begin in reversed(begins) if self._downwards else begins:
            rows = self._at_places(begin, begin + CHUNK)
            yield from (rows.reverse() if self._downwards else rows).iterator(chunk_size=CHUNK)

    @cached_property
    def _ends(self) -> list[int]:
        """How many rows lie at each place and before it."""
        return list(accumulate(self._tally(self._places)))

    def _cut(self, first: int, last: int) -> list[Any]:
        """Rows `first` to `last`, counted from the lowest path."""
        begin, end = bisect_right(self._ends, first), bisect_left(self._ends, last)
        before = self._ends[begin - 1] if begin else 0
        return list(self._at_places(begin, end + 1)[first - before : last - before])

    def _at_places(self, begin: int, end: int) -> QuerySet[Any]:
        return self._rows.filter(self._at(self._places[begin:end])).order_by("path")
