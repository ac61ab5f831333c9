"""Settings of the processes that tests start: the product's own, in more of a hurry, with kinds to test with."""

from xiuhua.doors.settings import *  # noqa: F403
from xiuhua.doors.settings import INSTALLED_APPS, Q_CLUSTER

INSTALLED_APPS = [*INSTALLED_APPS, "ground.jobs.sample"]
Q_CLUSTER = {**Q_CLUSTER, "poll": 0.1, "guard_cycle": 0.2}
JOBS_TIMING = {"pulse": 0.2, "stale_after": 2.0, "late_after": 2.0, "sweep": 0.5, "grace": 1.0}
