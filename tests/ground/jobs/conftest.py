"""Kinds of jobs to test with, what they have done, and processes that do them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from ground.conftest import AREA
from ground.jobs.office import Office
from ground.jobs.sample.jobs import CREATE, TABLE
from xiuhua.ground.jobs import actions, work
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.journal.actors import System
from xiuhua.ground.territory.actions import found_subdistrict, lay_out
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.plan import TerritoryPlan

SYSTEM = System("test")
SUBDISTRICT = "310107014"
NEIGHBOUR = "310107015"
COMMITTEE, OTHER_COMMITTEE = "310107014001", "310107014002"


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def staff(staff: Callable[..., object], subdistrict: Subdistrict, plan: TerritoryPlan) -> Callable[..., object]:
    """Make a worker, in a territory of two committees and a subdistrict next to it."""
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    found_subdistrict(actor=SYSTEM, code=NEIGHBOUR, name="邻街道", area=AREA)
    return staff


def _effects() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT job FROM {TABLE} ORDER BY job")
        return [job for (job,) in cursor.fetchall()]


@pytest.fixture
def effects(db: None) -> Callable[[], list[int]]:
    """Numbers of the jobs whose effect is in the database, as often as it is."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    return _effects


@pytest.fixture
def ask(db: None) -> Callable[..., Job]:
    """Ask for a job of a kind: ``ask("write", note="a")``."""

    def asked(kind: str, *, actor: object = SYSTEM, path: str = "", **args: object) -> Job:
        return actions.enqueue(actor=actor, kind=f"sample.{kind}", path=path, args=args).subject

    return asked


@pytest.fixture
def done(ask: Callable[..., Job], effects: object) -> Callable[..., Job]:
    """Ask for a job, have it done here and now, and look at it again."""

    def made(kind: str, **wanted: object) -> Job:
        job = ask(kind, **wanted)
        work.run_waiting()
        job.refresh_from_db()
        return job

    return made


@pytest.fixture
def office(committed_db: None, tmp_path: Path) -> Iterator[Office]:
    """A database with real commits, and workers on it that end with the test."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    connection.close()
    with Office(_effects, tmp_path / "workers.log") as office:
        yield office
