"""Rows of a queryset: the database searches, sorts, counts and cuts the pages."""

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

from xiuhua.ground.ui.lists.column import Column
from xiuhua.ground.ui.lists.parted import Parted

Rows = QuerySet[Any]
Found = Rows | Parted[Any]
Keeper = Callable[[Hashable, Callable[[], Any]], Any]
MOST_SORTED = 20_000
"""Rows whose order is kept at most."""
Search = Callable[[Rows, list[str]], Found]


def words_of(wanted: str) -> list[str]:
    """The words that a person typed, half-width."""
    return unicodedata.normalize("NFKC", wanted).replace("\x00", "").split()


def any_of(words: Iterable[str], *lookups: str) -> Q:
    """Every word in some lookup: ``any_of(["中江", "501"], "name__icontains", "address__icontains")``."""
    found = Q()
    for word in words:
        found &= _or(Q(**{lookup: word}) for lookup in lookups)
    return found


def matching(columns: Sequence[Column[Any]], rows: Rows, wanted: str, search: Search | None) -> Found:
    """Rows that hold every word of `wanted`, by the list's own search or else by its columns' lookups."""
    words = words_of(wanted)
    if not words:
        return rows
    if search:
        return search(rows, words)
    lookups = [lookup for column in columns for lookup in column.lookups]
    return rows.filter(any_of(words, *lookups)) if lookups else rows


def ordered(columns: Sequence[Column[Any]], rows: Found, sort: str) -> Found:
    """Rows in the order of ``key`` or ``-key``; those without a value last, and ties by primary key."""
    column = next((column for column in columns if column.key == sort.removeprefix("-")), None)
    if column is not None and column.orders:
        downwards = sort.startswith("-")
        orders = [_order(rows.model, lookup, downwards) for lookup in column.orders]
        return rows.order_by(*orders, F("pk").asc())
    return rows if rows.ordered else rows.order_by(F("pk").asc())


def counted(found: Rows, kept: Keeper) -> int:
    """How many were found, kept or counted anew."""
    key = _key_of(found.order_by())
    return kept(("count", *key), found.count) if key else 0


def cut(everything: Rows, found: Rows, first: int, last: int, count: int, kept: Keeper | None = None) -> list[Any]:
    """Rows `first` to `last` of what was found, in its order.

    Past the first page their numbers are looked up first, from the nearer end, so that no row is read to be passed over
    and what is counted beside a row is counted for these only.

    Parameters
    ----------
    everything : QuerySet
        The rows before they were searched and sorted, as the columns read them.
    count : int
        How many were found.
    kept : callable, optional
        Keeps the order of rows that are sorted by what is counted in them.
    """
    if first == 0 and (last >= count or not found.query.annotations):
        return list(found[first:last])
    numbers = found.values_list("pk", flat=True)
    if kept and count <= MOST_SORTED and _sorts_by_annotation(found) and (key := _key_of(numbers)):
        wanted = kept(("order", *key), lambda: list(numbers))[first:last]
    elif first > count // 2:
        wanted = [*numbers.reverse()[count - last : count - first]][::-1]
    else:
        wanted = [*numbers[first:last]]
    rows = {row.pk: row for row in everything.order_by().filter(pk__in=wanted)}
    return [rows[number] for number in wanted if number in rows]


def _sorts_by_annotation(rows: Rows) -> bool:
    """Whether the order is one of what was worked out beside the rows."""
    orders = [order.expression for order in rows.query.order_by if isinstance(order, OrderBy)]
    return any(by == F(name) for by in orders for name in rows.query.annotations)


def _key_of(rows: Rows) -> tuple[Any, ...]:
    """What rows are asked by; empty where they are asked for nothing."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return ()


def _order(model: type[Model], lookup: str, downwards: bool) -> OrderBy:
    downwards ^= lookup.startswith("-")
    name = lookup.removeprefix("-")
    last = {"nulls_last": True} if _may_be_null(model, name) else {}
    return F(name).desc(**last) if downwards else F(name).asc(**last)


def _may_be_null(model: type[Model], lookup: str) -> bool:
    """Whether a lookup can be without a value: only then is NULLS LAST asked, since it may cost the use of an index."""
    here: Any = model
    for name in lookup.split("__"):
        try:
            field = here._meta.get_field("pk" if name == "pk" else name) if name != "pk" else here._meta.pk
        except (FieldDoesNotExist, AttributeError):
            return True
        if getattr(field, "null", True):
            return True
        here = field.related_model
    return False


def _or(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
