"""What a worker does with a job (办理).

The queue delivers at least once; the job's effect happens once all the same. Whoever takes a job puts a new number on
it (``claim``); an effect commits only under the newest number, in one transaction with the word that the job is done. A
worker that dies leaves its job silent, and it is handed out again (`delivery.redeliver_lost`); one that was merely slow
finds, when it wants to store something, that the job is no longer its own.
"""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone, translation
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ

from xiuhua.ground.clock import now
from xiuhua.ground.jobs import rules
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.pulse import InlinePulse, ThreadPulse
from xiuhua.ground.jobs.registry import kind_named
from xiuhua.ground.jobs.running import PART, Running, Stopped, Superseded
from xiuhua.ground.jobs.states import State
from xiuhua.ground.jobs.timing import ATTEMPTS, timing
from xiuhua.ground.journal import attempts
from xiuhua.ground.journal.actors import System
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

logger = logging.getLogger(__name__)


def run(job_id: int) -> None:
    """Do a job, if it is to be done: what the queue calls, in a worker's process.

    Raises
    ------
    OperationalError
        The database failed; the queue then keeps the job, and it is handed out again.
    """
    _run(job_id, ThreadPulse)


def run_waiting() -> None:
    """Do all that waits, here and now: for tests, and for what is built without a worker."""
    while (package := OrmQ.objects.order_by("pk").first()) is not None:
        job = Job.objects.filter(package=package.pk).first()
        package.delete()
        if job is not None:
            _run(job.pk, InlinePulse)


def run_periodic(kind: str, planned_for: str) -> None:
    """Ask for a piece of periodic work, once a planned moment: what the timetable calls (`timetable`)."""
    moment = datetime.fromisoformat(planned_for)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            if not Job.objects.filter(kind=kind, planned_for=moment).exists():
                enqueue(actor=System(PART), kind=kind, planned_for=moment)
    except IntegrityError:
        logger.info("%s of %s has been asked for already", kind, planned_for)


def _run(job_id: int, pulse_type: type[InlinePulse] | type[ThreadPulse]) -> None:
    with transaction.atomic():
        job = _take(job_id)
    if job is None:
        return
    with attempts.written_in_the_end(), translation.override(job.language):
        with pulse_type(job) as pulse:
            ending = _work_at(job, Running(job, pulse))
        if ending is not None:
            _end(job, ending)


def _take(job_id: int) -> Job | None:
    """Put a new claim on the job and return it, unless it is done, in other hands, or not to be done."""
    job: Job | None = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        return None
    silent = (timezone.now() - job.heartbeat).total_seconds() if job.heartbeat else float("inf")
    delivery = rules.on_delivery(
        State(job.state),
        stop_asked=job.stop_asked,
        attempts=job.attempts,
        silent_s=silent,
        stale_after_s=timing().stale_after,
        most_attempts=ATTEMPTS,
    )
    if delivery is rules.Delivery.TAKE:
        job.state, job.stage, job.share = State.RUNNING, "", 0.0
        job.started_at = job.started_at or now()
        job.heartbeat = timezone.now()
        job.attempts += 1
        job.claim += 1
        job.save(update_fields=["state", "stage", "share", "started_at", "heartbeat", "attempts", "claim"])
        return job
    if delivery is rules.Delivery.STOP:
        _end(job, {"state": State.STOPPED})
    elif delivery is rules.Delivery.GIVE_UP:
        said = _("办它的后台程序中断了 %(times)s 次，没有再试。可以再办一次；还是这样，请把编号告诉系统管理员。")
        _end(job, _failed(job, said % {"times": job.attempts}, "interrupted"))
    return None


def _work_at(job: Job, running: Running) -> dict[str, Any] | None:
    """Do it; return how it ended, unless its own effect has written that down."""
    try:
        kind_named(job.kind).function(running, **job.args)
        if not running.ended:
            message = f"job {job.kind!r} ended without running.done()"
            raise RuntimeError(message)
    except Stopped:
        return {"state": State.STOPPED}
    except Superseded:
        logger.warning("job %s (%s) went on in another worker; this one stored nothing", job.pk, job.kind)
    except Refused as refused:
        return _failed(job, "\n".join(map(str, refused.reasons)), "refused")
    except PermissionDenied as denied:
        said = str(denied) or _("交办的人现在没有权限办这件事。请找系统管理员。")
        return _failed(job, said, "permission")
    except TimeoutException:
        logger.exception("job %s (%s) took too long", job.pk, job.kind)
        _have_a_fresh_connection()
        said = _("时间太长，已经停下，没有存完的不算。可以再办一次；还是这样，请把编号告诉系统管理员。")
        return _failed(job, said, "too-long")
    except Exception as error:
        if isinstance(error, OperationalError) and job.attempts < ATTEMPTS:
            raise
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        said = _("程序出了错，不是你的错，没有存完的不算。可以再办一次；还是这样，请把编号告诉系统管理员。")
        return _failed(job, said, type(error).__name__)
    return None


def _failed(job: Job, said: str, code: str) -> dict[str, Any]:
    return {"state": State.FAILED, "error": said, "error_code": f"{job.pk}-{code}"[:80]}


def _end(job: Job, ending: dict[str, Any]) -> None:
    """Write down how it ended, where it is still in this worker's hand."""
    mine = Job.objects.filter(pk=job.pk, claim=job.claim, state__in=[State.WAITING, State.RUNNING])
    mine.update(ended_at=now(), **ending)


def _have_a_fresh_connection() -> None:
    """The alarm may have struck in the middle of a talk with the database."""
    if not connection.in_atomic_block:
        connection.close()
