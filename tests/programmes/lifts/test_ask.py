import pytest

from expectations import forbidden, refused, verbs_of
from xiuhua.ground.messages.models import Message
from xiuhua.programmes.lifts.actions import answer_question, ask


@pytest.fixture
def question(consulting, resident):
    return ask(actor=resident, stairwell=consulting.stairwell, words=" 会不会挡光？ ").subject


def test_a_question_is_answered_once_and_told_to_whoever_asked(question, coordinator, resident):
    answer_question(actor=coordinator, question=question, answer="不挡")

    question.refresh_from_db()
    assert (question.words, question.answer) == ("会不会挡光？", "不挡")
    assert verbs_of(question) == ["lifts.ask", "lifts.answer_question"]
    assert Message.objects.get().user == resident
    with refused("已经答复过"):
        answer_question(actor=coordinator, question=question, answer="挡")


def test_nothing_asked_too_much_asked_and_a_wish_told_twice_are_refused(question, consulting, resident):
    with refused("还没有写"):
        ask(actor=resident, stairwell=consulting.stairwell, words="")
    with refused("最多 500 个字"):
        ask(actor=resident, stairwell=consulting.stairwell, words="光" * 501)
    for number in range(4):
        ask(actor=resident, stairwell=consulting.stairwell, words=f"第 {number} 问")
    with refused("5 个问题还在等答复"):
        ask(actor=resident, stairwell=consulting.stairwell, words="再问")
    ask(actor=resident, stairwell=consulting.stairwell, kind="wish")
    with refused("您已经说过想装"):
        ask(actor=resident, stairwell=consulting.stairwell, kind="wish")


def test_strangers_ask_nothing_and_another_committee_answers_nothing(question, consulting, stranger, elsewhere):
    with forbidden():
        ask(actor=stranger, stairwell=consulting.stairwell, words="多少钱")
    with forbidden():
        answer_question(actor=elsewhere, question=question, answer="不知道")
