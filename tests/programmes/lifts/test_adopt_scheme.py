from datetime import date, timedelta

import pytest

from expectations import by_hand, refused
from programmes.lifts.money_cases import AGREED, JUNE, MAY, adopted, chosen
from xiuhua.ground.clock import now
from xiuhua.programmes.lifts import actions, gates, queries_shares
from xiuhua.programmes.lifts.models import Flat, SchemeLine
from xiuhua.programmes.lifts.rules.moves import Standing


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


def test_it_works(designing, coordinator):
    assert gates.gate_named("shares", designing).is_open
    scheme = adopted(designing, coordinator)

    assert queries_shares.adopted_scheme(designing) == scheme
    gate = gates.gate_named("shares", designing)
    assert (gate.standing, gate.words) == (Standing.PASSED, "第 1 稿，居民出 440,000 元")
    assert [(part.words, part.percent) for part in queries_shares.plan_of(scheme)] == [
        ("签约后", 30),
        ("主体完工后", 40),
        ("验收后", 30),
    ]


def test_each_household_can_read_how_its_share_came_about(designing, coordinator):
    adopted(designing, coordinator)
    assert queries_shares.explain(Flat.objects.get(dossier=designing, room="601")) == [
        "总价 720,000 元，政府补贴 280,000 元，居民一共出 440,000 元。",
        "照市里的指导区间谈定：6 层出 32%。",
        "6 层一共 140,800 元，2 户按面积分：601 室 52.36 平方米，全层 114.20 平方米。",
        "601 室出 64,555.94 元；各户加起来正好 440,000 元，一分不差。",
    ]


def test_a_later_one_takes_its_place_until_somebody_has_paid(designing, coordinator):
    first = adopted(designing, coordinator)
    second = adopted(designing, coordinator, chosen("area"))
    first.refresh_from_db()
    assert (first.state, queries_shares.adopted_scheme(designing)) == ("superseded", second)
    with refused("已经定过稿或被替换"):
        actions.adopt_scheme(actor=coordinator, scheme=first, on=JUNE)

    flat = Flat.objects.get(dossier=designing, room="602")
    actions.note_payment(actor=coordinator, flat=flat, amount_fen=100, on=JUNE)
    with refused("已经有人付过款"):
        adopted(designing, coordinator)


def test_what_does_not_add_up_or_lacks_a_flat_is_refused(designing, coordinator):
    draft = actions.draft_scheme(actor=coordinator, dossier=designing, choice=chosen("area"), on=MAY).subject
    with by_hand():
        SchemeLine.objects.filter(scheme=draft, flat__room="601").update(amount_fen=1)
    with refused("各户加起来和居民分摊差"):
        actions.adopt_scheme(actor=coordinator, scheme=draft, on=MAY)
    with by_hand():
        SchemeLine.objects.filter(scheme=draft, flat__room="601").delete()
    with refused("起稿以后房屋或面积变过：601"):
        actions.adopt_scheme(actor=coordinator, scheme=draft, on=MAY)


def test_what_is_voted_on_is_put_to_the_vote_and_can_be_settled_then(designing, coordinator):
    draft = actions.draft_scheme(actor=coordinator, dossier=designing, choice=chosen("area"), on=MAY).subject
    told = {"question": "同意吗", "opens_on": date(2023, 8, 3), "closes_at": now() + timedelta(days=12)}
    actions.open_vote(actor=coordinator, dossier=designing, scheme=draft, **told)
    draft.refresh_from_db()
    assert draft.state == "proposed"
    actions.adopt_scheme(actor=coordinator, scheme=draft, on=date(2023, 8, 3))
    assert queries_shares.adopted_scheme(designing) == draft


def test_an_area_that_was_corrected_since_asks_for_a_new_draft(designing, coordinator):
    draft = actions.draft_scheme(actor=coordinator, dossier=designing, choice=chosen("area"), on=MAY).subject
    actions.set_areas(actor=coordinator, dossier=designing, areas_dm2={"602": 6190}, source="survey")
    with refused("起稿以后房屋或面积变过：602"):
        actions.adopt_scheme(actor=coordinator, scheme=draft, on=MAY)


def test_a_day_before_the_draft_and_a_wrong_step_are_refused(consulting, coordinator, waived):
    draft = actions.draft_scheme(
        actor=coordinator, dossier=consulting, choice=chosen("guidance", AGREED), on=MAY
    ).subject
    with refused("这一步不能定分摊方案"):
        actions.adopt_scheme(actor=coordinator, scheme=draft, on=MAY)
    waived(consulting)
    actions.begin_design(actor=coordinator, dossier=consulting, on=date(2023, 4, 11))
    with refused("日期在今天以后"):
        actions.adopt_scheme(actor=coordinator, scheme=draft, on=date(2023, 4, 20))
