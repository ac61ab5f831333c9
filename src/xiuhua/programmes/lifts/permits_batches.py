"""Who may cut stairwells into lots, and decide on them."""

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts.models import Batch, BatchPlan
from xiuhua.programmes.lifts.permits import WORKS


def may_propose(actor: Actor, *, path: str = "", **_: object) -> bool:
    """Whoever carries stairwells, for the place where they do."""
    return bool(path) and actor.holds(*WORKS, at=path)


def may_decide(actor: Actor, *, plan: BatchPlan | None = None, batch: Batch | None = None, **_: object) -> bool:
    """The centre's coordinators and the section, for the whole subdistrict."""
    found = plan or (batch.plan if batch else None)
    return found is not None and actor.holds(Role.LIFT_COORDINATOR, Role.SECTION_HEAD, at=found.path[:9])


def may_move(actor: Actor, *, batch: Batch, **_: object) -> bool:
    """Of a lot that is proposed, whoever may propose it; of one in force, whoever may decide on it."""
    if batch.state == Batch.State.PROPOSED:
        return may_propose(actor, path=batch.plan.path)
    return may_decide(actor, batch=batch)
