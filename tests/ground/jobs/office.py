"""Workers in processes of their own, on the database of a test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, connections

from xiuhua.ground.jobs.models import Job

PATIENCE = 300.0
"""Seconds after which a test gives up waiting; nothing is asserted about less."""


class Office:
    """Starts workers, kills them, waits for what comes of it."""

    def __init__(self, effects: Callable[[], list[int]], log: Path) -> None:
        self.effects = effects
        self._log = log
        self._processes: list[subprocess.Popen[bytes]] = []
        told = connections.settings["default"]
        self.environment = {
            **os.environ,
            "DATABASE_URL": _address(told),
            "DJANGO_SETTINGS_MODULE": "ground.jobs.process_settings",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._processes:
            process.wait(PATIENCE)
        connection.close()

    def worker(self) -> subprocess.Popen[bytes]:
        """Begin a worker."""
        return self.run("worker")

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        """Begin ``xiuhua ...``."""
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "xiuhua.doors", *command], env=self.environment, stdout=log, stderr=log
            )
        self._processes.append(process)
        return process

    def wait_until(self, happened: Callable[[], bool], what: str) -> None:
        """Wait for something, and say what did not happen when it does not."""
        until = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < until, f"{what} did not happen:\n{self._log.read_text(errors='replace')}"
            time.sleep(0.1)

    def wait_for(self, *jobs: Job, state: str = "done") -> None:
        """Wait until jobs are in a state."""
        wanted = [job.pk for job in jobs]
        self.wait_until(
            lambda: Job.objects.filter(pk__in=wanted, state=state).count() == len(wanted), f"end of {wanted}"
        )
        for job in jobs:
            job.refresh_from_db()


def descendants(pid: int) -> list[int]:
    """Numbers of the processes under one, as ``/proc`` has them."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if (words := _stat(folder)) is not None:
            parents.setdefault(int(words[1]), []).append(int(folder.name))
    found, open_ones = [], [pid]
    while open_ones:
        below = parents.get(open_ones.pop(), [])
        found += below
        open_ones += below
    return found


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet collected does not."""
    words = _stat(Path(f"/proc/{pid}"))
    return words is not None and words[0] != "Z"


def _stat(folder: Path) -> list[str] | None:
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def _address(told: dict[str, object]) -> str:
    if str(told["ENGINE"]).endswith("sqlite3"):
        return f"sqlite:///{told['NAME']}"
    given = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(given._replace(path=f"/{told['NAME']}"))
