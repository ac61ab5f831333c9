"""Figures of the rule book as they stand at a place (自定数值): what its subdistrict has set for itself.

The rows are few, and are read once a request and kept no longer than that, so that a figure which is set in one process
holds at once in every other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.scope.paths import EVERYWHERE, subdistrict_of
from xiuhua.ground.standards import Figure, Value
from xiuhua.ground.territory import rules
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import OwnFigure, Subdistrict

Own = Mapping[str, Mapping[str, Value]]
"""By path of the subdistrict, then by key."""

_held: ContextVar[dict[date, Own] | None] = ContextVar("own_figures", default=None)


class FiguresHeld(MiddlewareMixin):
    """Keeps what subdistricts have set for as long as a request takes; goes before whoever asks for a figure."""

    def process_request(self, _request: HttpRequest) -> None:
        _held.set({})

    def process_response(self, _request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        _held.set(None)
        return response


@contextmanager
def held() -> Iterator[None]:
    """Keep what subdistricts have set for as long as a piece of work takes that asks many times."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def told(path: str, day: date) -> dict[str, Value]:
    """What is set otherwise than in the book, at a place and on a day.

    What belongs to no place follows the safest of all subdistricts: a door that has several cannot tell by its answers
    where a number that is typed belongs, nor whether anybody has it.
    """
    own = _own(day)
    if not own:
        return {}
    book = standards.on(day).named
    if path != EVERYWHERE:
        return _standing(own.get(subdistrict_of(path), {}), book)
    offices = Subdistrict.objects.values_list("path", flat=True)
    return _safest([_standing(own.get(office, {}), book) for office in offices], book)


def floor_of(figure: Figure, book: Mapping[str, Figure]) -> Figure | None:
    """What a law sets as the least of a figure."""
    return book[figure.not_below] if figure.not_below else None


def forget() -> None:
    """Read again: something was set."""
    if (held := _held.get()) is not None:
        held.clear()


def _own(day: date) -> Own:
    held = _held.get()
    if held is None:
        return _read(day)
    if day not in held:
        held[day] = _read(day)
    return held[day]


def _read(day: date) -> Own:
    """What stood at the end of a day; today, what stands now."""
    rows = OwnFigure.objects.filter(ended_at__isnull=True)
    if day < min(now().date(), today()):
        after = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
        rows = OwnFigure.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=after), set_at__lt=after)
    found: dict[str, dict[str, Value]] = defaultdict(dict)
    for path, key, value in rows.order_by("set_at", "pk").values_list("subdistrict__path", "key", "value"):
        found[path][key] = value
    return found


def _standing(own: Mapping[str, Value], book: Mapping[str, Figure]) -> dict[str, Value]:
    """Those that may stand by the book, whose bounds may be others by now, or which has no such figure any more."""
    return {
        key: value
        for key, value in own.items()
        if key in book and rules.figure_stands(key, value, book[key], floor_of(book[key], book))
    }


def _safest(offices: Iterable[Mapping[str, Value]], book: Mapping[str, Figure]) -> dict[str, Value]:
    offices = list(offices)
    keys = {key for own in offices for key in own}
    return {key: book[key].safest([own.get(key, book[key].value) for own in offices]) for key in keys}
