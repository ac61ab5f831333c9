import pytest

from programmes.lifecircle.town import MORNING, NIGHT, network
from xiuhua.ground import standards
from xiuhua.programmes.lifecircle import queries
from xiuhua.programmes.lifecircle.analysis import ISLAND, UNSNAPPED
from xiuhua.programmes.lifecircle.comparison import compare, places_shut
from xiuhua.programmes.lifecircle.panel import left_out_of, panel_of, unconnected
from xiuhua.programmes.lifecircle.question import Question, read_question

DAY_CARE = Question("elder", "day_care", 15)


@pytest.fixture
def types(morning):
    return standards.on(morning.made_at.date()).facility_types


@pytest.fixture
def numbers(subdistrict):
    return queries.committee_numbers(subdistrict)


def test_share_counts_the_personas_own_people(morning, types, numbers):
    panel = panel_of(queries.analysis_of(morning), DAY_CARE, types, numbers)
    assert (panel.reached.people, panel.reached.covered, panel.reached.out) == (7, 5, 2)
    assert panel.reached.share == pytest.approx(5 / 7)
    assert (panel.people_name, panel.type_name, panel.facilities) == (
        "60 岁以上居民",
        "老年人日间照料中心（托老所）",
        1,
    )


def test_a_type_of_which_nothing_is_on_record_has_no_figures(morning, types, numbers):
    analysis = queries.analysis_of(morning)
    kind = next(kind for kind in analysis.types if not analysis.tells_of(kind))
    panel = panel_of(analysis, Question("elder", kind, 15), types, numbers)
    assert not panel.on_record
    assert (panel.reached.people, panel.reached.covered, panel.reached.out, panel.reached.share) == (
        7,
        None,
        None,
        None,
    )
    assert {row.share for row in panel.committees} == {None}
    assert {row.share for row in panel.radii if row.facility_type == kind} <= {None}


def test_people_lie_along_one_line_from_near_to_far(morning, types, numbers):
    panel = panel_of(queries.analysis_of(morning), DAY_CARE, types, numbers)
    assert panel.within == [(5, pytest.approx(2 / 7)), (10, pytest.approx(5 / 7)), (15, pytest.approx(5 / 7))]
    assert [(band, pytest.approx(width)) for band, _start, width in panel.spread] == [
        ("5", 2 / 7),
        ("10", 3 / 7),
        ("15", 0),
        ("out", 2 / 7),
    ]


def test_committees_stand_worst_first_with_their_number(morning, types, numbers):
    panel = panel_of(queries.analysis_of(morning), DAY_CARE, types, numbers)
    assert [(row.name, row.committee, row.reached.out) for row in panel.committees] == [
        ("东村", numbers["东村"], 2),
        ("西村", numbers["西村"], 0),
    ]
    assert panel.worst is panel.committees[0]


@pytest.mark.parametrize(
    ("sort", "first"), [("-share", "西村"), ("name", "东村"), ("-name", "西村"), ("people", "西村"), ("-out", "东村")]
)
def test_committees_sort_by_any_column(morning, types, numbers, sort, first):
    question = Question("elder", "day_care", 15, sort=sort)
    assert panel_of(queries.analysis_of(morning), question, types, numbers).committees[0].name == first


def test_committee_without_such_people_has_no_share_and_comes_last(morning, types, numbers):
    for sort in ("share", "-share"):
        panel = panel_of(queries.analysis_of(morning), Question("child", "day_care", 15, sort=sort), types, numbers)
        assert [(row.name, row.share is None) for row in panel.committees] == [("东村", False), ("西村", True)]


def test_left_out_buildings_say_how_far_or_why(morning):
    rows = left_out_of(queries.analysis_of(morning), DAY_CARE)
    assert {row.label: (row.people, row.state) for row in rows} == {"金沙新村 20 号": (1, 0), "苗圃 3 号": (1, ISLAND)}
    assert left_out_of(queries.analysis_of(morning), DAY_CARE, "西村") == []
    near = left_out_of(queries.analysis_of(morning), Question("elder", "day_care", 5))
    assert near[0].label == "金沙新村 8 号"
    assert 300 < near[0].seconds < 600
    assert 300 < near[0].metres < 500


def test_islands_and_unconnected_buildings_are_named(morning):
    analysis = queries.analysis_of(morning)
    assert [row.label for row in unconnected(analysis, ISLAND)] == ["苗圃 3 号"]
    assert [row.label for row in unconnected(analysis, UNSNAPPED)] == ["江边 5 号"]


def test_radius_of_the_type_carries_its_status(morning, types, numbers):
    radius = panel_of(queries.analysis_of(morning), DAY_CARE, types, numbers).radius
    assert radius is not None
    assert radius.radius.status.label in {"已核对", "转引", "本地做法", "待核", "待街道核定"}


def test_score_is_the_mean_over_required_types(morning, types, numbers):
    panel = panel_of(queries.analysis_of(morning), DAY_CARE, types, numbers)
    assert panel.score == pytest.approx(sum(row.share for row in panel.required) / len(panel.required))


def test_comparison_counts_who_a_locked_gate_costs(morning, night, types, numbers):
    now, before = queries.analysis_of(night), queries.analysis_of(morning)
    comparison = compare(now, before, "elder", "day_care", 15)
    assert comparison is not None
    assert (comparison.gained, comparison.lost, comparison.buildings_changed) == (0, 3, 1)
    assert comparison.shares() == pytest.approx((5 / 7, 2 / 7))
    panel = panel_of(now, Question("elder", "day_care", 15, sort="change"), types, numbers, comparison)
    assert [(row.name, row.change, row.before) for row in panel.committees] == [
        ("东村", -3, pytest.approx(3 / 5)),
        ("西村", 0, pytest.approx(1.0)),
    ]
    assert sorted(comparison.states()) == ["lost", "never", "never", "never", "still"]


def test_places_shut_are_counted_by_the_hour():
    assert places_shut(network(), MORNING) == 0
    assert places_shut(network(), NIGHT) == 1
    assert places_shut(network(), None) == 0


def test_address_is_read_into_a_question(morning, types):
    asked = read_question(
        {"persona": "child", "type": "market", "minutes": "5", "show": "lacks", "committee": "7"},
        queries.analysis_of(morning),
        types,
    )
    assert asked.question == Question("child", "market", 5, "lacks", committee=7)
    assert asked.notices == ()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"persona": "狗"}, "没有「狗」这种人群，下面按老人算。"),
        ({"type": "casino" * 40}, "这次分析里没有"),
        ({"minutes": "20"}, "只能选 5、10 或 15 分钟，「20」不行，下面按 15 分钟算。"),
        ({"minutes": "٥"}, "只能选"),
    ],
)
def test_what_is_not_understood_is_said_and_answered_as_usual(morning, types, address, words):
    asked = read_question(address, queries.analysis_of(morning), types)
    assert asked.question == Question()
    assert words in asked.notices[0]
    assert len(asked.notices[0]) < 80


@pytest.mark.parametrize("address", [{"sort": "x"}, {"show": "change"}, {"committee": "-1"}, {"compare": "9" * 40}])
def test_odd_sort_or_number_falls_back(morning, types, address):
    assert read_question(address, queries.analysis_of(morning), types).question == Question()
