"""What is done at length or by night: verify the record, let old values go."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.jobs.registry import job, periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.journal import oversight, permits
from xiuhua.ground.journal.verify import verify
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext as _

VERIFY = "privacy.verify_record"


@job(VERIFY, says=gettext_lazy("验证留痕"), permits=permits.may_oversee)
def verify_record(running: Running) -> None:
    """Follow every chain, and note what was found."""
    found = verify(running.progress)
    with running.effect():
        oversight.note_verification(actor=running.actor, path=running.path, found=found)
        running.done(
            {_("条目"): found.entries, _("有出入"): len(found.faults)},
            said=_("留痕完整。") if found.whole else " ".join(str(fault) for fault in found.faults),
        )


@periodic("20 3 * * *", "privacy.shred_expired", says=gettext_lazy("粉碎过期封存值"))
def shred_expired(running: Running) -> None:
    """Destroy the keys of what the record has sealed for longer than it is kept."""
    with running.effect():
        done = oversight.shred_expired(actor=running.actor, today=today(), book_at=lambda path: on(today(), at=path))
        running.done({_("粉碎的钥匙"): int(done.facts["keys"])})
