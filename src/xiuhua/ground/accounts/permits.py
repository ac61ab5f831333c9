"""Who may do what with accounts and roles."""

from typing import Any

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import OVERSIGHT, Role

GIVERS: dict[bool, Role] = {False: Role.SYSTEM_ADMIN, True: Role.SECURITY_ADMIN}
"""Who gives roles: the system administrator those that work, the security administrator those that oversee."""


def may_invite(actor: Actor, *, path: str, **_: object) -> bool:
    """The system administrator of the place."""
    return actor.holds(Role.SYSTEM_ADMIN, at=path)


def may_give_role(actor: Actor, *, role: Role, path: str, **_: object) -> bool:
    """The administrator of that kind of role at the place."""
    return actor.holds(GIVERS[role in OVERSIGHT], at=path)


def may_take_role(actor: Actor, *, grant: Any, **_: object) -> bool:
    """Whoever may give it there."""
    return may_give_role(actor, role=Role(grant.role), path=grant.path)


def may_manage(actor: Actor, *, user: Any, **_: object) -> bool:
    """Whoever may give every role that the person holds."""
    held = user.grants or user.past_grants()
    return bool(held) and all(actor.holds(GIVERS[grant.role in OVERSIGHT], at=grant.path) for grant in held)


def may_keep_own(actor: Actor, *, user: Any, **_: object) -> bool:
    """One's own account, and nobody else's."""
    return bool(actor.reference == user.reference and user.is_active)
