"""How a running job is heard of (脉搏): signs of life and progress out, a wish to stop in."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol, Self

from django.db import DatabaseError, connection
from django.utils import timezone

from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State
from xiuhua.ground.jobs.timing import timing

STAGE_LENGTH = 200

logger = logging.getLogger(__name__)


class Pulse(Protocol):
    """What `running.Running` tells, and learns."""

    stop_asked: bool
    lost: bool
    stage: str
    share: float

    def tell(self) -> None:
        """Let the page know of `stage` and `share`."""

    def listen(self) -> None:
        """Bring `stop_asked` and `lost` up to date."""


class InlinePulse:
    """Written and read at once, on the connection at hand: for work that is done within the asking process."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.stop_asked = self.lost = False
        self.stage, self.share = "", 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @contextmanager
    def held(self) -> Iterator[None]:
        yield

    def tell(self) -> None:
        _write(self._job, self.stage, self.share)

    def listen(self) -> None:
        self.stop_asked, self.lost = _read(self._job)


class ThreadPulse:
    """A thread with a connection of its own, so that signs of life go on while the job computes.

    Progress is seen at once, whatever transaction the job has open. While the job holds its own row (`held`) the thread
    keeps still: it would only wait for it, and nobody else can take the job meanwhile.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._end = threading.Event()
        self._free = threading.Event()
        self._free.set()
        self._thread = threading.Thread(target=self._beat, name=f"pulse of job {job.pk}", daemon=True)
        self.stop_asked = self.lost = False
        self.stage, self.share = "", 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._end.set()
        self._free.set()
        self._thread.join()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep still within a block."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def tell(self) -> None:
        pass  # the thread passes it on at its next beat

    def listen(self) -> None:
        pass  # the thread has

    def _beat(self) -> None:
        try:
            self._wait_briefly_for_locks()
            while not self._end.wait(timing().pulse):
                self._free.wait()
                if self._end.is_set():
                    break
                self._beat_once()
        finally:
            connection.close()

    def _beat_once(self) -> None:
        try:
            _write(self._job, self.stage, self.share)
            self.stop_asked, self.lost = _read(self._job)
        except DatabaseError as error:
            logger.debug("job %s: a sign of life was not written: %s", self._job.pk, error)

    def _wait_briefly_for_locks(self) -> None:
        """Whoever holds the row or the database is busy with something better than progress."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout=1000" if connection.vendor == "sqlite" else "SET lock_timeout='1s'")
        except DatabaseError as error:
            logger.debug("job %s: %s", self._job.pk, error)


def _write(job: Job, stage: str, share: float) -> None:
    mine = Job.objects.filter(pk=job.pk, claim=job.claim, state=State.RUNNING)
    mine.update(heartbeat=timezone.now(), stage=stage[:STAGE_LENGTH], share=min(max(share, 0.0), 1.0))


def _read(job: Job) -> tuple[bool, bool]:
    """Whether it shall stop, and whether it is no longer in this worker's hand."""
    row = Job.objects.filter(pk=job.pk).values_list("stop_asked", "claim", "state").first()
    if row is None:
        return False, True
    stop_asked, claim, state = row
    return stop_asked, claim != job.claim or state != State.RUNNING
