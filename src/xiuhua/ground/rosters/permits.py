"""Who may import, and who may have their own file back."""

from typing import Any

from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.rosters.kinds import kind_named, kinds
from xiuhua.ground.rosters.models import RosterImport


def may_import_some(actor: Any) -> bool:
    """Whether there is a kind and a place for which this person may import."""
    return any(kind.permits(actor, grant.path) for kind in kinds() for grant in actor.grants)


def may_import(actor: Actor, *, kind: str, path: str, **_: object) -> bool:
    """Whom the kind allows to import it for that place."""
    return kind_named(kind).permits(actor, path)


def may_go_on(actor: Actor, *, roster_import: RosterImport, **_: object) -> bool:
    """Whoever may import this kind for that place goes on with an import there, a colleague's too."""
    return roster_import.roster_kind is not None and may_import(actor, kind=roster_import.kind, path=roster_import.path)


def may_have_file(actor: Actor, *, roster_import: RosterImport, **_: object) -> bool:
    """Only whoever uploaded a file gets it back: it holds everything in clear."""
    return actor.reference == roster_import.asked_by and may_go_on(actor, roster_import=roster_import)


def is_system(actor: Actor, **_: object) -> bool:
    """The house itself, by night."""
    return isinstance(actor, System)
