"""Who may do what with lifts."""

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.lifts.models import Centre, Dossier, TeamMember

WORKS = (Role.LIFT_COORDINATOR, Role.COMMITTEE_HEAD, Role.SECTION_HEAD)
"""Who carries stairwells where they hold the role: coordinators of centre and sub-centres, committees, the section."""

DECIDES = (Role.SECTION_HEAD,)
"""Who waives a gate."""


def may_work(actor: Actor, *, dossier: Dossier, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return actor.holds(*WORKS, at=dossier.path)


def may_waive(actor: Actor, *, dossier: Dossier, **_: object) -> bool:
    """Section heads of the place."""
    return actor.holds(*DECIDES, at=dossier.path)


def may_open_dossiers(actor: Actor, *, subdistrict: Subdistrict, **_: object) -> bool:
    """The centre's coordinators and the section, for the whole subdistrict."""
    return actor.holds(Role.LIFT_COORDINATOR, Role.SECTION_HEAD, at=subdistrict.path)


def may_run_centres(actor: Actor, *, path: str = "", centre: Centre | None = None, **_: object) -> bool:
    """The centre's coordinators and the section, where it lies."""
    return actor.holds(Role.LIFT_COORDINATOR, Role.SECTION_HEAD, at=centre.path[:9] if centre else path[:9])


def may_take_over(actor: Actor, *, dossier: Dossier, **_: object) -> bool:
    """The centre's coordinators and the section, for the whole subdistrict."""
    return actor.holds(Role.LIFT_COORDINATOR, Role.SECTION_HEAD, at=dossier.path[:9])


def may_change_team(actor: Actor, *, member: TeamMember, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_work(actor, dossier=member.dossier)
