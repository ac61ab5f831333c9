from dataclasses import replace

import pytest

from expectations import forbidden, refused
from programmes.lifts.money_cases import AGREED, MAY, TOTAL, chosen
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.lifts import actions, queries_shares
from xiuhua.programmes.lifts.models import Flat


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


def drafted(dossier, actor, choice, **more):
    return actions.draft_scheme(actor=actor, dossier=dossier, choice=choice, on=MAY, **more).subject


def test_it_works(designing, coordinator):
    """The house of the pictures: 6th floor 32 % of 440,000 yuan, split by area to the fen."""
    scheme = drafted(designing, coordinator, chosen("guidance", AGREED))

    top = queries_shares.floor_table(scheme)[0]
    assert (top.floor, top.amount_fen, top.percent) == (6, 14_080_000, 32.0)
    assert [(room.room, room.amount_fen) for room in top.rooms] == [("601", 6_455_594), ("602", 7_624_406)]
    assert sum(line.amount_fen for line in scheme.lines.all()) == scheme.residents_fen == 44_000_000
    assert Entry.objects.get(verb="lifts.draft_scheme").facts == {
        "number": 1,
        "kind": "guidance",
        "total_fen": TOTAL,
        "on": "2023-05-01",
    }


def test_sent_twice_is_one_draft(designing, coordinator):
    choice = chosen("guidance", AGREED, left=frozenset({Flat.objects.get(dossier=designing, room="501").pk}))
    with idempotency_key("a1"):
        assert drafted(designing, coordinator, choice) == drafted(designing, coordinator, choice)


@pytest.mark.parametrize(
    ("kind", "floors"),
    [
        ("guangzhou", {}),
        ("dongpu", {}),
        ("own", {1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5.5}),
        ("area", {}),
        ("equal", {}),
        ("benefit", {}),
        ("shapley", {}),
    ],
)
def test_every_way_adds_up(designing, coordinator, kind, floors):
    scheme = drafted(designing, coordinator, chosen(kind, floors))
    floors = [floor.amount_fen for floor in queries_shares.floor_table(scheme)]
    assert sum(floors) == 44_000_000
    assert floors == sorted(floors, reverse=True)


def test_a_family_that_stays_out_pays_nothing_and_the_others_more(designing, coordinator):
    left = Flat.objects.get(dossier=designing, room="501")
    whole = drafted(designing, coordinator, chosen("guidance", AGREED))
    less = drafted(designing, coordinator, chosen("guidance", AGREED, left=frozenset({left.pk})))

    amounts = {line.flat.room: line.amount_fen for line in queries_shares.lines_of(less)}
    assert amounts["501"] == 0
    assert amounts["502"] == 11_440_000
    assert sum(amounts.values()) == whole.residents_fen
    assert less.number == 2


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        (chosen("guidance", AGREED | {6: 30}), "各层合计 98%，还差 2%"),
        (chosen("guidance", {6: 100}), "1、2、3、4、5 层还没有填"),
        (chosen("own", AGREED | {3: -1}), "3 层是负数"),
        (chosen("area", total_fen=-1), "总价不对"),
        (chosen("area", subsidy_fen=-5), "补贴不能是负数"),
        (chosen("area", subsidy_fen=TOTAL), "补贴不能比总价多"),
        (chosen("area", subsidy_fen=20_000_000), "补贴和算出来的 280000.00 元不一样"),
        (chosen("consent"), "说过心里价位的不到 3 户"),
    ],
)
def test_what_cannot_be_is_refused(designing, coordinator, choice, why):
    with refused(why):
        drafted(designing, coordinator, choice)


def test_another_subsidy_comes_with_its_reason(designing, coordinator):
    choice = chosen("area", subsidy_fen=20_000_000)
    scheme = drafted(designing, coordinator, choice, subsidy_because="区里批复的数")
    assert scheme.subsidy_because == "区里批复的数"


def test_areas_that_are_not_on_record_are_named(designing, coordinator):
    """What hangs on them is refused; what does not, works."""
    from expectations import by_hand

    with by_hand():
        Flat.objects.filter(dossier=designing, room="402").update(area_dm2=None)
    with refused("缺面积：402"):
        drafted(designing, coordinator, chosen("guidance", AGREED))
    assert drafted(designing, coordinator, replace(chosen("guidance", AGREED), within="equal")).number == 1


def test_a_coordinator_of_another_committee_cannot(designing, elsewhere):
    with forbidden():
        drafted(designing, elsewhere, chosen("area"))
