"""Taking in what somebody says."""

from datetime import date, timedelta

import pytest

from expectations import forbidden, refused, verbs_of
from programmes.suggestions.conftest import MASKED, NOON, VISITOR, WORDS
from xiuhua.ground import clock
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.suggestions.models import Source, Suggestion


def test_it_is_numbered_sorted_and_given_its_terms(say, west):
    suggestion = say(name="王女士", phone="13812342046", wants_reply=True)
    suggestion.refresh_from_db()
    assert suggestion.number == "2023-0803-001"
    assert (suggestion.state, suggestion.path) == ("received", west.path)
    assert (suggestion.words, suggestion.masked_words) == (WORDS, MASKED)
    assert suggestion.contact_due_on == suggestion.due_on == date(2023, 8, 4)
    assert suggestion.reply_due_on == date(2023, 8, 10)
    assert verbs_of(suggestion) == ["suggestions.receive"]


def test_a_claim_has_the_petition_roads_term(say):
    assert say(nature="claim").reply_due_on == date(2023, 10, 2)


def test_who_cannot_be_reached_is_owed_no_first_contact(say):
    assert say().due_on == date(2023, 8, 10)


def test_numbers_run_through_the_day_and_begin_anew_on_the_next(say):
    assert [say().number, say().number] == ["2023-0803-001", "2023-0803-002"]
    with clock.stopped_at(NOON + timedelta(days=1)):
        assert say().number == "2023-0804-001"


def test_no_word_of_it_stands_in_the_open_record(said):
    entry = Entry.objects.get(verb="suggestions.receive")
    assert "王" not in str(entry.facts)
    assert "138" not in str(entry.facts)


def test_words_telephone_and_name_lie_sealed(said):
    row = Suggestion.objects.filter(pk=said.pk).values("words", "phone", "name", "token").get()
    assert not any(plain in str(value) for value in row.values() for plain in (WORDS, "13812342046", "王女士"))


def test_the_same_form_sent_twice_is_one_suggestion(say):
    with idempotency_key("form-1"):
        first, again = say(), say()
    assert first.pk == again.pk
    assert Suggestion.objects.count() == 1


def test_the_same_form_from_elsewhere_is_still_the_same(say):
    with idempotency_key("form-1"):
        assert say(sender="wifi").pk == say(sender="mobile").pk


def test_nothing_said_is_refused(say):
    with refused("还没有说是什么事"):
        say(words="  ")


def test_a_point_outside_is_refused(say):
    with refused("这个位置不在本街道"):
        say(lon=121.5, lat=31.23)


def test_a_flood_from_one_address_is_refused_and_a_hall_at_an_event_is_not(say):
    for _ in range(20):
        say(sender="flat")
    with refused("一小时里已经送来 20 条"):
        say(sender="flat")
    assert say(sender="flat", at_event=True).number == "2023-0803-021"
    assert say(sender="neighbour").pk


def test_a_flood_of_yesterday_counts_no_more(say):
    for _ in range(20):
        say(sender="flat")
    with clock.stopped_at(NOON + timedelta(hours=2)):
        assert say(sender="flat").pk


def test_one_telephone_a_day_has_its_limit(say):
    for _ in range(10):
        say(phone="13812342046")
    with refused("这个手机号今天已经送来 10 条"):
        say(phone="138 1234 2046".replace(" ", ""))


@pytest.mark.parametrize("source", [Source.PAPER, Source.TELEPHONE, Source.HOTLINE])
def test_what_came_by_other_ways_is_entered_by_the_office(say, source, worker):
    with forbidden():
        say(actor=VISITOR, source=source)
    assert say(actor=worker, source=source).source == source


def test_a_work_order_comes_once(say, worker):
    first = say(actor=worker, source=Source.HOTLINE, outside_number="GD20230803001")
    with refused(f"已经登记过，是建议 {first.number}"):
        say(actor=worker, source=Source.HOTLINE, outside_number="GD20230803001")
