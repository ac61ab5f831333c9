"""The worker (后台程序): django-q2's cluster of processes, watched from above.

The processes under this one belong to django-q2: a sentinel, and under it a pusher, a monitor and the workers proper.
They talk through pipes with locks, and a process that is killed while it holds one leaves the others waiting for ever.
So here:

- a process whose parent died ends within a second, so that nothing runs on unseen (`_end_with_parent`);
- a sentinel that finds a process killed, other than a worker in the middle of a job, ends and is begun anew, with new
  pipes;
- so is one that has not gone round its loop for long.

Nothing is lost by that: what was in hand is handed out again (`delivery.redeliver_lost`).
"""

import logging
import os
import signal
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connections
from django_q.cluster import Sentinel, get_mp_context

from xiuhua.ground.jobs.delivery import redeliver_lost
from xiuhua.ground.jobs.timetable import keep_timetable
from xiuhua.ground.jobs.timing import timing

TICK = 0.5
"""Seconds between two looks at the processes."""

STUCK_AFTER = 120.0
"""Seconds after which a sentinel that does not go round its loop is taken for stuck; it may wait for the database."""

SHORTEST_LIFE = 3.0
"""Seconds that pass at least between two beginnings."""

logger = logging.getLogger(__name__)


class _Sentinel(Sentinel):  # type: ignore[misc]  # django-q2 is untyped
    """django-q2's sentinel, which shows that it lives, and ends where its pipes may be blocked."""

    def __init__(self, stop: Any, started: Any, beat: Any) -> None:
        self._beat = beat
        super().__init__(stop, started, uuid.uuid4())

    def status(self) -> Any:
        """Asked once a round of its loop."""
        self._beat.value = time.monotonic()
        return super().status()

    def reincarnate(self, process: Any) -> None:
        killed = process.exitcode is not None and process.exitcode < 0
        timer = getattr(process, "timer", None)
        if killed and not (timer is not None and timer.value > 0):
            logger.error("a process of the worker was killed between two jobs; all of them begin anew")
            os._exit(1)
        super().reincarnate(process)


@dataclass(slots=True)
class _Cluster:
    """A sentinel with all that is under it."""

    stop: Any = field(default_factory=get_mp_context().Event)
    beat: Any = field(default_factory=lambda: get_mp_context().Value("d", time.monotonic()))
    process: Any = None

    def start(self) -> None:
        connections.close_all()
        self.process = get_mp_context().Process(
            target=_Sentinel, args=(self.stop, get_mp_context().Event(), self.beat), name="sentinel"
        )
        self.process.start()

    def lives(self) -> bool:
        """Whether it runs; one that is stuck is ended."""
        if time.monotonic() - self.beat.value > STUCK_AFTER:
            logger.error("the worker's sentinel is stuck and is ended")
            self.process.kill()
            self.process.join()
        return bool(self.process.is_alive())

    def end(self, grace: float) -> None:
        """Let the jobs at hand come to their end for a while; what is left then is cut off, and handed out again."""
        self.stop.set()
        self.process.join(grace)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Worker:
    """Runs until it is told to end, or until the process that it belongs to is gone.

    Parameters
    ----------
    parent : int, optional
        Number of the process that it belongs to and ends with.
    """

    def __init__(self, parent: int | None = None) -> None:
        self._parent = parent
        self._ending = False

    def work(self) -> None:
        """Work until the end.

        Raises
        ------
        DatabaseError
            The database is not ready.
        """
        keep_timetable()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        _let_children_end_with_parent()
        while not self._over():
            self._run_a_cluster()

    def _run_a_cluster(self) -> None:
        cluster, began = _Cluster(), time.monotonic()
        cluster.start()
        swept = began - timing().sweep
        while cluster.lives() and not self._over():
            if time.monotonic() - swept >= timing().sweep:
                _sweep()
                swept = time.monotonic()
            time.sleep(TICK)
        cluster.end(timing().grace)
        while not self._over() and time.monotonic() - began < SHORTEST_LIFE:
            time.sleep(TICK)

    def _end(self, *_: object) -> None:
        self._ending = True

    def _over(self) -> bool:
        return self._ending or (self._parent is not None and os.getppid() != self._parent)


def _sweep() -> None:
    try:
        redeliver_lost()
    except DatabaseError:
        logger.exception("could not look for lost jobs")
    finally:
        connections.close_all()


@dataclass(slots=True)
class _Forker:
    pid: int = 0


_forker = _Forker()


def _let_children_end_with_parent() -> None:
    """From now on a process that is forked, here or further down, ends when the one that forked it does."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_note_forker, after_in_child=_end_with_parent)


def _note_forker() -> None:
    _forker.pid = os.getpid()


def _end_with_parent() -> None:
    parent = _forker.pid

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(TICK)
        os._exit(1)

    threading.Thread(target=watch, name="end with parent", daemon=True).start()
