"""Names of the places where roles are held: the territory lies above this room and tells them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from xiuhua.ground.scope.grants import Seer


@dataclass(frozen=True, slots=True)
class Place:
    """A node at which a role can be held: subdistrict, committee or micro-grid, with its full name."""

    path: str
    name: str


Teller = Callable[[Iterable[str]], dict[str, str]]
Lister = Callable[[Seer], list[Place]]

_tellers: list[Teller] = []
_listers: list[Lister] = []


def told_by(teller: Teller, lister: Lister) -> None:
    """Let `teller` name nodes by their paths (those it knows), and `lister` list the nodes that a reader sees."""
    _tellers[:], _listers[:] = [teller], [lister]


def names_of(paths: Iterable[str]) -> dict[str, str]:
    """Name of each path that is on record."""
    wanted = list(paths)
    return _tellers[0](wanted) if _tellers and wanted else {}


def places_for(seer: Seer) -> list[Place]:
    """Nodes at which this person may give roles, from the subdistrict down."""
    return _listers[0](seer) if _listers else []
