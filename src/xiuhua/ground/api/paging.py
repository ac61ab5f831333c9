"""Lists of the API: a page of rows, and how many there are in all. Two queries, however long the list."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Generic, Protocol, TypeVar

from ninja import Schema
from pydantic import Field

from xiuhua.ground.api.asked import WHOLE, Body, Words

Item = TypeVar("Item")


class Rows(Protocol):
    """What is counted and cut, such as a queryset."""

    def count(self) -> int: ...

    def __getitem__(self, part: slice, /) -> Iterable[Any]: ...


USUAL, LONGEST, FARTHEST = 50, 200, 10_000_000


class Paging(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(USUAL, ge=1, le=LONGEST)
    offset: int = Field(0, ge=0, le=FARTHEST)


class Sought(Body):
    """Words that find people, and which part of what they find: in a body, so that they stand in no address."""

    words: Words
    limit: Annotated[int, Field(ge=1, le=LONGEST), WHOLE] = USUAL
    offset: Annotated[int, Field(ge=0, le=FARTHEST), WHOLE] = 0


class Page(Schema, Generic[Item]):
    """Part of a list; `count` is the length of the whole."""

    count: int
    items: list[Item]


def paged(
    rows: Rows, paging: Paging | Sought, loaded: Callable[[list[Any]], Iterable[Any]] | None = None
) -> dict[str, Any]:
    """Return the part that was asked for.

    Parameters
    ----------
    rows : QuerySet, or what is counted and cut like one
        The whole list, as far as its reader sees it.
    loaded : callable, optional
        Turns the rows of one page into what the answer shows: batch look-ups.
    """
    part = list(rows[paging.offset : paging.offset + paging.limit])
    return {"count": rows.count(), "items": list(loaded(part)) if loaded else part}
