"""待办: what waits for whoever reads, from every room. One query counts it all, however many rooms there are.

A room registers what it has when its app is ready::

    waiting.register(
        "territory.bindings",
        _("住户绑定，等确认"),
        rows=lambda reader: Binding.objects.visible_to(reader).waiting(),    # None where nothing ever waits for them
        columns=lambda request: [Column("address", _("地址"), …)],
        url=lambda: f"{reverse('territory:bindings')}?state=asked",
        fed_by="territory.ask_binding territory.confirm_binding",
    )

The bell in the top bar tells the sum and asks again when the feed says that something of it happened.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from xiuhua.ground.clock import now
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.ui.lists import Column

Rows = Callable[[Any], QuerySet[Any] | None]
_KEPT = "_waiting_counts"
READERS = 1000
"""Readers for whom a process keeps how what waits for them is counted."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that waits.

    Parameters
    ----------
    key, title : str
        ``room.what``, and its head on the page.
    rows : callable
        Gets the reader; what waits for them, in the order in which it is to be done; None where nothing ever does. It
        may hang on who they are, what they hold and the day, and on nothing else: how it is counted is put together
        once a day for each reader.
    shown : callable, optional
        Gets the rows; brings what the columns read, which counting does not need.
    columns : callable
        Gets the request; how the page shows the first few.
    url : callable
        Address of the list that has them all.
    fed_by : str
        Verbs, or beginnings of verbs, after which it is counted anew; blanks between them.
    """

    key: str
    title: str | Promise
    rows: Rows
    columns: Callable[[HttpRequest], Sequence[Column[Any]]]
    url: Callable[[], str]
    fed_by: str = ""
    shown: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Bell:
    """What waits for the reader, how much, where to see it, and after which verbs to ask again."""

    url: str
    count: int = 0
    fed_by: str = ""
    again: str = ""


_kinds: dict[str, Kind] = {}


def register(
    key: str,
    title: str | Promise,
    *,
    rows: Rows,
    columns: Callable[[HttpRequest], Sequence[Column[Any]]],
    url: Callable[[], str],
    fed_by: str = "",
    shown: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None,
) -> None:
    """Add a kind of thing that waits; the page tells kinds in the order in which they were added.

    Raises
    ------
    ValueError
        There is one of that key.
    """
    if key in _kinds:
        message = f"{key!r} is registered twice"
        raise ValueError(message)
    _kinds[key] = Kind(key, title, rows, columns, url, fed_by, shown)


def kinds_for(reader: Seer) -> list[tuple[Kind, QuerySet[Any]]]:
    """Kinds of which something may wait for this reader, each with its rows."""
    return [(kind, rows) for kind in _kinds.values() if (rows := kind.rows(reader)) is not None]


def counts(request: HttpRequest) -> dict[str, int]:
    """How many of each kind wait for whoever asks: one query a request, none where nothing ever waits for them."""
    kept: dict[str, int] | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _counted(request.actor)  # type: ignore[attr-defined]
        setattr(request, _KEPT, kept)
    return kept


def count_of(key: str) -> Callable[[HttpRequest], int]:
    """The count of one kind, as a badge in the navigation."""
    return lambda request: counts(request).get(key, 0)


def bell_of(request: HttpRequest) -> Bell | None:
    """The bell for whoever reads; none for whom nothing ever waits."""
    if not hasattr(request, "actor"):  # turned away at the door
        return None
    found = counts(request)
    if not found:
        return None
    fed_by = " ".join(kind.fed_by for kind in _kinds.values() if kind.key in found)
    return Bell(reverse("waiting"), sum(found.values()), fed_by, reverse("waiting_bell"))


class _HowMany(Func):
    """Rows of a query, counted without grouping."""

    template = "COUNT(*)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class _Count:
    """How all that may wait for a reader is counted: every kind, those of which something is asked, and by what."""

    kinds: tuple[str, ...]
    asked: tuple[str, ...] = ()
    sql: str = ""
    values: tuple[Any, ...] = ()


_put_together: OrderedDict[Hashable, _Count] = OrderedDict()


def _counted(reader: Any) -> dict[str, int]:
    """Counts by kind. Their query is kept: it takes longer to put together than to answer, and is on every page."""
    key = (tuple(_kinds), type(reader), getattr(reader, "pk", None), reader.grants, timezone.localdate(now()))
    count = _put_together.get(key)
    if count is None:
        count = _put_together[key] = _count_of(kinds_for(reader))
        if len(_put_together) > READERS:
            _put_together.popitem(last=False)
    found = dict.fromkeys(count.kinds, 0)
    if count.asked:
        with connection.cursor() as cursor:
            cursor.execute(count.sql, count.values)
            found |= dict(zip(count.asked, cursor.fetchone(), strict=True))
    return found


def _count_of(waiting: list[tuple[Kind, QuerySet[Any]]]) -> _Count:
    parts: dict[str, tuple[str, Sequence[Any]]] = {}
    for kind, rows in waiting:
        with suppress(EmptyResultSet):
            parts[kind.key] = rows.order_by().values(kind_waiting=_HowMany()).query.sql_with_params()
    return _Count(
        tuple(kind.key for kind, _rows in waiting),
        tuple(parts),
        f"SELECT {', '.join(f'({sql})' for sql, _values in parts.values())}",
        tuple(value for _sql, values in parts.values() for value in values),
    )
