"""Who may do what with the building of a lift, and with one that runs."""

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts.models import Contractor, Fault, FeeLine, Notice, Quote, Unit
from xiuhua.programmes.lifts.permits import may_work
from xiuhua.programmes.lifts.permits_votes import belongs_to


def may_keep_contractors(actor: Actor, *, path: str = "", contractor: Contractor | None = None, **_: object) -> bool:
    """The centre's coordinators and the section, for the whole subdistrict."""
    at = contractor.path if contractor else path
    return bool(at) and actor.holds(Role.LIFT_COORDINATOR, Role.SECTION_HEAD, at=at)


def may_choose_quote(actor: Actor, *, quote: Quote, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_work(actor, dossier=quote.dossier)


def may_take_down(actor: Actor, *, notice: Notice, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_work(actor, dossier=notice.dossier)


def may_keep_lift(actor: Actor, *, lift: Unit, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_work(actor, dossier=lift.dossier)


def may_report_fault(actor: Actor, *, lift: Unit, **_: object) -> bool:
    """Anyone who lives in the stairwell, owns there or acts for somebody who does; whoever carries it."""
    return may_keep_lift(actor, lift=lift) or belongs_to(actor, lift.dossier)


def may_see_to_fault(actor: Actor, *, fault: Fault, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_keep_lift(actor, lift=fault.lift)


def may_take_back_fee(actor: Actor, *, line: FeeLine, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_work(actor, dossier=line.dossier)
