"""Whether a lift suits a stairwell, as the register of stairwells keeps it."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory import permits, rules
from xiuhua.ground.territory.models import Stairwell
from xiuhua.ground.verdicts import refuse_unless


@action("territory.judge_stairwell", says=gettext_lazy("评定适不适合加梯"), permits=permits.may_judge_stairwell)
def judge_stairwell(*, actor: Actor, stairwell: Stairwell, suitable: bool | None, because: str = "") -> Done[Stairwell]:
    """Note whether a lift suits a stairwell (适合加梯), and if not, why not.

    Raises
    ------
    Refused
        The house was built with a lift, or no reason is given against one.
    """
    stairwell = locked(stairwell)
    refuse_unless(rules.stairwell_can_be_judged(has_lift=stairwell.has_lift, suitable=suitable, because=because))
    stairwell.lift_suitable = suitable
    stairwell.unsuitable_because = because.strip()[:60] if suitable is False else ""
    stairwell.save(update_fields=["lift_suitable", "unsuitable_because"])
    return Done(stairwell, {"suitable": suitable})
