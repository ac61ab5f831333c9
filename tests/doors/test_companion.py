"""The worker that goes with the server: begun with it, begun again, ended with it."""

import os
import signal
import subprocess
import sys

import pytest

from ground.jobs.office import PATIENCE, descendants, lives
from xiuhua.ground.jobs import actions
from xiuhua.ground.journal.actors import System

SERVER = """
import signal, time, uvicorn
from xiuhua.doors import commands, companion
uvicorn.run = lambda *_, **__: time.sleep(600)
companion.PAUSE = 0.2
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may start what runs in the background without
commands.run_server(1)
"""
"""The server with its worker, but without the pages."""


@pytest.fixture
def server(office):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER], env=office.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield process
    process.kill()
    process.wait()


def do_a_job(office):
    office.wait_for(actions.enqueue(actor=System("test"), kind="sample.write").subject)


def worker_of(server):
    return next(iter(descendants(server.pid)), None)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_server_and_its_worker_end_together(office, server, how):
    do_a_job(office)
    below = descendants(server.pid)
    assert len(below) >= 5
    server.send_signal(how)
    server.wait(PATIENCE)
    office.wait_until(lambda: not any(map(lives, below)), "the end of the worker")


def test_a_worker_that_dies_is_begun_again_and_a_server_that_is_terminated_ends_it(office, server):
    do_a_job(office)
    first = worker_of(server)
    os.kill(first, signal.SIGKILL)
    do_a_job(office)
    below = descendants(server.pid)
    assert first not in below
    server.terminate()
    assert server.wait(PATIENCE) == 143
    assert not any(map(lives, below))
