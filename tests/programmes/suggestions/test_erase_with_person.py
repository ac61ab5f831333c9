"""What somebody suggested stands in the copy that they get, and goes with them."""

import pytest

from expectations import by_hand
from programmes.suggestions.conftest import REPLY, SERVICES, VISITOR, WORDS
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.clock import now
from xiuhua.ground.privacy.actions import erase_resident
from xiuhua.ground.privacy.holdings import kept_of
from xiuhua.ground.privacy.kept import openings_of
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Binding, Resident
from xiuhua.programmes.suggestions import actions, queries

NUMBER = "13812345678"


@pytest.fixture
def person(town) -> Resident:
    """A resident on record, with this telephone."""
    resident = Resident.objects.first()
    with by_hand():
        resident.name, resident.phone = "王秀英", NUMBER
        resident.save()
    return resident


@pytest.fixture
def officer(town, staff):
    return staff(Role.PRIVACY_OFFICER, at=town, name="顾敏")


@pytest.fixture
def by_account(say, person):
    """Sent under their account, which has another telephone."""
    dweller = open_own(actor=VISITOR, phone="15412345678").subject
    with by_hand():
        Binding.objects.create(
            user=dweller,
            resident=person,
            household=person.household,
            stairwell=person.household.stairwell,
            path=person.path,
            state="confirmed",
            asked_at=now(),
            decided_at=now(),
        )
    return say(actor=dweller, words="楼道灯坏了")


@pytest.fixture
def by_phone(say, head):
    """Sent with their telephone, and answered."""
    one = say(phone=NUMBER, name="王女士")
    actions.accept(actor=head, suggestion=one, unit=SERVICES)
    return actions.answer(actor=head, suggestion=one, words=REPLY).subject


def test_the_copy_tells_what_they_suggested(person, officer, by_account, by_phone):
    lines = dict(kept_of(person, officer))["提过的建议"]
    told = [str(line.value) for line in lines]
    assert {"楼道灯坏了", WORDS, f"王女士 {NUMBER}", REPLY} <= set(told)


def test_they_read_who_looked_at_what_they_sent_in(person, officer, by_phone, head):
    actions.look_at_sender(actor=head, suggestion=by_phone)
    assert "查看建议人" in {line.what for line in dict(kept_of(person, officer))["谁看过、改过"]}
    assert [line.what for line in openings_of(person, officer)] == ["查看建议人"]


def test_erasing_them_empties_it_and_keeps_what_sums_need(person, officer, by_account, by_phone, say):
    other = say(phone="13900001111", name="李先生")
    link = by_phone.token
    erase_resident(actor=officer, resident=person, ground=Ground.PURPOSE_OVER)
    for one in (by_account, by_phone):
        one.refresh_from_db()
        assert {one.name, one.phone, one.phone_index, one.words, one.token, one.user} == {"", None}
        assert (one.category, bool(one.masked_words), bool(one.submitted_at)) == ("slow_mobility", True, True)
    assert [reply.words for reply in by_phone.replies.all()] == [""]
    assert queries.by_token(link) is None
    other.refresh_from_db()
    assert (other.name, other.words) == ("李先生", WORDS)


def test_it_is_still_handled_and_nobody_is_told(person, officer, by_account, head):
    erase_resident(actor=officer, resident=person, ground=Ground.PURPOSE_OVER)
    actions.accept(actor=head, suggestion=by_account, unit=SERVICES)
    done = actions.answer(actor=head, suggestion=by_account, words=REPLY).subject
    assert done.state == "answered"
