"""Large files, checked and imported in the background; and what the night clears away."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.registry import job, periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.rosters import actions, permits, queries
from xiuhua.ground.rosters.models import OPEN, RosterFile, RosterImport, StagedRow, StagedWrite, State
from xiuhua.ground.rosters.rows import Outcome
from xiuhua.ground.words import gettext

MARK = "rosters.mark"


def _may_go_on(actor: Actor, *, path: str, roster_import: int) -> bool:
    """Whoever may import this kind for that place."""
    found = RosterImport.objects.filter(pk=roster_import, path=path).first()
    return found is not None and permits.may_go_on(actor, roster_import=found)


@job(actions.CHECK, says=_("核对名册"), permits=_may_go_on, announced=False)
def check(running: Running, roster_import: int) -> None:
    """Check a file; what was found counts once it is on record."""
    found = _still_permitted(running, roster_import)

    def progress(stage: str, share: float) -> None:
        running.progress(stage, share)
        running.stop_if_asked()

    @contextmanager
    def ending() -> Iterator[None]:
        with running.effect():
            yield
            checked = RosterImport.objects.get(pk=roster_import)
            counts = {str(Outcome(name).label): getattr(checked, key) for name, key in _COUNTS.items()}
            running.done(counts, url=checked.get_absolute_url(), link=gettext("看核对结果"))

    running.progress(gettext("打开文件"), 0.0)
    actions.check_now(actor=running.actor, asker=running.asker, roster_import=found, progress=progress, effect=ending)


_COUNTS = {Outcome.NEW: "new", Outcome.CHANGED: "changed", Outcome.SAME: "same", Outcome.ERROR: "faulty"}


@job(actions.APPLY, says=_("导入名册"), permits=_may_go_on)
def apply(running: Running, roster_import: int) -> None:
    """Import what was checked, in one transaction."""
    found = _still_permitted(running, roster_import)
    running.progress(gettext("写入名册"), 0.3)
    with running.effect():
        done = actions.apply_roster(actor=running.actor, roster_import=found).subject
        counts = {gettext("新增"): done.new, gettext("更新"): done.changed}
        running.done(counts, url=done.get_absolute_url(), link=gettext("看这份名册"))


def _may_have_file(actor: Actor, *, path: str, roster_import: int) -> bool:
    found = RosterImport.objects.filter(pk=roster_import, path=path).first()
    return found is not None and permits.may_have_file(actor, roster_import=found)


@job(MARK, says=_("标红名册"), permits=_may_have_file)
def mark(running: Running, roster_import: int) -> None:
    """Copy an uploaded table with its faults in red."""
    found = RosterImport.objects.get(pk=roster_import)
    if not permits.may_have_file(running.asker, roster_import=found):
        raise PermissionDenied

    def told(share: float) -> None:
        running.progress(gettext("写 Excel 文件"), share)
        running.stop_if_asked()

    content = queries.marked_copy(found, told)
    with running.effect():
        running.hand_over(found.marked_name, content)


@periodic("25 3 * * *", "rosters.expire", says=_("清理过期的名册"))
def expire(running: Running) -> None:
    """Give up what nobody decided on for a day, and sweep up what interrupted work left behind."""
    _sweep()
    waiting = RosterImport.objects.filter(state__in=OPEN, made_at__lt=now() - actions.KEPT).select_related("job")
    with running.effect():
        expired = [found for found in waiting if not found.at_work]
        for found in expired:
            actions.expire_roster(actor=running.actor, roster_import=found)
        running.done({gettext("过期的名册"): len(expired)})


def _sweep() -> None:
    """Clear what is staged for imports that have ended, and batches of checks that never came to their end."""
    ended = ~Q(roster_import__state__in=OPEN)
    for model in (StagedRow, StagedWrite, RosterFile):
        for number in model.objects.filter(ended).order_by().values_list("roster_import", flat=True).distinct():
            actions.clear_staged(number)
    left_behind = Q(roster_import__batch=None) | ~Q(batch=F("roster_import__batch"))
    for staged in (StagedRow, StagedWrite):
        staged.objects.filter(left_behind).exclude(roster_import__state=State.READING).delete()


def _still_permitted(running: Running, roster_import: int) -> RosterImport:
    """The import, where whoever asked for the job may still go on with it."""
    found = RosterImport.objects.get(pk=roster_import)
    if not permits.may_go_on(running.asker, roster_import=found):
        raise PermissionDenied
    return found
