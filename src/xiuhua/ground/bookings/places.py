"""Where sessions can be held: the territory lies above this room and lists its places."""

from collections.abc import Callable, Sequence

from xiuhua.ground.scope.grants import Seer

Lister = Callable[[Seer], Sequence[tuple[str, str]]]
_listers: list[Lister] = []


def told_by(lister: Lister) -> None:
    """Let `lister` say at which nodes a reader holds sessions: (path, name) from the subdistrict down."""
    _listers[:] = [lister]


def places_for(seer: Seer) -> list[tuple[str, str]]:
    """Nodes at which a reader holds sessions."""
    return [place for tell in _listers for place in tell(seer)]
