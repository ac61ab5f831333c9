"""Taking up, handing on, passing on."""

from datetime import date

import pytest

from expectations import forbidden, refused, verbs_of
from programmes.suggestions.conftest import SERVICES
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.actions.assigning import Unit
from xiuhua.programmes.suggestions.models import Suggestion

NOTICE = "王女士您好，您说的欠薪是自己的一件诉求，已经替您转到街道信访办，10 月 2 日前给您答复。"


def test_it_is_taken_up_and_handed_out_at_once(said, head):
    done = actions.accept(actor=head, suggestion=said, unit=SERVICES, with_unit=Unit(path=said.path)).subject
    assert (done.state, done.section, done.co_unit_path) == ("assigned", "services", said.path)
    assert done.due_on == date(2023, 8, 4)
    assert verbs_of(said) == ["suggestions.receive", "suggestions.accept"]


def test_it_is_taken_up_and_handed_out_later(said, head):
    assert actions.accept(actor=head, suggestion=said).subject.state == "accepted"
    assert actions.assign(actor=head, suggestion=said, unit=SERVICES).subject.state == "assigned"


def test_a_complex_one_has_longer(said, head):
    done = actions.accept(actor=head, suggestion=said, unit=SERVICES, is_complex=True).subject
    assert done.reply_due_on == date(2023, 8, 24)


def test_twice_is_refused(in_hand, head):
    with refused("现在是「办理中」，不能受理"):
        actions.accept(actor=head, suggestion=in_hand, unit=SERVICES)


def test_a_grid_worker_does_not_decide(said, worker):
    with forbidden():
        actions.accept(actor=worker, suggestion=said, unit=SERVICES)


def test_nor_does_the_head_of_another_committee(said, stranger):
    with forbidden():
        actions.accept(actor=stranger, suggestion=said, unit=SERVICES)


@pytest.mark.parametrize("unit", [Unit(section="nobody"), Unit(path="310107014999"), Unit(path="310107015001")])
def test_an_unknown_unit_is_refused(said, head, unit):
    with refused("没有这个"):
        actions.accept(actor=head, suggestion=said, unit=unit)


def test_a_committee_that_has_it_in_hand_sees_it_wherever_it_lies(said, head, stranger, east):
    assert said not in Suggestion.objects.visible_to(stranger)
    actions.accept(actor=head, suggestion=said, unit=Unit(path=east.path))
    assert said in Suggestion.objects.visible_to(stranger)
    said.refresh_from_db()
    actions.contact(actor=stranger, suggestion=said, words="王女士您好，明天下午三点到路口看。")


def test_it_is_handed_on_with_a_reason_and_the_term_runs_on(in_hand, head, east):
    done = actions.transfer(actor=head, suggestion=in_hand, unit=Unit(path=east.path), reason="坡口在东村地界").subject
    assert (done.section, done.unit_path, done.state) == ("", east.path, "assigned")
    assert done.reply_due_on == in_hand.reply_due_on


def test_handing_on_without_a_reason_is_refused(in_hand, head, east):
    with refused("还没有写原因"):
        actions.transfer(actor=head, suggestion=in_hand, unit=Unit(path=east.path), reason="")


def test_a_claim_goes_down_the_petition_road_with_its_own_term(say, head):
    claim = say(nature="claim", phone="13812342046", wants_reply=True)
    with refused("个人诉求不是建议"):
        actions.accept(actor=head, suggestion=claim, unit=SERVICES)
    done = actions.pass_on(actor=head, suggestion=claim, road="petition", notice=NOTICE).subject
    assert (done.state, done.passed_to, done.due_on) == ("passed_on", "petition", date(2023, 10, 2))
    assert [reply.words for reply in done.replies.all()] == [NOTICE]


def test_a_suggestion_does_not_go_down_the_petition_road(said, head):
    with refused("这一件的性质不走这条路"):
        actions.pass_on(actor=head, suggestion=said, road="petition", notice=NOTICE)


def test_what_was_passed_on_can_come_back(said, head):
    actions.pass_on(actor=head, suggestion=said, road="hotline", notice=NOTICE)
    assert actions.assign(actor=head, suggestion=said, unit=SERVICES).subject.passed_to == ""
