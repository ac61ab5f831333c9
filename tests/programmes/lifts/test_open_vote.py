from datetime import date, timedelta

import pytest

from expectations import by_hand, forbidden, refused
from programmes.lifts.voting import CLOSES, NOON, PHOTO, all_vote, closed, opened, phone_of
from xiuhua.programmes.lifts import actions, gates, queries_votes
from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.models import Owner
from xiuhua.programmes.lifts.rules.mandates import MandateTold
from xiuhua.programmes.lifts.rules.moves import Standing
from xiuhua.programmes.lifts.rules.votes import Tally, Weight


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


def test_each_flat_is_one_head(designing, coordinator, town):
    vote = opened(coordinator, designing)
    assert (vote.whole, vote.electors.count(), vote.number) == (Weight(68520, 12), 12, 1)
    voter = phone_of(town, "15400000003")
    assert list(queries_votes.votes_open_for(voter)) == [vote]
    assert queries_votes.elector_of(voter, vote).rooms == "201"
    assert not queries_votes.votes_open_for(phone_of(town, "15499999999"))


def test_one_owner_with_two_flats_is_one_head_with_their_areas(designing, coordinator):
    flat = designing.flats.get(room="302")
    actions.remove_owner(actor=coordinator, dossier=designing, flat=flat, owner=flat.owners.get())
    told = OwnerTold("业主05", "15400000005")
    actions.add_owner(actor=coordinator, dossier=designing, flat=flat, told=told)

    vote = opened(coordinator, designing)
    assert vote.whole == Weight(68520, 11)
    both = vote.electors.get(owner=Owner.objects.get(pk=flat.owners.get().pk))
    assert (both.rooms, both.area_dm2, both.heads) == ("301、302", 5236 + 6184, 1)


def test_of_several_owners_the_one_who_speaks_votes(designing, coordinator):
    flat = designing.flats.get(room="302")
    told = OwnerTold("他的妻子", "15400000077", speaks=False)
    actions.add_owner(actor=coordinator, dossier=designing, flat=flat, told=told)
    assert opened(coordinator, designing).electors.get(rooms="302").owner.phone == "15400000006"


def test_of_several_owners_one_has_to_be_chosen_first(designing, coordinator):
    with by_hand():
        designing.flats.get(room="302").ownerships.update(speaks=False)
    with refused("还没有推选谁投票：302"):
        opened(coordinator, designing)


def test_areas_have_to_be_known(designing, coordinator):
    with by_hand():
        designing.flats.filter(room="302").update(area_dm2=None, area_source="")
    with refused("缺面积：302"):
        opened(coordinator, designing)


def test_it_is_open_for_days_enough_and_asks_something(designing, coordinator):
    with refused("表决至少开 7 天"):
        opened(coordinator, designing, closes_at=NOON + timedelta(days=6))
    with refused("截止时间已经过了"):
        opened(coordinator, designing, closes_at=NOON - timedelta(days=1))
    with refused("还没有写表决事项"):
        opened(coordinator, designing, question=" ")
    with refused("开始日期比上一步（2023-04-11）还早"):
        opened(coordinator, designing, opens_on=date(2023, 4, 1))


def test_one_vote_at_a_time_and_only_at_its_step(designing, consulting, coordinator, elsewhere):
    with forbidden():
        opened(elsewhere, designing)
    opened(coordinator, designing)
    with refused("这个门洞正在表决"):
        opened(coordinator, designing)
    actions.set_aside(actor=coordinator, dossier=designing, on=date(2023, 8, 3), reason="先放一放")
    with refused("「方案与分摊」这一步才表决"):
        opened(coordinator, designing)


def test_a_passed_vote_needs_no_other(designing, coordinator):
    vote = opened(coordinator, designing)
    all_vote(vote, {f"{floor}0{side}": "agree" for floor in range(1, 7) for side in (1, 2)})
    closed(coordinator, vote)
    with refused("表决已经通过"):
        opened(coordinator, designing, closes_at=CLOSES + timedelta(days=30))


@pytest.mark.parametrize(
    ("on", "agree", "against", "passed"),
    [
        ("2023-04-20", Weight(55000, 9), Weight(5000, 1), True),
        ("2023-04-20", Weight(40000, 7), Weight(20000, 3), False),
    ],
)
def test_a_vote_from_before_the_system_is_put_down_by_its_sums(designing, coordinator, on, agree, against, passed):
    tally = Tally(Weight(68520, 12), Weight(60000, 10), agree, against)
    on = date.fromisoformat(on)
    vote = actions.record_past_vote(actor=coordinator, dossier=designing, on=on, tally=tally).subject

    assert (vote.archived, vote.passed, vote.tally) == (True, passed, tally)
    assert queries_votes.check(vote).decision
    assert (gates.gate_named("vote", designing).standing is Standing.PASSED) is passed
    with refused("同意和不同意加起来比参与的还多"):
        wrong = Tally(tally.whole, Weight(100, 1), agree)
        actions.record_past_vote(actor=coordinator, dossier=designing, on=on, tally=wrong)
    with refused("还没有开始征询"):
        actions.record_past_vote(actor=coordinator, dossier=designing, on=date(2019, 5, 1), tally=tally)


def test_an_owner_gives_a_mandate_and_takes_it_back(designing, coordinator, town):
    owner, voter = designing.flats.get(room="101").owners.get(), phone_of(town, "15400000001")
    daughter = phone_of(town, "15400000055")
    told = MandateTold("小陈", "15400000055", ["vote", "see"], date(2023, 8, 3), date(2023, 9, 30), "女儿")
    with refused("还没有附上委托书"):
        actions.give_mandate(actor=coordinator, dossier=designing, owner=owner, told=told)
    mandate = actions.give_mandate(actor=voter, dossier=designing, owner=owner, told=told).subject
    with refused("已经委托过这个手机号办这些事"):
        actions.give_mandate(actor=voter, dossier=designing, owner=owner, told=told)
    vote = opened(coordinator, designing)
    (one,) = queries_votes.castables(daughter, vote)
    assert (one.mandate, one.elector.rooms, one.ballot) == (mandate, "101", None)

    told = {"actor": daughter, "vote": vote, "elector": one.elector, "choice": "agree"}
    with forbidden():
        actions.cast_ballot(**told)
    actions.cast_ballot(**told, by_mandate=mandate)
    actions.cast_ballot(actor=voter, vote=vote, elector=one.elector, choice="against")
    with refused("房主自己已经投过票，以房主的为准"):
        actions.cast_ballot(**told, by_mandate=mandate)
    actions.end_mandate(actor=voter, mandate=mandate)
    with forbidden():
        actions.cast_ballot(**told, by_mandate=mandate)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "还没有填受托人姓名"),
        ({"phone": "123"}, "电话不对"),
        ({"phone": "154 0000 0001"}, "受托人和业主是同一个电话"),
        ({"covers": []}, "还没有选可以代办什么"),
        ({"until": date(2023, 8, 2)}, "到期日已经过了"),
    ],
)
def test_a_mandate_says_who_what_and_until_when(designing, coordinator, changes, says):
    owner = designing.flats.get(room="101").owners.get()
    told = {
        "name": "小陈",
        "phone": "15400000055",
        "covers": ["vote"],
        "given_on": date(2023, 8, 1),
        "until": date(2023, 9, 30),
    }
    with refused(says):
        actions.give_mandate(
            actor=coordinator, dossier=designing, owner=owner, told=MandateTold(**told | changes), file=PHOTO
        )
