"""How long is long: when a silent worker is given up, how often one looks, and what django-q2 is told."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

LONGEST = timedelta(hours=6)
"""No kind of job may take longer."""

USUAL = timedelta(hours=1)
"""How long a job may take that does not say."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds; the setting ``JOBS_TIMING`` overrides them.

    Parameters
    ----------
    pulse : float
        Between two signs of life of a running job, which also bring its progress to the page.
    stale_after : float
        Silence after which a worker is taken for dead and its job is handed out again. Well above the longest call of
        compiled code that lets no other thread run.
    late_after : float
        A worker that has taken a job in hand and has not begun with it is then passed over.
    sweep : float
        Between two looks for such jobs.
    grace : float
        What a worker that is told to end still gets for the job at hand.
    """

    pulse: float = 2.0
    stale_after: float = 60.0
    late_after: float = 60.0
    sweep: float = 10.0
    grace: float = 5.0


ATTEMPTS = 5
"""How often a job is begun whose worker dies each time, before it is given up."""

RETRY = LONGEST + timedelta(hours=1)
"""When django-q2 itself hands a job out again: only a last resort, since `delivery.redeliver_lost` comes first."""

Q_CLUSTER: dict[str, Any] = {
    "name": "xiuhua",
    "orm": "default",
    "workers": 2,
    "bulk": 1,
    "queue_limit": 1,  # what waits stays in the database, where any worker may take it
    "poll": 1.0,
    "timeout": int(USUAL.total_seconds()),
    "retry": int(RETRY.total_seconds()),
    "ack_failures": False,  # `work.run` fails only where the database does: such a job is handed out again
    "max_attempts": 0,
    "catch_up": False,
    "save_limit": -1,  # the Job row is the record
    "recycle": 100,
    "max_rss": 800_000,
    "label": "任务队列",
}
"""Settings of django-q2: on the database's own tables, so that to enqueue is part of the transaction."""


def timing() -> Timing:
    """The seconds that hold here."""
    return Timing(**getattr(settings, "JOBS_TIMING", {}))
