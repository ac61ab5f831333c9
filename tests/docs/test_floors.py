"""The picture of the floors says what the code does."""

import importlib
from collections import Counter
from pathlib import Path

import pytest

EXTENSIONS = Path(__file__).parents[2] / "docs" / "_ext"


@pytest.fixture
def extension(monkeypatch):
    monkeypatch.syspath_prepend(str(EXTENSIONS))
    return importlib.import_module


def test_an_arrow_that_a_longer_way_says_is_left_out(extension):
    imports = Counter({("a", "b"): 1, ("b", "c"): 2, ("a", "c"): 5, ("a", "d"): 1})

    assert extension("imports").without_detours(imports) == [("a", "b"), ("a", "d"), ("b", "c")]


def test_every_import_of_the_house_runs_downwards(extension):
    house = extension("imports").read_house()
    row = {room: number for number, room in enumerate(house.rooms)}

    assert house.imports["ground.territory", "ground.journal"] > 0
    assert ("doors", "ground.layers") in house.named
    assert [pair for pair in house.imports if row[pair[0]] > row[pair[1]]] == []


def test_rooms_are_placed_alike_every_time_and_apart(extension):
    layout = extension("layout")
    floors = {"upper": [["a"], ["b", "c"]], "lower": [["d", "e"]]}
    tops = {"a": 0, "b": 80, "c": 80, "d": 200, "e": 200}
    arrows = [("a", "b"), ("a", "d"), ("b", "e"), ("c", "d")]

    places = layout.placed(floors, tops, arrows)

    assert places == layout.placed(floors, tops, arrows)
    for one, other in (("b", "c"), ("d", "e")):
        assert abs(places[one][0] - places[other][0]) >= layout.BOX
