"""Many stairwells are cut into lots in the background."""

from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.jobs.registry import job
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, batching, permits_batches
from xiuhua.programmes.lifts.rules.batches import LotTerms

CUT = "lifts.cut_batches"


@job(CUT, says=gettext_lazy("排成片方案"), permits=permits_batches.may_propose)
def cut_batches(running: Running, terms: dict[str, Any]) -> None:
    """Cut the stairwells of the job's place into lots under terms, and keep them as a plan."""
    proposal = batching.proposed(running.path, LotTerms(**terms), tell=running.progress)
    with running.effect():
        plan = actions.propose_batches(actor=running.actor, path=running.path, proposal=proposal).subject
        counts = {_("批"): len(proposal.lots), _("门洞"): sum(len(cut.members) for cut in proposal.lots)}
        running.done(counts, url=plan.get_absolute_url(), link=_("看方案"))
