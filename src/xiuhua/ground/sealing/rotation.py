"""Changing keys (换钥匙): everything that lies sealed is brought under a new key while the office goes on working.

Each value says which key it lies under, so what is left to do stands in the data themselves: a rotation that was
interrupted, at whatever moment, is taken up by running it again.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.sealing.keyring import add_key, keyring
from xiuhua.ground.sealing.stores import Store, tables
from xiuhua.ground.words import gettext as _

ROUNDS = 50
"""How often to come back for rows that others held or changed meanwhile."""

PAUSE = 0.2
"""Seconds before coming back."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far the change to a key has got.

    Parameters
    ----------
    kid : str
        Id of the key.
    added : bool
        Whether this is the moment when the key was added; nothing has moved yet.
    moved : int
        Rows brought under the key this time.
    left : int
        Rows that still hold a value under another key.
    broken : tuple of str
        Values among them that do not open, by the place where they lie.
    """

    kid: str
    added: bool = False
    moved: int = 0
    left: int = 0
    broken: tuple[str, ...] = ()


_also: list[Store] = []
_listeners: list[Callable[[Rotated], None]] = []


def also(store: Store) -> None:
    """Let a rotation bring along what lies sealed elsewhere than in sealed fields, such as wrapped keys."""
    _also.append(store)


def told_by(listener: Callable[[Rotated], None]) -> None:
    """Tell somebody when a key was added and when a rotation came to its end, so that it goes on record."""
    _listeners.append(listener)


def stores() -> list[Store]:
    """Return everywhere that sealed values lie."""
    return [*tables(), *_also]


def change_key() -> Rotated:
    """Add a key to the ring and make it the current one; what lies sealed stays under its old key for now.

    Raises
    ------
    Refused
        The ring comes from the environment.
    """
    kid = add_key()
    added = Rotated(kid, added=True, left=sum(store.left(kid) for store in stores()))
    _tell(added)
    return added


def rotate(*, resume: bool = False, progress: Progress = silent) -> Rotated:
    """Bring everything that lies sealed under the current key.

    Parameters
    ----------
    resume : bool
        Add no key. Where anything lies under an older key, an earlier rotation is unfinished and none is added either.
    progress : callable, optional
        Told of how far it is.

    Raises
    ------
    Refused
        A new key is due and the ring comes from the environment, or the ring lacks a key that something lies under.
    """
    places = stores()
    kid = keyring().current
    if not resume and not any(store.left(kid) for store in places):
        kid = change_key().kid
    rotated = _brought_under(kid, places, progress)
    _tell(rotated)
    return rotated


def _brought_under(kid: str, places: Sequence[Store], progress: Progress) -> Rotated:
    moved, total = 0, max(1, sum(store.left(kid) for store in places))
    for _round in range(ROUNDS):
        broken: list[str] = []
        for store in places:
            for batch in store.reseal(kid):
                moved += batch.moved
                broken += batch.broken
                progress(_("换钥匙：%(table)s") % {"table": store.name}, min(1.0, moved / total))
        left = sum(store.left(kid) for store in places)
        if left <= len(broken):
            break
        time.sleep(PAUSE)
    return Rotated(kid, moved=moved, left=left, broken=tuple(broken))


def _tell(rotated: Rotated) -> None:
    for listener in _listeners:
        listener(rotated)
