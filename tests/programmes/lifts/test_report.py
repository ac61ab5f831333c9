"""The figures of a period: from the record, equal to what the rows say, by command, API and in the long run."""

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from expectations import refused
from programmes.lifts.programme import FIRST, LAST, SYSTEM
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts import indicators, reporting
from xiuhua.programmes.lifts.commands import app
from xiuhua.programmes.lifts.flow import IN_HAND
from xiuhua.programmes.lifts.indicators import Move
from xiuhua.programmes.lifts.models import Dossier

COLUMNS = ("signed", "started", "completed")
HALF_YEAR = {"signed": 3, "started": 1, "completed": 0, "in_hand": 4, "suitable": 6, "share": 0.6667, "sub_centres": 1}


def test_the_record_tells_what_the_rows_tell(programme):
    found = reporting.report(SYSTEM, programme.path, FIRST, LAST)

    assert {key: found.told()[key] for key in HALF_YEAR} == HALF_YEAR
    within = {name: Dossier.objects.filter(**{f"{name}_on__range": (FIRST, LAST)}).count() for name in COLUMNS}
    set_aside = 1  # its own day of signing is gone from the row, and stands on record
    assert found.whole.tally.signed == within["signed"] + set_aside
    assert (found.whole.tally.started, found.whole.tally.completed) == (within["started"], within["completed"])
    assert found.whole.in_hand == Dossier.objects.in_hand().count()
    west, east = found.committees
    assert (west.in_hand, west.suitable, east.in_hand, east.suitable) == (4, 5, 0, 1)
    steps = {one.step: one for one in found.paces}
    assert (steps["consult"].inside, steps["sign"].inside, steps["build"].inside) == (0, 2, 1)
    assert steps["sign"].median_days == (date(2023, 5, 6) - date(2022, 9, 20)).days
    assert sum(month.tally.signed for month in found.months) == 4


def test_the_command_prints_them(programme):
    run = CliRunner().invoke(app, ["report", "--from", f"{FIRST}", "--to", f"{LAST}", "--json"], catch_exceptions=False)
    told = json.loads(run.stdout)
    assert {key: told[key] for key in HALF_YEAR} == HALF_YEAR
    table = CliRunner().invoke(app, ["report", "--from", f"{FIRST}", "--to", f"{LAST}"], catch_exceptions=False).stdout
    assert "66.7%" in table
    assert "西村" in table
    for asked, why in (
        (["--from", "2023-13-01"], "不是日期"),
        (["--from", "2023-07-01", "--to", "2023-06-30"], "在结束日期以后"),
        (["--at", "长风"], "不是区划代码"),
    ):
        with refused(why):
            CliRunner().invoke(app, ["report", *asked], catch_exceptions=False)


def test_the_api_tells_them_within_ones_sight(programme, staff, client_of):
    asked = f"/api/v1/lifts/report?from={FIRST}&to={LAST}"
    leader = client_of(staff(Role.LEADER, at=programme))
    told = leader.get(asked).json()
    assert {key: told[key] for key in HALF_YEAR} == HALF_YEAR
    east = told["by_committee"][1]["path"]
    elsewhere = client_of(staff(Role.LIFT_COORDINATOR, at=east)).get(asked).json()
    assert (elsewhere["signed"], elsewhere["in_hand"], elsewhere["suitable"]) == (0, 0, 1)
    assert leader.get("/api/v1/lifts/report?from=2023-07-01&to=2023-06-30").status_code == 422


def test_the_board_shows_and_hands_them_over(programme, staff, client_of):
    desk = client_of(staff(Role.LEADER, at=programme))
    asked = {"first": FIRST, "last": LAST}
    page = desk.get("/lifts/board/", asked).content.decode()
    assert "66.7%" in page
    assert "2023-03：签约 1，开工 0，完工 0" in page
    assert desk.get("/lifts/board/", {**asked, "export": "xlsx"}).content.startswith(b"PK")
    for wrong, says in (
        ({"first": LAST, "last": FIRST}, "开始日期在结束日期以后"),
        ({"first": "2033-01-01", "last": "2033-02-01"}, "开始日期在今天以后"),
        ({"first": "1012-01-01"}, "日期太早了"),
        ({"first": "2023-99-01", "export": "xlsx"}, "没有这一天"),
    ):
        answer = desk.get("/lifts/board/", wrong)
        assert answer.status_code == 422
        assert says in answer.content.decode()


ORDER = (
    ("begin", "waiting", "consult", "consulting"),
    ("design", "consult", "consult", "designing"),
    ("agree", "consult", "consult", "agreeing"),
    ("sign", "consult", "signed", "signed"),
    ("build", "signed", "building", "building"),
    ("finish", "building", "building", "finishing"),
    ("hand_over", "building", "running", "running"),
)


@st.composite
def programmes(draw) -> list[Move]:
    """Moves of some stairwells, each from the first on, some set aside while they may and begun again."""
    moves = []
    for dossier in range(1, draw(st.integers(1, 5)) + 1):
        day, before = date(2022, 1, 1), "waiting"
        for _attempt in range(draw(st.integers(1, 2))):
            reached = draw(st.integers(0, len(ORDER)))
            for name, _from, after, state in ORDER[:reached]:
                day += timedelta(days=draw(st.integers(0, 60)))
                moves.append(Move(dossier, "310107014001", name, day, before, after, state))
                before = after
            if not 1 <= reached <= 4:
                break
            day += timedelta(days=draw(st.integers(0, 60)))
            moves.append(Move(dossier, "310107014001", "set_aside", day, before, "waiting", "waiting"))
            before = "waiting"
    return sorted(moves, key=lambda move: move.on)


@given(programmes(), st.dates(date(2022, 1, 1), date(2024, 1, 1)))
def test_in_hand_is_signed_less_what_was_set_aside_after(moves, day):
    so_far = [move for move in moves if move.on <= day]
    set_aside = sum(move.name == "set_aside" and move.before in IN_HAND for move in so_far)
    assert indicators.in_hand_on(moves, day) == indicators.tally(so_far).signed - set_aside


@given(programmes())
def test_months_and_committees_add_up(moves):
    last = max((move.on for move in moves), default=date(2022, 1, 1))
    months = indicators.months(moves, last, 40)
    assert sum(month.tally.signed for month in months) == indicators.tally(moves).signed
    assert sum(len(found) for found in indicators.by_committee(moves).values()) == len(moves)
    paces = indicators.paces(moves, date(2021, 1, 1), last)
    under_way = [
        move for move in indicators.standing_on(moves, last).values() if move.state not in ("waiting", "running")
    ]
    assert sum(pace.inside for pace in paces) == len(under_way)


def test_in_hand_is_told_of_the_end_and_of_now(programme):
    found = reporting.report(SYSTEM, programme.path, date(2022, 1, 1), date(2022, 12, 31)).told()
    assert (found["in_hand"], found["in_hand_at_end"]) == (4, 2)
