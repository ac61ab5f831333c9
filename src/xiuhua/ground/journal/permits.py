"""Who may do what with the record itself."""

from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role, Sight


def may_oversee(actor: Actor, *, path: str, **_: object) -> bool:
    """Whoever oversees the record of the place."""
    return any(path.startswith(top) for top in actor.sees(Sight.RECORD))


def may_open_sealed(actor: Actor, *, entry: Entry, **_: object) -> bool:
    """The privacy officer of the place, nobody else: the audit administrator sees that, not what."""
    return actor.holds(Role.PRIVACY_OFFICER, at=entry.territory)


def may_renew(actor: Actor, **_: object) -> bool:
    """Only the system: whoever sits at the office's own machine."""
    return isinstance(actor, System)


def may_end_retention(actor: Actor, **_: object) -> bool:
    """Only the system, at night."""
    return isinstance(actor, System)
