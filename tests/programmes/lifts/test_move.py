from datetime import date

import pytest

from expectations import forbidden, refused
from programmes.lifts.conftest import PAPER
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.territory.actions import judge_stairwell
from xiuhua.programmes.lifts import actions, gates
from xiuhua.programmes.lifts.rules.moves import Standing

MAY = date(2023, 5, 1)


def test_it_works(consulting, coordinator):
    actions.pass_gate(actor=coordinator, dossier=consulting, rule="briefing", on=date(2023, 3, 25))
    actions.begin_design(actor=coordinator, dossier=consulting, on=date(2023, 4, 11))

    consulting.refresh_from_db()
    assert (consulting.state, consulting.stage, consulting.designed_on) == ("designing", "consult", date(2023, 4, 11))
    entry = Entry.objects.filter(verb="lifts.begin_design").get()
    assert entry.facts == {"on": "2023-04-11", "from": "consult", "to": "consult", "state": "designing"}


def test_an_open_gate_is_in_the_way_and_named(consulting, coordinator):
    with refused("第 5 条「居民说明会开过」还没过"):
        actions.begin_design(actor=coordinator, dossier=consulting, on=MAY)
    consulting.refresh_from_db()
    assert consulting.state == "consulting"


def test_a_waived_gate_lets_pass_and_says_why(consulting, coordinator, section_head):
    actions.waive_gate(actor=section_head, dossier=consulting, rule="briefing", reason="只有六户常住，逐户谈过")
    actions.begin_design(actor=coordinator, dossier=consulting, on=MAY)

    gate = gates.gate_named("briefing", consulting)
    assert gate.standing is Standing.WAIVED
    assert (gate.words, gate.told(sees_owners=True)) == ("", "只有六户常住，逐户谈过")


def test_a_coordinator_does_not_waive(consulting, coordinator):
    with forbidden():
        actions.waive_gate(actor=coordinator, dossier=consulting, rule="briefing", reason="急")


def test_a_gate_is_not_waived_without_a_reason(consulting, section_head):
    with refused("还没有写原因"):
        actions.waive_gate(actor=section_head, dossier=consulting, rule="briefing", reason=" ")


def test_a_day_before_the_previous_step_is_refused(consulting, coordinator):
    actions.pass_gate(actor=coordinator, dossier=consulting, rule="briefing", on=date(2023, 3, 25))
    with refused("日期比上一步（2023-03-01）还早"):
        actions.begin_design(actor=coordinator, dossier=consulting, on=date(2023, 2, 1))


def test_a_day_to_come_is_refused(dossier, coordinator):
    with refused("日期在今天以后"):
        actions.begin_consulting(actor=coordinator, dossier=dossier, on=date(2023, 9, 1))


def test_a_step_is_not_skipped(consulting, coordinator):
    with refused("不能开工"):
        actions.start_building(actor=coordinator, dossier=consulting, on=MAY)


def test_another_committees_coordinator_cannot(dossier, elsewhere):
    with forbidden():
        actions.begin_consulting(actor=elsewhere, dossier=dossier, on=MAY)


def test_set_aside_begins_again_with_gates_of_its_own(consulting, coordinator):
    actions.pass_gate(actor=coordinator, dossier=consulting, rule="briefing", on=date(2023, 3, 25))
    actions.set_aside(actor=coordinator, dossier=consulting, on=MAY, reason="两户出国，年底再谈")
    actions.begin_consulting(actor=coordinator, dossier=consulting, on=date(2023, 6, 1))

    consulting.refresh_from_db()
    assert consulting.attempt == 2
    assert gates.gate_named("briefing", consulting).is_open
    assert consulting.flats.count() == 12


def test_a_lift_that_does_not_suit_is_not_begun(dossier, coordinator):
    judge_stairwell(actor=coordinator, stairwell=dossier.stairwell, suitable=False, because="楼间距不足")
    with refused("不具备加梯条件"):
        actions.begin_consulting(actor=coordinator, dossier=dossier, on=MAY)


def test_a_document_gate_asks_for_the_document(brought_to, coordinator):
    dossier = brought_to("designing")
    with refused("还没有附上文件"):
        actions.pass_gate(actor=coordinator, dossier=dossier, rule="drawing", on=MAY)

    actions.pass_gate(actor=coordinator, dossier=dossier, rule="drawing", on=MAY, file=PAPER)
    assert dossier.papers.get().version == 1
    assert gates.gate_named("drawing", dossier).standing is Standing.PASSED


def test_what_the_dossier_says_is_not_put_in(consulting, coordinator):
    with refused("已经过了"):
        actions.pass_gate(actor=coordinator, dossier=consulting, rule="team", on=MAY)


@pytest.mark.parametrize("rule", ["briefing"])
def test_a_gate_is_taken_back_until_its_move_is_made(consulting, coordinator, rule):
    actions.pass_gate(actor=coordinator, dossier=consulting, rule=rule, on=date(2023, 3, 25))
    actions.take_back_gate(actor=coordinator, dossier=consulting, rule=rule, reason="日期记错")
    assert gates.gate_named(rule, consulting).is_open
