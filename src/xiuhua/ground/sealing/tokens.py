"""What stands in a sealed column: a token, told apart from the plain text of which it must never take the place."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Token(str):
    """A sealed value as it lies in the database. Only this may be written to or compared with a sealed column."""

    __slots__ = ()


class Held:
    """What a row in memory holds of a sealed column: the token, the plain text, or both. It never shows the text.

    Pickled, it leaves the plain text behind where there is a token to open again.
    """

    __slots__ = ("plain", "token")

    def __init__(self, token: Token | None, plain: str | None) -> None:
        self.token = token
        self.plain = plain

    def __repr__(self) -> str:
        return "<sealed>"

    def __reduce__(self) -> tuple[type["Held"], tuple[Token | None, str | None]]:
        return Held, (self.token, None if self.token else self.plain)


_unopened: ContextVar[bool] = ContextVar("unopened", default=False)


@contextmanager
def unopened() -> Iterator[None]:
    """Let sealed fields of rows give what they hold in place of the plain text, within a block."""
    before = _unopened.set(True)
    try:
        yield
    finally:
        _unopened.reset(before)


def is_unopened() -> bool:
    """Whether sealed fields give what they hold."""
    return _unopened.get()
