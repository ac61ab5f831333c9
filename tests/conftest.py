"""What every test may use."""

from collections.abc import Iterator
from datetime import UTC, datetime

import hypothesis
import pytest

from xiuhua.ground import clock

hypothesis.settings.register_profile("xiuhua", deadline=None)
hypothesis.settings.load_profile("xiuhua")

NOON = datetime(2023, 8, 3, 4, 0, tzinfo=UTC)
"""Noon in Shanghai on the day of the demonstration."""

SLOW = ("tests/demo/", "tests/doors/test_cli.py")
"""What `make check` leaves to `make test`: whole subdistricts, processes of their own (and the engine's properties)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if {"db", "transactional_db"} & set(fixtures):
            item.add_marker("database")
        if "tests/browser" in item.nodeid:
            item.add_marker("browser")
        if item.nodeid.startswith(SLOW) or _is_property_of_the_engine(item):
            item.add_marker("slow")
    # Playwright's event loop stays in this thread once it runs, and Django then refuses its own: browsers come last.
    items.sort(key=lambda item: "tests/browser" in item.nodeid)


def _is_property_of_the_engine(item: pytest.Item) -> bool:
    return item.nodeid.startswith("tests/engine/") and hasattr(getattr(item, "function", None), "hypothesis")


@pytest.fixture
def noon() -> Iterator[datetime]:
    with clock.stopped_at(NOON):
        yield NOON
