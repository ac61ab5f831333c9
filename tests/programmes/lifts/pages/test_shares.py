from decimal import Decimal

import pytest

from programmes.lifts.money_cases import AGREED, MAY, adopted
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Flat, Scheme

PERCENTS = "&".join(f"g_{floor}={percent}" for floor, percent in AGREED.items() if floor > 1)


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


@pytest.fixture
def at_the_meeting(designing, coordinator, client_of):
    client = client_of(coordinator)

    def ask(query: str = "", page: str = ""):
        return client.get(f"/lifts/dossiers/{designing.pk}/shares/{page}?{query}")

    return ask


def test_without_scripts_the_form_works_it_out(at_the_meeting):
    """Total, subsidy, what a floor and a flat pay; and what lies outside the guidance, with where that comes from."""
    text = at_the_meeting(f"kind=guidance&total=720000&{PERCENTS}&beside=area&beside=benefit").content.decode()
    for words in ("280,000", "440,000", "140,800.00", "76,244.06", "146,666.67", "不在指导区间里：2 层（5–7%）"):
        assert words in text
    assert "待街道核定" in text


def test_it_begins_in_the_middle_of_the_guidance(at_the_meeting):
    values = at_the_meeting().context["asked"].values
    percents = [Decimal(values[f"g_{floor}"]) for floor in range(1, 7)]
    assert percents == [0, 6, 12, 18, 26, 38]


def test_a_script_gets_the_same_as_numbers(at_the_meeting, designing):
    left = Flat.objects.get(dossier=designing, room="501")
    stay = "&".join(f"in={flat.pk}" for flat in designing.flats.exclude(pk=left.pk))
    board = at_the_meeting(f"kind=guidance&total=720000&{PERCENTS}&ticked=1&{stay}", "try/").json()
    fifth = next(row for row in board["floors"] if row["floor"] == 5)
    assert [(room["room"], room["amount"], room["more"]) for room in fifth["rooms"]] == [
        ("501", "0", ""),
        ("502", "114,400.00", "多出 52,451.70"),
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=area", "还没有填总价；照选定的报价填，单位是元"),
        ("kind=area&total=-5", "总价不对；请填大于 0、不到一亿的数，单位是元"),
        ("kind=own&total=720000&c_3=-1", "3 层是负数"),
        ("kind=area&total=720000&subsidy=800000", "补贴不能比总价多；请核对总价和补贴"),
        ("kind=guidance&total=720000&g_6=40", "各层合计 102%，多出 2%；先按比例配平试算，定下来以前要正好 100%"),
    ],
)
def test_what_cannot_be_is_said(at_the_meeting, query, said):
    assert said in at_the_meeting(query, "try/").json()["said"]


def test_limits_are_not_tried_out_live(at_the_meeting, designing, coordinator):
    for room in ("301", "601", "602"):
        flat = Flat.objects.get(dossier=designing, room=room)
        actions.state_limit(actor=coordinator, flat=flat, amount_fen=3_021_700, on=MAY)
    board = at_the_meeting("kind=consent&total=720000", "try/").json()
    assert {row["amount"] for row in board["floors"]} == {"—"}
    assert "这种分法不当场试算" in board["said"][0]


def test_a_draft_is_kept_and_settled(at_the_meeting, designing, coordinator, client_of):
    client = client_of(coordinator)
    here = f"/lifts/dossiers/{designing.pk}/shares/"
    client.post(f"{here}draft/", {"asked": f"kind=guidance&total=720000&{PERCENTS}"})
    assert Scheme.objects.get().number == 1
    answer = client.post(f"{here}draft/", {"asked": "kind=guidance&total=720000&g_6=40"}, follow=True)
    assert "各层合计 108%" in answer.content.decode()

    client.post(f"{here}1/adopt/", {"on": "2023-08-03"})
    assert Scheme.objects.get().state == "adopted"
    assert "第 1 稿，居民出 440,000 元" in client.get(f"/lifts/dossiers/{designing.pk}/").content.decode()


def test_who_sees_no_owners_sees_floors_and_no_flat(designing, town, coordinator, staff, client_of):
    adopted(designing, coordinator)
    leader = client_of(staff(Role.LEADER, at=town, name="领导"))
    for address in ("", "shares/", "shares/try/"):
        answer = leader.get(f"/lifts/dossiers/{designing.pk}/{address}")
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "140,800.00" in text
        assert "64,555.94" not in text
    assert 'name="ticked"' not in leader.get(f"/lifts/dossiers/{designing.pk}/shares/").content.decode()
    assert leader.get(f"/lifts/dossiers/{designing.pk}/money/").status_code == 403
