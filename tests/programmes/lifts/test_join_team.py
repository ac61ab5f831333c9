from datetime import date

import pytest

from expectations import forbidden, refused
from xiuhua.ground import standards
from xiuhua.programmes.lifts import actions, gates
from xiuhua.programmes.lifts.rules.team import MemberFacts, member_can_join

DAY = date(2023, 7, 1)
LEAD = MemberFacts("coordinator", "沈晓岚", has_account=True)


def join(actor, dossier, facts, **more):
    return actions.join_team(actor=actor, dossier=dossier, facts=facts, since=DAY, **more)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (MemberFacts("coordinator", "某人"), "专员要有登录账号"),
        (MemberFacts("neighbour", "老周"), "邻居要选住在几室"),
        (MemberFacts("professional", "黄工"), "还没有填电话"),
        (MemberFacts("professional", "黄工", phone="1"), "电话不对"),
        (MemberFacts("neighbour", " ", has_flat=True), "还没有填姓名"),
    ],
)
def test_who_cannot_be_found_does_not_join(consulting, coordinator, facts, why):
    with refused(why):
        join(coordinator, consulting, facts)


def test_nobody_is_in_it_twice_and_who_leaves_stays_on_record(consulting, coordinator):
    with refused("已经在这个小组里"):
        join(coordinator, consulting, LEAD, user=coordinator)
    member = consulting.team.get(user=coordinator)
    actions.leave_team(actor=coordinator, member=member)
    assert gates.gate_named("team", consulting).is_open
    with refused("已经离开小组"):
        actions.leave_team(actor=coordinator, member=member)
    join(coordinator, consulting, LEAD, user=coordinator)
    assert consulting.team.filter(user=coordinator).count() == 2


def test_a_coordinator_carries_no_more_than_the_figure():
    figures = standards.on(DAY).lifts.team
    assert member_can_join(LEAD, carried=24, figures=figures).decision
    full = member_can_join(LEAD, carried=25, figures=figures)
    assert (full.decision, full.reasons[0].cites) == (False, "lifts.team.most_stairwells")


def test_another_committees_coordinator_does_not_choose_the_team(consulting, elsewhere):
    with forbidden():
        join(elsewhere, consulting, MemberFacts("professional", "黄工", phone="15400000001"))
