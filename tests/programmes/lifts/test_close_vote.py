from datetime import date

import pytest

from expectations import by_hand, refused
from programmes.lifts.voting import AFTER, NOON, all_vote, at, closed, elector, opened
from xiuhua.ground.jobs.work import run_periodic, run_waiting
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.models import Answer, Entry
from xiuhua.ground.sealing.seal import Broken
from xiuhua.programmes.lifts import actions, box, gates, queries_votes
from xiuhua.programmes.lifts.models import Ballot, SheetLine, Vote
from xiuhua.programmes.lifts.rules import ballots
from xiuhua.programmes.lifts.rules.moves import Standing
from xiuhua.programmes.lifts.rules.votes import Weight

TEN = {f"{floor}0{side}": "agree" for floor in range(2, 7) for side in (1, 2)}


@pytest.fixture
def vote(brought_to, coordinator):
    """Eleven of twelve take part and ten agree, as in the published example; 101 stays away."""
    vote = opened(coordinator, brought_to("designing"))
    all_vote(vote, {"102": "against", **TEN})
    return vote


def test_it_is_counted_published_and_passes_the_gate(vote, coordinator):
    vote = closed(coordinator, vote)

    assert vote.passed
    assert (vote.tally.whole, vote.tally.part) == (Weight(68520, 12), Weight(63284, 11))
    assert (vote.tally.agree, vote.tally.against) == (Weight(57100, 10), Weight(6184, 1))
    assert ballots.recompute(box.sheet_of(vote)) == vote.tally
    assert queries_votes.check(vote).decision
    with at(AFTER):
        gate = gates.gate_named("vote", vote.dossier)
    assert (gate.standing, gate.words) == (Standing.PASSED, "8 月 13 日，面积 90.23%，人数 10／11")
    facts = Entry.objects.filter(verb="lifts.close_vote").get().facts
    assert facts == {
        "on": "2023-08-13",
        "number": 1,
        "passed": True,
        "part_heads": 11,
        "agree_heads": 10,
        "all_heads": 12,
        "chain": vote.chain_head,
        "ballots": 11,
    }


def test_the_sheet_names_nobody(vote, coordinator):
    vote = closed(coordinator, vote)
    columns = {field.name for field in SheetLine._meta.concrete_fields}
    assert columns == {"id", "vote", "receipt", "key", "area_dm2", "heads", "choice", "nonce"}
    lines = list(vote.sheet.values_list("receipt", flat=True))
    assert lines == sorted(lines)
    assert queries_votes.households_taking_part(vote) == 11


def test_it_is_never_counted_before_its_time(vote, coordinator):
    with refused("表决到 8 月 13 日 18:00 才截止，截止前不能开票"):
        actions.close_vote(actor=coordinator, vote=vote)
    assert not SheetLine.objects.exists()


def test_it_is_counted_once(vote, coordinator):
    vote = closed(coordinator, vote)
    with at(AFTER), refused("这次表决已经结束"):
        actions.close_vote(actor=coordinator, vote=vote)


def test_the_key_is_thrown_away_and_what_a_choice_could_be_tried_out_on(vote, coordinator):
    with idempotency_key("a1"):
        all_vote(vote, {"101": "abstain"})
    assert box.opened(vote, vote.ballots.last()).choice == "abstain"
    assert Answer.objects.filter(verb="lifts.cast_ballot").count() == 1
    vote = closed(coordinator, vote)
    assert vote.key == ""
    assert not Answer.objects.filter(verb="lifts.cast_ballot").exists()


def _changed(ballot: Ballot) -> None:
    ballot.commitment = ballots.commitment_of("x", "x", "agree", "x")
    ballot.save()


def _removed(ballot: Ballot) -> None:
    ballot.delete()


def _inserted(ballot: Ballot) -> None:
    vote = Vote.objects.get()
    Ballot.objects.create(
        vote=vote,
        elector=elector(vote, "101"),
        number=vote.ballots_cast + 1,
        commitment=ballot.commitment,
        link=ballots.link_of(vote.chain_head, vote.ballots_cast + 1, "x", ballot.commitment),
        sealed=ballot.sealed,
        channel="paper",
        by="user:1",
        at=NOON,
    )


@pytest.mark.parametrize(
    ("tamper", "says"),
    [(_changed, "第 4 张票被改动过"), (_removed, "第 4 张票不见了"), (_inserted, "第 12 张票被改动过")],
)
def test_a_ballot_that_is_changed_taken_away_or_put_in_shows(vote, coordinator, tamper, says):
    with by_hand():
        tamper(vote.ballots.get(number=4))
    with at(AFTER), refused(says):
        actions.close_vote(actor=coordinator, vote=vote)
    assert Vote.objects.get().state == "open"


def test_what_is_tampered_with_after_the_close_shows(vote, coordinator):
    vote = closed(coordinator, vote)
    with by_hand():
        vote.sheet.filter(choice="against").update(choice="agree")
    assert "对不上" in queries_votes.check(vote).reasons[0].text

    with by_hand():
        vote.sheet.filter(area_dm2=6184).update(choice="agree", area_dm2=6185)
        _removed(vote.ballots.get(number=4))
    told = [reason.text for reason in queries_votes.check(vote).reasons]
    assert any("不见了" in text for text in told)
    assert any("留痕" in text for text in told)


def test_a_chain_that_is_forged_whole_still_differs_from_the_record(vote, coordinator):
    """Who can write the database links everything anew; the journal, chained by a key outside it, says otherwise."""
    vote = closed(coordinator, vote)
    with by_hand():
        rows = list(vote.ballots.order_by("number"))
        rows[3].commitment, head = ballots.commitment_of("x", "x", "agree", "x"), ballots.START
        for row in rows:
            row.link = head = ballots.link_of(head, row.number, row.elector.key, row.commitment)
            row.save()
        vote.chain_head = head
        vote.save()
    told = [reason.text for reason in queries_votes.check(vote).reasons]
    assert any("留痕" in text for text in told)


def test_a_ballot_moved_to_another_elector_does_not_open(vote):
    ballot = vote.ballots.get(number=4)
    ballot.elector = elector(vote, "101")
    with pytest.raises(Broken):
        box.opened(vote, ballot)


def test_it_closes_by_itself_when_the_time_has_come(vote):
    _run_the_job(NOON)
    assert Vote.objects.get().is_open
    _run_the_job(AFTER)
    assert Vote.objects.get().passed


def test_one_whose_box_is_broken_is_left_for_people(vote):
    with by_hand():
        _removed(vote.ballots.get(number=4))
    _run_the_job(AFTER)
    assert Vote.objects.get().is_open
    assert not Entry.objects.filter(verb="lifts.close_vote").exists()


def _run_the_job(moment) -> None:
    with at(moment):
        run_periodic("lifts.close_votes", moment.isoformat())
        run_waiting()


def test_a_cancelled_vote_is_opened_by_nobody_any_more(vote, coordinator):
    with refused("还没有写原因"):
        actions.cancel_vote(actor=coordinator, vote=vote, reason=" ")
    actions.cancel_vote(actor=coordinator, vote=vote, reason="面积登记有误，重新发起")
    vote.refresh_from_db()
    assert (vote.state, vote.key, vote.tally) == ("cancelled", "", None)
    with refused("已取消"):
        all_vote(vote, {"101": "agree"})
    assert opened(coordinator, vote.dossier).number == 2


def test_a_vote_whose_time_is_over_is_counted_not_cancelled(vote, coordinator):
    with at(AFTER), refused("不能再取消"):
        actions.cancel_vote(actor=coordinator, vote=vote, reason="要输了")


def test_a_failed_vote_is_followed_by_a_mediated_one(brought_to, coordinator):
    dossier = brought_to("designing")
    vote = opened(coordinator, dossier)
    all_vote(vote, dict.fromkeys(TEN, "agree") | {"201": "against", "202": "against", "301": "against"})
    vote = closed(coordinator, vote)
    assert not vote.passed

    with at(AFTER):
        again = {"opens_on": date(2023, 8, 13), "closes_at": AFTER.replace(month=9)}
        with refused("上次表决没有通过，还没有调解记录"):
            opened(coordinator, dossier, **again)
        actions.note_mediation(
            actor=coordinator,
            dossier=dossier,
            on=date(2023, 8, 13),
            mediator="人民调解员老许",
            households=4,
            outcome="agreed",
            words="连廊改成玻璃，二层不再反对",
        )
        second = opened(coordinator, dossier, **again)
        assert second.number == 2
        assert gates.gate_named("vote", dossier).words == "正在表决，9 月 13 日 18:01 截止"
