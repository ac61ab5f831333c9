"""What every test may use."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from xiuhua.ground import clock

NOON = datetime(2023, 8, 3, 4, 0, tzinfo=UTC)
"""Noon in Shanghai on the day of the demonstration."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if {"db", "transactional_db"} & set(fixtures):
            item.add_marker("database")
        if {"page", "served"} & set(fixtures):
            item.add_marker("browser")
    # Playwright's event loop stays in this thread once it runs, and Django then refuses its own: browsers come last.
    items.sort(key=lambda item: "tests/browser" in item.nodeid)


@pytest.fixture
def noon() -> Iterator[datetime]:
    with clock.stopped_at(NOON):
        yield NOON
