"""A flow says what follows on what, and refuses the rest in words."""

import pytest

from xiuhua.ground.verdicts import Refused
from xiuhua.ground.workflow import Event, State, Workflow


class LetterFlow(Workflow):
    written = State("写好", initial=True)
    sent = State("寄出")
    thrown = State("作废", final=True)

    send_off = Event(written.to(sent), name="寄出去")
    take_back = Event(sent.to(written), name="追回来")
    throw = Event(written.to(thrown) | sent.to(thrown), name="作废")


def test_a_move_leads_on():
    assert LetterFlow.after("send_off", "written") == "sent"
    assert LetterFlow.after("throw", "sent") == "thrown"


def test_a_move_out_of_turn_is_refused_with_what_can_be_done():
    with pytest.raises(Refused, match="现在是「写好」，不能追回来；现在能做的：寄出去、作废"):
        LetterFlow.after("take_back", "written")


def test_from_the_end_nothing_follows():
    with pytest.raises(Refused) as refused:
        LetterFlow.after("send_off", "thrown")
    assert refused.value.reasons[0].mend is None


def test_it_lists_states_and_moves():
    assert LetterFlow.moves_from("sent") == ["take_back", "throw"]
    assert LetterFlow.states_before("throw") == ["written", "sent"]
    assert LetterFlow.open_states() == ["written", "sent"]
    assert LetterFlow.choices() == [("written", "写好"), ("sent", "寄出"), ("thrown", "作废")]
    assert LetterFlow.allows("throw", "written")
    assert not LetterFlow.allows("throw", "thrown")
    assert LetterFlow.title_of("lost") == "lost"


def test_an_unknown_state_is_a_mistake():
    with pytest.raises(KeyError):
        LetterFlow.after("send_off", "lost")
