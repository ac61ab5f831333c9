"""Talking to whoever suggested."""

from datetime import date, timedelta

import pytest

from expectations import forbidden, refused
from programmes.suggestions.conftest import NOON, REPLY
from xiuhua.ground import clock
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.suggestions import actions, jobs
from xiuhua.programmes.suggestions.models import Reply, Suggestion


def test_the_first_contact_leaves_the_reply_to_be_owed(in_hand, worker):
    done = actions.contact(actor=worker, suggestion=in_hand, words="王女士您好，明天下午三点到路口看。").subject
    assert (done.state, done.due_on) == ("assigned", date(2023, 8, 10))


def test_two_colleagues_do_not_both_make_the_first_contact(in_hand, worker, head):
    actions.contact(actor=worker, suggestion=in_hand, words="王女士您好，明天下午三点到路口看。")
    with refused("已经有人做过首次联系"):
        actions.contact(actor=head, suggestion=in_hand, words="王女士您好，后天上午九点到路口看。")


def test_an_answer_ends_the_term(answered):
    assert (answered.state, answered.due_on) == ("answered", None)
    assert [(reply.kind, reply.words) for reply in answered.replies.all()] == [("answer", REPLY)]


def test_whether_it_was_in_time_is_on_record(in_hand, head):
    with clock.stopped_at(NOON + timedelta(days=8)):
        actions.answer(actor=head, suggestion=in_hand, words=REPLY)
    assert Entry.objects.get(verb="suggestions.answer").facts["on_time"] is False


def test_a_first_draft_is_refused(in_hand, head):
    with refused("底稿里的「称呼」还没有写"):
        actions.answer(
            actor=head,
            suggestion=in_hand,
            words="【称呼】您好，您反映的坡口已经修好。",
            template="answer_done",
        )


def test_nothing_is_answered_that_nobody_has_in_hand(said, head):
    with refused("现在是「待受理」，不能答复"):
        actions.answer(actor=head, suggestion=said, words=REPLY)


def test_another_committee_does_not_answer(in_hand, stranger):
    with forbidden():
        actions.answer(actor=stranger, suggestion=in_hand, words=REPLY)


def test_who_was_merged_is_told_the_same(in_hand, say, head):
    other = say(words="坡口推不上去", phone="13900001111", wants_reply=True)
    actions.merge(actor=head, suggestion=other, into=in_hand)
    actions.answer(actor=head, suggestion=in_hand, words=REPLY)
    assert Reply.objects.filter(suggestion=other, words__isnull=False).count() == 1


def test_more_time_is_had_once(in_hand, head):
    done = actions.extend(actor=head, suggestion=in_hand, reason="要请设计单位来看").subject
    assert done.reply_due_on == date(2023, 8, 24)
    with refused("不能再延"):
        actions.extend(actor=head, suggestion=in_hand, reason="还要再看一看")


def test_the_system_tells_the_section_head_of_what_lies(in_hand):
    with clock.stopped_at(NOON + timedelta(days=12)):
        assert list(jobs.overdue_untold()) == [in_hand]
        actions.escalate(actor=jobs_actor(), suggestion=in_hand)
        assert not jobs.overdue_untold().exists()


def test_nobody_but_the_system_does(in_hand, head):
    with forbidden():
        actions.escalate(actor=head, suggestion=in_hand)


def test_what_was_answered_is_closed(answered, head):
    done = actions.close(actor=head, suggestion=answered).subject
    assert done.state == "closed"
    assert done.closed_at is not None


def test_what_is_in_hand_is_not(in_hand, head):
    with refused("不能办结"):
        actions.close(actor=head, suggestion=in_hand)


@pytest.mark.parametrize(("days", "settled"), [(20, 0), (31, 1)])
def test_nobody_asks_about_it_any_more(answered, days, settled):
    with clock.stopped_at(NOON + timedelta(days=days)):
        run_periodic("suggestions.settle")
    assert Suggestion.objects.filter(state="closed").count() == settled


def jobs_actor():
    from xiuhua.ground.journal.actors import System

    return System("jobs")


def run_periodic(kind):
    from xiuhua.ground.jobs.work import run_periodic, run_waiting

    run_periodic(kind, NOON.isoformat())
    run_waiting()
