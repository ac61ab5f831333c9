"""What a page reads of one stairwell is read once, however many of its parts ask (一页只读一遍).

::

    @once
    def newest_vote(dossier: Dossier) -> Vote | None: ...

A page that changes nothing says `for_reading(dossier)`; what such reads find is then kept with that very object, as
long as it lives. Deeds read, write and read again: they never say so, and nothing is kept for them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Found = TypeVar("Found")
Rest = TypeVarTuple("Rest")
KEPT = "_read_once"


def for_reading(row: Row) -> Row:
    """Keep what is read of a row from now on; it must not be written through this object."""
    vars(row).setdefault(KEPT, {})
    return row


def is_for_reading(row: Model) -> bool:
    """Whether what is read of this row is kept."""
    return KEPT in vars(row)


def once(read: Callable[[Row, *Rest], Found]) -> Callable[[Row, *Rest], Found]:
    """Let a read of a row that is for reading be made once; callers leave what it gives as it is."""

    @wraps(read)
    def kept(row: Row, *rest: *Rest) -> Found:
        known: dict[Any, Found] | None = vars(row).get(KEPT)
        if known is None:
            return read(row, *rest)
        key = (read, *rest)
        if key not in known:
            known[key] = read(row, *rest)
        return known[key]

    return kept
