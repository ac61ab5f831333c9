"""A workshop that is going on at noon, with three columns on its wall."""

from datetime import timedelta
from typing import Any

import pytest

from programmes.suggestions.conftest import NOON
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.events import taking
from xiuhua.programmes.suggestions.models import Event, Note
from xiuhua.programmes.suggestions.rules.events import EventFacts


@pytest.fixture
def facts(west):
    """An event as it is planned: ``facts(title=…)``."""

    def make(**changes: Any) -> EventFacts:
        point = west.geometry.representative_point()
        told = {
            "kind": "workshop",
            "title": "口袋公园怎么改",
            "path": west.path,
            "place": "西村活动室",
            "starts_at": NOON - timedelta(hours=1),
            "ends_at": NOON + timedelta(hours=2),
            "topics": ["坐的地方", "走的路", "孩子"],
            "lon": point.x,
            "lat": point.y,
        }
        return EventFacts(**told | changes)

    return make


@pytest.fixture
def event(worker, facts) -> Event:
    return actions.plan_event(actor=worker, facts=facts()).subject


@pytest.fixture
def put_up(worker, event):
    """Hang a note: ``put_up("…", topic=1)``."""

    def make(words: str = "长凳太少", topic: int = 0, actor: Any = worker) -> Note:
        return taking.put_up(actor=actor, event=event, words=words, topic=topic)

    return make


@pytest.fixture
def desk(worker, client_of):
    return client_of(worker)
