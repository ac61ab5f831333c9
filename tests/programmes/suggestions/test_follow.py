"""What whoever suggested does."""

from datetime import timedelta

from expectations import forbidden, refused
from programmes.suggestions.conftest import NOON, VISITOR
from xiuhua.ground import clock
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.programmes.suggestions import actions, queries


def test_who_holds_the_link_says_how_satisfied_they_are(answered):
    done = actions.rate(actor=VISITOR, suggestion=answered, stars=4, words="快", token=answered.token).subject
    assert (done.rating, done.rating_words) == (4, "快")


def test_nobody_else_does(answered, head):
    with forbidden():
        actions.rate(actor=VISITOR, suggestion=answered, stars=1, token="guessed")
    with forbidden():
        actions.rate(actor=head, suggestion=answered, stars=5)


def test_it_is_too_early_before_the_answer(in_hand):
    with refused("还没有答复"):
        actions.rate(actor=VISITOR, suggestion=in_hand, stars=5, token=in_hand.token)


def test_it_is_taken_up_again_once(answered, head):
    again = actions.reopen(actor=VISITOR, suggestion=answered, words="坡口还是被占着", token=answered.token).subject
    assert (again.state, again.section) == ("reopened", "services")
    assert again.replies.last().words == "坡口还是被占着"
    assert again.due_on is not None
    actions.answer(actor=head, suggestion=again, words="王女士您好，八月十五日起早上有人挪车。")
    with refused("已经重新办过一次"):
        actions.reopen(actor=VISITOR, suggestion=again, words="坡口还是被占着", token=again.token)


def test_after_a_month_it_is_a_new_one(answered):
    with clock.stopped_at(NOON + timedelta(days=31)), refused("答复已经过了 30 天"):
        actions.reopen(actor=VISITOR, suggestion=answered, words="坡口还是被占着", token=answered.token)


def test_the_link_finds_it_and_a_guess_finds_nothing(said):
    assert queries.by_token(said.token) == said
    assert queries.by_token("guessed") is None
    assert queries.by_token("") is None


def test_a_resident_finds_their_own_under_their_account(say):
    dweller = open_own(actor=VISITOR, phone="15412345678").subject
    own = say(actor=dweller)
    say()
    assert list(queries.own_of(dweller)) == [own]
    with forbidden():
        actions.rate(actor=open_own(actor=VISITOR, phone="15412345679").subject, suggestion=own, stars=5)
