"""A list's file that takes long to make (大表的文件): the room of jobs, which lies above, makes it in the background.

The job asks for the same page once more, as whoever asked for the file, and the list hands its file over to it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

LONG = 10_000
"""A file of more rows is made in the background."""
STEP = 1000
"""Rows between two words about how far it is."""


class Background(Protocol):
    """What makes a file in the background."""

    def tell(self, share: float) -> None:
        """Hear how much of it is done, from 0 to 1."""

    def hand_over(self, name: str, content: bytes, put_on_record: Callable[[], None]) -> None:
        """Take the file, and put on record that it was made, as one deed."""


Carrier = Callable[[HttpRequest, str], HttpResponse]
_carriers: list[Carrier] = []


def carried_by(carrier: Carrier) -> None:
    """Let `carrier` have long files made: it gets the request and the list's title, and answers where to wait."""
    _carriers[:] = [carrier]


def background_of(request: HttpRequest) -> Background | None:
    """What makes the file that a request asks for; None where it is made at once."""
    found: Background | None = getattr(request, "background", None)
    return found


def carried(request: HttpRequest, title: str, count: int) -> HttpResponse | None:
    """Where to wait for a file of so many rows; None where it is to be made now."""
    if count <= LONG or background_of(request) is not None or not _carriers:
        return None
    return _carriers[0](request, title)


def told(rows: Iterable[Any], count: int, background: Background | None) -> Iterator[Any]:
    """Rows as they are written, telling how far it is."""
    for number, row in enumerate(rows):
        if background is not None and number % STEP == 0:
            background.tell(number / max(count, 1))
        yield row
