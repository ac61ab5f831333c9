"""What every test may use."""

import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from django.utils import translation

from expectations import by_hand
from xiuhua.ground import clock

hypothesis.settings.register_profile("xiuhua", deadline=None)
hypothesis.settings.load_profile("xiuhua")

NOON = datetime(2023, 8, 3, 4, 0, tzinfo=UTC)
"""Noon in Shanghai on the day of the demonstration."""

ONCE = re.compile(
    r"test_list_queries\.py|doors/api/test_document\.py|demo/test_(suggestions|lifts)\.py|test_train_command\.py|"
    r"programmes/\w+/(pages|own)/|"
    r"test_matrix\.py::(test_who_gets|test_nothing_of_others|test_a_method|test_nobody_reaches_across\[(?!GET)|"
    r"test_no_list_of_a_committee_says_anything_of_another\[G)"
)
"""What asks for hundreds of answers row by row, or hangs on no database: on SQLite.

Who sees what across places is asked of either database; that asks for every page, so what pages say is read once.
"""

SLOW = ("tests/demo/", "tests/doors/test_cli.py")
"""What `make check` leaves to `make test`: whole subdistricts, processes of their own (and the engine's properties)."""

LONGEST = ("tests/browser/test_every_page.py", "tests/browser/test_lift_story.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if {"db", "transactional_db", "committed_db", "worker_of", "client_of", "staff"} & set(fixtures):
            item.add_marker("database")
        if "tests/browser" in item.nodeid:
            item.add_marker("browser")
        if ONCE.search(item.nodeid):
            item.add_marker("once")
        if item.nodeid.startswith(SLOW) or _is_property_of_the_engine(item):
            item.add_marker("slow")
    # Playwright's event loop stays in this thread once it runs, and Django then refuses its own: browsers come last.
    # Of these the longest come first (with --no-loadscope-reorder), lest one of them run alone at the end.
    items.sort(key=lambda item: ("tests/browser" in item.nodeid, not item.nodeid.startswith(LONGEST)))


def _is_property_of_the_engine(item: pytest.Item) -> bool:
    return item.nodeid.startswith("tests/engine/") and hasattr(getattr(item, "function", None), "hypothesis")


@pytest.fixture
def noon() -> Iterator[datetime]:
    with clock.stopped_at(NOON):
        yield NOON


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """End each test in the language it began in: a page asked for in English leaves its thread in English."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def watched_writes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail whatever writes a domain row outside an action; `by_hand` lifts the watch for a block."""
    from django.db import connection

    from xiuhua.ground.journal.guard import watch_writes

    if not {"db", "committed_db", "worker_of", "client_of", "staff"} & set(request.fixturenames):
        yield
        return
    _needs_a_database(request)
    with connection.execute_wrapper(watch_writes):
        yield


_numbers = itertools.count(1)
PASSWORD = "xiu-hua-9-stitches"


@pytest.fixture
def staff(request: pytest.FixtureRequest) -> Callable[..., object]:
    """Make a worker: ``staff(Role.GRID_WORKER, at=committee)``; further roles as ``also=[(role, node)]``."""
    from xiuhua.ground.accounts import actions
    from xiuhua.ground.journal.actors import System

    _needs_a_database(request)

    def make(role: object, at: object, *, also: tuple[tuple[object, object], ...] = (), name: str = "张三") -> object:
        user = actions.invite_staff(
            actor=System("test"),
            path=_path(at),
            username=f"T{next(_numbers):04d}",
            name=name,
            password=PASSWORD,
            lasting=True,
            role=role,
        ).subject
        for more, place in also:
            actions.give_role(actor=System("test"), user=user, role=more, path=_path(place))
        user.forget_grants()
        return user

    return make


@pytest.fixture
def worker_of(request: pytest.FixtureRequest) -> Callable[..., object]:
    """Make a worker whose role's place need not be on record: ``worker_of(Role.LEADER, "310107014")``."""
    from xiuhua.ground.accounts.models import RoleGrant, User

    _needs_a_database(request)

    def make(role: object, path: str) -> object:
        with by_hand():
            user = User.objects.create(username=f"W{next(_numbers):04d}", name="李四", home=path, made_at=NOON)
            RoleGrant.objects.create(user=user, role=role, path=path, given_by="system:test", given_at=NOON)
        return user

    return make


@pytest.fixture
def client_of(request: pytest.FixtureRequest) -> Callable[..., object]:
    """A browser of someone who is signed in: ``client_of(user)``."""
    from django.test import Client

    _needs_a_database(request)

    def sign_in(user: object) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def _needs_a_database(request: pytest.FixtureRequest) -> None:
    """Take the database of the test: its own where it commits, else the one that is rolled back."""
    request.getfixturevalue("committed_db" if "committed_db" in request.fixturenames else "db")


def _path(place: object) -> str:
    return place if isinstance(place, str) else place.path  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: object, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Migrate the test database; pytest-django's own does so only where a test asks for ``db``, not `committed_db`."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: object, tmp_path: Path) -> Iterator[None]:
    """A database of the test's own, in which commits are real: a copy of the migrated one, gone afterwards.

    The record refuses to be emptied, so a transactional test cannot clear its tables as Django does.
    """
    from django.db import connection, connections

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        told = connections.settings["default"]
        before, held = told["NAME"], None
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            copy = tmp_path / "committed.sqlite3"
            with sqlite3.connect(copy) as target:
                connection.connection.backup(target)
            target.close()
            held, connection.connection, told["NAME"] = connection.connection, None, str(copy)
        else:
            connection.close()
            told["NAME"] = f"{before}_{next(_numbers)}"
            _on_the_side(f'CREATE DATABASE "{told["NAME"]}" TEMPLATE "{before}"')
        try:
            yield
        finally:
            connections.close_all()
            if connection.vendor == "sqlite":
                connection.connection, told["NAME"] = held, before
            else:
                mine, told["NAME"] = told["NAME"], before
                _on_the_side(f'DROP DATABASE "{mine}" WITH (FORCE)')


def _on_the_side(statement: str) -> None:
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
