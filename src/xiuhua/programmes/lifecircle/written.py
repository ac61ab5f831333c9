"""How figures of the life circle read."""

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.hours import words_of

NOTHING = "—"


def people(number: float | None) -> str:
    """Write a number of people, such as ``9,266``."""
    return NOTHING if number is None else f"{round(number):,}"


def apart(words: str) -> str:
    """Keep a word that begins with a figure apart from the Chinese before it."""
    return f" {words}" if words[:1].isascii() else words


def change(number: float | None) -> str:
    """Write a change in people with its sign."""
    if number is None:
        return NOTHING
    return f"{round(number):+,}".replace("-", "−") if round(number) else "0"


def share(value: float | None) -> str:
    """Write a share (0 to 1) as a percentage with one decimal, without its sign."""
    return NOTHING if value is None else f"{100 * value:.1f}"


def whole_share(value: float | None) -> str:
    """Write a share as whole percent; 100 and 0 only where it is all or nobody."""
    if value is None:
        return NOTHING
    rounded = round(100 * value)
    if (rounded == 100 and value < 1) or (rounded == 0 and value > 0):
        return f"{100 * value:.1f}%"
    return f"{rounded}%"


def walk(seconds: float | None) -> str:
    """Write a walk in minutes, rounded up as one would say it."""
    if seconds is None:
        return _("15 分钟以外")
    return _("%(minutes)s 分钟") % {"minutes": max(1, -int(-seconds // 60))}


def hour(number: int | None) -> str:
    """Write an hour of the week."""
    return words_of(number)
