"""A job while it runs: what its function may ask and tell."""

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.models import Job, JobFile
from xiuhua.ground.jobs.pulse import STAGE_LENGTH, InlinePulse, ThreadPulse
from xiuhua.ground.jobs.states import State
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.words import gettext

PART = "jobs"


class Stopped(BaseException):
    """Somebody asked the job to stop. No `Exception`, so that a job that catches those does not catch this."""


class Superseded(BaseException):
    """Another worker has the job by now, since this one was silent for too long: what it did is not to be stored."""


class Running:
    """What a job's function gets: how to tell progress, to heed a stop, and to store its effect once.

    Parameters
    ----------
    job : Job
        Its row, as this worker took it.
    pulse : InlinePulse or ThreadPulse
        Carries progress and the wish to stop.
    """

    def __init__(self, job: Job, pulse: InlinePulse | ThreadPulse) -> None:
        self.job = job
        self.ended = False
        self._pulse = pulse
        self._within = False
        self._outcome: dict[str, Any] | None = None

    @property
    def path(self) -> str:
        """Territory path that the job is about."""
        return self.job.path

    @property
    def actor(self) -> Actor:
        """Who acts within the job: the system, on behalf of whoever asked. It may do everything; see `asker`."""
        return System(PART, behalf=self.job.asked_by)

    @property
    def asker(self) -> Actor:
        """Whoever asked, with the roles held now: whose scope decides what the job may see and touch."""
        person: Any = self.job.made_by
        return person if person is not None else self.actor

    def progress(self, stage: str | Promise, share: float) -> None:
        """Tell how far it is: the stage in words, the share done from 0 to 1. Cheap; call it as often as you like.

        Progress within an effect is seen when the effect is over.
        """
        self._pulse.stage, self._pulse.share = str(stage)[:STAGE_LENGTH], share
        self._pulse.tell()
        self._still_mine()

    def stop_if_asked(self) -> None:
        """Call where the job can be left: it ends here when somebody asked it to stop."""
        self._pulse.listen()
        self._still_mine()
        if self._pulse.stop_asked:
            raise Stopped

    @contextmanager
    def effect(self) -> Iterator[None]:
        """A transaction that commits only while this worker still has the job: what is written in it happens once.

        It holds the job's row, and on SQLite every other writer waits for it: keep it to a few seconds, compute before
        it, and call the action in it last. A job may have several; each of them, and what lies between, must bear being
        done again until the one that says `done` has committed.
        """
        if self._within or self.ended:
            message = "an effect within an effect, or after the end"
            raise RuntimeError(message)
        self.stop_if_asked()
        self._within = True
        try:
            with self._pulse.held(), transaction.atomic(durable=True):
                self._take_hold()
                yield
                self._write_down()
            self.ended = self._outcome is not None
        finally:
            self._within = False
            self._outcome = None

    def done(
        self,
        counts: Mapping[str, int] | None = None,
        *,
        url: str = "",
        link: str | Promise = "",
        said: str | Promise = "",
    ) -> None:
        """Say within the last effect what came of it: the job is done when that commits.

        Parameters
        ----------
        counts : mapping
            Words and number: ``{_("新增"): 391}``.
        url, link : str
            Page to see it on, and what the link to it says.
        said : str
            A sentence about it.
        """
        if not self._within:
            message = "a job says that it is done within its last effect"
            raise RuntimeError(message)
        listed = [[str(words), number] for words, number in (counts or {}).items()]
        self._outcome = {"counts": listed, "url": url, "link": str(link), "said": str(said)}

    def hand_over(self, name: str, content: bytes, counts: Mapping[str, int] | None = None) -> None:
        """Say within the last effect that a workbook is done; whoever asked for the job finds it there for a day."""
        JobFile.objects.filter(job=self.job).delete()
        JobFile(job=self.job, name=name, content=base64.b64encode(content).decode(), made_at=now()).save()
        kept = gettext("文件留一天，只有交办的人能下载。")
        self.done(counts, url=reverse("jobs:file", args=[self.job.pk]), link=gettext("下载"), said=kept)
        self._outcome = {**(self._outcome or {}), "file": name}

    def _still_mine(self) -> None:
        if self._pulse.lost:
            raise Superseded

    def _take_hold(self) -> None:
        row = Job.objects.select_for_update().filter(pk=self.job.pk).first()
        if row is None or row.claim != self.job.claim or row.state != State.RUNNING:
            raise Superseded
        if row.stop_asked:
            raise Stopped

    def _write_down(self) -> None:
        told: dict[str, Any] = {"heartbeat": timezone.now(), "stage": self._pulse.stage, "share": self._pulse.share}
        if self._outcome is not None:
            told |= {"state": State.DONE, "share": 1.0, "stage": "", "result": self._outcome, "ended_at": now()}
        told["share"] = min(max(told["share"], 0.0), 1.0)
        Job.objects.filter(pk=self.job.pk).update(**told)
