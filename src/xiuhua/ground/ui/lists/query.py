"""Rows of a queryset: the database searches, sorts, counts and cuts the pages."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

from xiuhua.ground.ui.lists.column import Column

Rows = QuerySet[Any]
Search = Callable[[Rows, list[str]], Rows]


def words_of(wanted: str) -> list[str]:
    """The words that a person typed, half-width."""
    return unicodedata.normalize("NFKC", wanted).replace("\x00", "").split()


def any_of(words: Iterable[str], *lookups: str) -> Q:
    """Every word in some lookup: ``any_of(["中江", "501"], "name__icontains", "address__icontains")``."""
    found = Q()
    for word in words:
        found &= _or(Q(**{lookup: word}) for lookup in lookups)
    return found


def matching(columns: Sequence[Column[Any]], rows: Rows, wanted: str, search: Search | None) -> Rows:
    """Rows that hold every word of `wanted`, by the list's own search or else by its columns' lookups."""
    words = words_of(wanted)
    if not words:
        return rows
    if search:
        return search(rows, words)
    lookups = [lookup for column in columns for lookup in column.lookups]
    return rows.filter(any_of(words, *lookups)) if lookups else rows


def ordered(columns: Sequence[Column[Any]], rows: Rows, sort: str) -> Rows:
    """Rows in the order of ``key`` or ``-key``; those without a value last, and ties by primary key."""
    column = next((column for column in columns if column.key == sort.removeprefix("-")), None)
    if column is not None and column.orders:
        downwards = sort.startswith("-")
        return rows.order_by(*(_order(rows.model, lookup, downwards) for lookup in column.orders), "pk")
    return rows if rows.ordered else rows.order_by("pk")


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
