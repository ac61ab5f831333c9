"""The worker that goes with the web server (随身的后台程序): begun with it, begun again when it dies, ended with it."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PAUSE = 5.0
"""Seconds before a worker that died is begun again."""

GRACE = 15.0
"""Seconds in which it ends by itself; it gives the job at hand less."""

logger = logging.getLogger(__name__)


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep ``xiuhua worker`` going in a process of its own within the block.

    The worker watches for this process to end, however that comes about. It stands in a session of its own, so that
    Ctrl-C reaches it by way of us, once.
    """
    companion = _Companion()
    companion.start()
    try:
        yield
    finally:
        companion.end()


class _Companion:
    """A thread that waits for the worker's end and begins it again."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_going, name="worker beside", daemon=True)

    def start(self) -> None:
        """Begin the worker."""
        self._begin()
        self._thread.start()

    def end(self) -> None:
        """Let the worker end; one that does not is killed."""
        with self._lock:
            self._ending.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._thread.join()

    def _begin(self) -> None:
        with self._lock:
            if not self._ending.is_set():
                command = [sys.executable, "-m", "xiuhua.doors", "worker", "--parent", str(os.getpid())]
                self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)

    def _keep_going(self) -> None:
        while not self._ending.is_set() and self._process is not None:
            status = self._process.wait()
            if not self._ending.is_set():
                logger.error("the worker ended with status %s and is begun again", status)
                self._ending.wait(PAUSE)
                self._begin()
