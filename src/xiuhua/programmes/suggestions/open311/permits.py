"""Who hands out keys, and who may send with one."""

from typing import Any

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions.models import SendingApp

ISSUES = (Role.SECTION_HEAD,)
"""Who lets a program in."""


def may_issue(actor: Actor, *, subdistrict: Subdistrict, **_: object) -> bool:
    """The section head, who answers for what comes in."""
    return actor.holds(*ISSUES, at=subdistrict.path)


def may_end(actor: Actor, *, app: SendingApp, **_: object) -> bool:
    """The same."""
    return actor.holds(*ISSUES, at=app.path)


def may_issue_somewhere(actor: Any) -> bool:
    """Whether somebody may let programs in at all."""
    return bool(actor.holds(*ISSUES))


def is_let_in(actor: Actor, *, app: SendingApp, **_: object) -> bool:
    """Whether a program's key is still good."""
    return app.ended_at is None
