"""The five-colour map, what it says of one stairwell, its sheet, its layer, and the map for everybody."""

import json

import pytest
from django.urls import reverse

from programmes.lifts.programme import SNAG, SYSTEM, at_door
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import judge_stairwell
from xiuhua.ground.territory.models import Committee
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.rules.team import MemberFacts

PUBLIC = ("own_lift:public_map", "own_lift:public_blocks")


@pytest.fixture
def coordinator(programme, staff):
    return staff(Role.LIFT_COORDINATOR, at=Committee.objects.get(name="西村"), name="沈晓岚")


@pytest.fixture
def desk(coordinator, client_of):
    return client_of(coordinator)


@pytest.fixture
def leader(programme, staff, client_of):
    return client_of(staff(Role.LEADER, at=programme, name="钱国梁"))


def shown(browser, name: str, *args: object) -> str:
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_it_counts_what_one_sees(programme, desk, leader):
    judge = {"suitable": False, "because": "楼间距不足，加梯后影响消防通道"}
    judge_stairwell(actor=SYSTEM, stairwell=at_door("4 号").stairwell, **judge)
    page = shown(leader, "lifts:map")
    assert "5 个适合加梯的门洞，已签约、施工和运行共 4 个，占 80.0%" in page
    assert "五色占比：未启动 1，征询中 0，已签约 2，施工中 1，已运行 1" in page
    for words in ("待审批 2", "最长 89 天", "楼间距不足", "本月新增 0", "全部 2 个居委会"):
        assert words in page
    assert "4 个适合加梯的门洞" in shown(desk, "lifts:map")


def test_why_one_is_stuck_is_read_by_those_who_carry_it(desk, leader):
    alone = at_door("9 号")
    assert SNAG in shown(desk, "lifts:map")
    for page in (shown(leader, "lifts:map"), shown(leader, "lifts:map_panel", alone.pk)):
        assert SNAG not in page
        assert "第 14 条" in page
    told = shown(desk, "lifts:map_panel", alone.pk)
    assert SNAG in told
    assert reverse("lifts:note_contact", args=[alone.pk]) in told
    assert leader.get(reverse("lifts:map_panel", args=[0])).status_code == 404


def test_names_and_telephones_beside_the_map(coordinator, desk, leader):
    dossier = at_door("2 号")
    lead = MemberFacts("coordinator", "沈晓岚", has_account=True)
    law = MemberFacts("professional", "黄工", phone="15400000077")
    actions.join_team(actor=coordinator, dossier=dossier, facts=lead, since=dossier.begun_on, user=coordinator)
    actions.join_team(actor=coordinator, dossier=dossier, facts=law, since=dossier.begun_on)
    mine, theirs = (shown(browser, "lifts:map_panel", dossier.pk) for browser in (desk, leader))
    assert "tel:15400000077" in mine
    assert "沈晓岚" in theirs
    assert "黄工" not in theirs
    assert "15400000077" not in theirs


def test_the_layer_and_the_sheet(programme, leader):
    found = json.loads(shown(leader, "layers:geojson", programme.path, "lift"))
    assert len(found["features"]) == 6
    told = next(one for one in found["features"] if one["id"] == at_door("1 号").pk)["properties"]
    assert (told["stage"], told["stage_name"], told["quarter"], told["year"]) == ("running", "已运行", "枣阳新村", 1984)
    assert "snag" not in told
    answer = leader.get(reverse("lifts:map_pdf"))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_everybody_reads_blocks_and_nobody(programme, client):
    pages = [shown(client, name) for name in PUBLIC]
    for page in pages:
        for word in ("号", "赵老师", "不同意", "102", "孤楼", "枣阳支路", "白玉路", SNAG):
            assert word not in page.replace("%(", ""), word
    blocks = json.loads(pages[1])["features"]
    assert [one["properties"]["name"] for one in blocks] == ["枣阳新村"]
    assert {
        key: blocks[0]["properties"].get(key, 0) for key in ("suitable", "in_hand", "running", "signed", "waiting")
    } == {
        "suitable": 4,
        "in_hand": 3,
        "running": 1,
        "signed": 1,
        "waiting": 1,
    }
    assert "其他零散门洞" in pages[0]
    assert "6 个适合加梯的门洞，已签约、施工和运行共 4 个，占 66.7%" in pages[0]
    ground = client.get(reverse("own_lift:public_ground", args=["building"])).json()
    assert {key for one in ground["features"] for key in one["properties"]} == {"use", "height"}
    assert client.get(reverse("own_lift:public_ground", args=["facility"])).status_code == 404
