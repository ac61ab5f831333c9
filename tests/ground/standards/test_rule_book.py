"""The rule book: every figure says how sure it is, and holds on the day asked for."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from xiuhua.ground import standards
from xiuhua.ground.standards.figures import Page, Status
from xiuhua.ground.standards.reader import FOLDER
from xiuhua.ground.words import use_language

DAY = date(2023, 8, 3)
BOOK = sorted(FOLDER.glob("*.toml"))


def numbers_outside_figures(table, path=""):
    for key, value in table.items():
        where = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            if "value" not in value:
                yield from numbers_outside_figures(value, where)
        elif isinstance(value, bool | int | float):
            yield where


def figures(table, path=""):
    for key, value in table.items():
        for row in value if isinstance(value, list) else [value]:
            if isinstance(row, dict) and "value" in row:
                yield f"{path}.{key}", row
            elif isinstance(row, dict):
                yield from figures(row, f"{path}.{key}")


@pytest.mark.parametrize("book", BOOK, ids=lambda path: path.stem)
def test_every_figure_says_how_sure_it_is(book: Path):
    table = tomllib.loads(book.read_text(encoding="utf-8"))
    assert list(numbers_outside_figures(table)) == []
    for where, figure in figures(table):
        assert Status(figure["status"]), where
        assert figure["source"].strip(), where


def test_nothing_from_memory_is_verified():
    book = standards.on(DAY)
    for entry in book.lifecircle("gb50180").entries:
        assert entry.need_figure.status != Status.VERIFIED
        assert entry.radius_m is None or entry.radius_m.status != Status.VERIFIED


def test_required_facilities_carry_the_closest_minutes():
    required = standards.on(DAY).lifecircle().required
    assert required["kindergarten"] == 5
    assert required["primary_school"] == 10
    assert required["bank"] == 10, "required at the 15- and at the 10-minute level: the closer decides"
    assert required["health_centre"] == 15
    assert not {"canteen", "health_station", "nursery", "park", "pharmacy"} & set(required)


def test_the_standard_and_the_types_speak_of_the_same_facilities():
    book = standards.on(DAY)
    assert set(book.lifecircle().facility_types) == set(book.facility_types)


def test_own_types_are_marked_as_ours():
    entries = {entry.facility_type: entry for entry in standards.on(DAY).lifecircle().entries}
    for key in ("park", "pharmacy"):
        assert entries[key].need == "local"
        assert entries[key].need_figure.status == Status.ASSUMPTION


def test_personas_walk_as_stated():
    personas = standards.on(DAY).personas
    assert list(personas) == ["adult", "elder", "frail", "wheelchair", "child", "pushchair", "standard"]
    assert personas["wheelchair"].steps_factor.number == float("inf")
    assert personas["frail"].steps_factor.number == 2
    assert personas["elder"].population == "residents_60_plus"
    standard = personas["standard"].persona
    assert (standard.speed_m_s, standard.crossing_delay_s, standard.slope) == (1.0, 0.0, False)


def test_status_speaks_both_languages():
    with use_language("zh-hans"):
        assert [status.label for status in Status] == ["已核对", "转引", "本地做法", "待核", "待街道核定"]


def test_override_becomes_local_practice():
    book = standards.on(DAY, {"personas.elder.speed_m_s": 0.92})
    assert book.personas["elder"].speed.value == 0.92
    assert book.personas["elder"].speed.status == Status.PRACTICE
    assert standards.on(DAY).personas["elder"].speed.value == 1.07
    assert standards.on(DAY, {"personas.elder.speed_m_s": 0.92}) is book


def test_figure_of_its_day():
    rows = [
        {"value": 2, "status": "verified", "source": "new law", "effective": date(2021, 1, 1)},
        {"value": 3, "status": "verified", "source": "old law", "until": date(2020, 12, 31)},
    ]
    assert Page("law", {"share": rows}, date(2020, 6, 1)).figure("share").value == 3
    assert Page("law", {"share": rows}, date(2021, 1, 1)).figure("share").value == 2
    assert Page("law", {"share": rows[:1]}, date(2020, 6, 1)).figure_or_none("share") is None


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"personas.elder.shoe_size": 42}, "no such figure"),
        ({"personas.elder": 1}, "no such figure"),
        ({"nowhere.at.all": 1}, "no such figure"),
        ({"personas.elder.speed_m_s": "fast"}, "cannot stand in"),
    ],
)
def test_override_of_nothing_refuses(overrides, message):
    with pytest.raises(ValueError, match=message):
        standards.on(DAY, overrides)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"value": 1, "status": "verified"}, "source is missing"),
        ({"value": 1, "status": "verified", "source": " "}, "source is missing"),
        ({"value": 1, "status": "certain", "source": "x"}, "certain"),
        (7, "a figure is a table"),
    ],
)
def test_figure_without_its_source_refuses(row, message):
    with pytest.raises(ValueError, match=message):
        Page("book", {"share": row}, DAY).figure("share")


def test_standard_unknown_to_the_book_refuses():
    with pytest.raises(KeyError):
        standards.on(DAY).lifecircle("gb99999")
