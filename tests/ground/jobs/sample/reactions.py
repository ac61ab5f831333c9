"""What answers a verb of another room in tests: a job of this one is asked for, or the rules refuse."""

from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.reactions import reacts_to
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Audience, Entry
from xiuhua.ground.journal.verbs import Verb, register
from xiuhua.ground.verdicts import Reason, Refused

HAPPENED = "sample.happen"
FOLLOWS = "sample.write"
MENDED = "sample.unfinished"
"""Once such a job has been asked for, nothing is refused any more."""

register(Verb(HAPPENED, "出了一件事", Audience.STAFF))


@reacts_to(HAPPENED, says="写下来")
def write_it_down(*, entry: Entry, actor: Actor) -> None:
    if entry.facts.get("awkward") and not Job.objects.filter(kind=MENDED).exists():
        raise Refused(Reason("街道还没有登记", mend="先登记"))
    enqueue(actor=actor, kind=FOLLOWS, path=entry.territory)
