"""The picture of a flow says what its declaration says."""

import importlib
from pathlib import Path

import pytest

from xiuhua.programmes.projects.flow import ProjectFlow
from xiuhua.programmes.suggestions.flow import EventFlow, SuggestionFlow

EXTENSIONS = Path(__file__).parents[2] / "docs" / "_ext"


@pytest.mark.parametrize("flow", [EventFlow, ProjectFlow, SuggestionFlow])
def test_every_state_and_every_move_is_drawn(flow, monkeypatch):
    monkeypatch.syspath_prepend(str(EXTENSIONS))

    picture = importlib.import_module("flows").drawing(flow)

    assert [state.value for state in flow.states if f">{state.value}</text>" not in picture] == []
    assert [event.id for event in flow.events if f">{event.id}</text>" not in picture] == []
    assert picture.count("marker-end") == sum(len(flow.states_before(event.id)) for event in flow.events)
