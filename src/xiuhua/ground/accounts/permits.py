"""Who may do what with accounts and roles."""

from typing import Any

from xiuhua.ground.journal.actors import Actor, System, Visitor
from xiuhua.ground.scope.roles import OVERSIGHT, Role, Sight

GIVERS: dict[bool, Role] = {False: Role.SYSTEM_ADMIN, True: Role.SECURITY_ADMIN}
"""Who gives roles: the system administrator those that work, the security administrator those that oversee."""


def may_invite(actor: Actor, *, path: str, lasting: bool = False, **_: object) -> bool:
    """The system administrator of the place; with a password that lasts, only the system itself."""
    return isinstance(actor, System) if lasting else actor.holds(Role.SYSTEM_ADMIN, at=path)


def may_give_role(actor: Actor, *, role: Role, path: str, **_: object) -> bool:
    """The administrator of that kind of role at the place."""
    return actor.holds(GIVERS[role in OVERSIGHT], at=path)


def may_take_role(actor: Actor, *, grant: Any, **_: object) -> bool:
    """Whoever may give it there."""
    return may_give_role(actor, role=Role(grant.role), path=grant.path)


def may_manage(actor: Actor, *, user: Any, **_: object) -> bool:
    """The system administrator of all their places; of those who oversee others, the security administrator.

    Whoever resets a password can come in by it: an account that reaches farther than its keeper is not theirs to keep.
    """
    oversight = [grant for grant in user.grants if grant.role in OVERSIGHT]
    if oversight:
        return all(actor.holds(Role.SECURITY_ADMIN, at=grant.path) for grant in oversight)
    places = {user.home, *(grant.path for grant in user.grants)}
    return bool(user.home) and all(actor.holds(Role.SYSTEM_ADMIN, at=path) for path in places)


def may_export(actor: Actor, *, by: Any, **_: object) -> bool:
    """Whoever sees the list, for themselves."""
    return actor.reference == by.reference and bool(actor.sees(Sight.STAFF))


def may_keep_own(actor: Actor, *, user: Any, **_: object) -> bool:
    """One's own account, and nobody else's."""
    return bool(actor.reference == user.reference and user.is_active)


def may_ask_for_code(actor: Actor, **_: object) -> bool:
    """Anyone: nobody has signed in yet, and the rules count how often."""
    return True


def may_open_own(actor: Actor, **_: object) -> bool:
    """Whoever has just shown that the telephone is theirs."""
    return isinstance(actor, Visitor)
