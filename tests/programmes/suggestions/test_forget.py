"""Who it was goes: by their own hand, with the person, and by night when the time of keeping is over."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from expectations import by_hand, forbidden, refused
from ground.files.pictures import street, written
from programmes.suggestions.conftest import NOON, REPLY, SERVICES, SYSTEM, VISITOR, WORDS
from xiuhua.ground import clock
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.taking import take_in
from xiuhua.ground.jobs import work
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.messages.models import Message
from xiuhua.programmes.suggestions import actions, keeping, rules
from xiuhua.programmes.suggestions.actions.forgetting import forget_old, forget_sender
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.rules.forgetting import kept_from


@pytest.fixture
def phone():
    return Client()


def picture():
    return take_in(written(street(), "JPEG"), name="a.jpg")


def left_of(suggestion):
    suggestion.refresh_from_db()
    return {suggestion.name, suggestion.phone, suggestion.phone_index, suggestion.words, suggestion.rating_words}


def test_name_and_telephone_go_by_ones_own_hand_and_what_was_said_stays(phone, said):
    page = f"/say/f/{said.token}/"
    assert "删掉我的电话和姓名" in phone.get(page).content.decode()
    asked = phone.get(f"{page}forget/").content.decode()
    assert "恢复不了" in asked
    assert 'value="words"' not in asked, "it is still handled"
    phone.post(f"{page}forget/", {"what": "contact"})
    assert left_of(said) == {"", WORDS}
    assert (said.wants_reply, said.user) == (False, None)
    body = phone.get(page).content.decode()
    assert "答复只在这一页看" in body
    assert WORDS in body


def test_with_the_words_goes_the_door(say, town):
    own = say()
    with by_hand():
        Suggestion.objects.filter(pk=own.pk).update(place="枣阳路1号老王家", lon=121.4045123, lat=31.2300456)
        own.refresh_from_db()
        keeping.forget_many([own.pk])
        keeping.forget_words(own)
    kept = Suggestion.objects.get(pk=own.pk)
    near = rules.public_point(121.4045123, 31.2300456, metres=50)
    assert (kept.place, kept.point) == (own.place, own.point) == ("枣阳路", near)


def test_afterwards_nobody_is_told_by_message(say, head):
    dweller = open_own(actor=VISITOR, phone="15412345678").subject
    own = say(actor=dweller, phone="15412345678", wants_reply=True)
    forget_sender(actor=dweller, suggestion=own, token=own.token)
    actions.contact(actor=head, suggestion=own, words="您好，明天下午三点到路口看。")
    assert not Message.objects.exists()


def test_a_message_that_waits_goes_to_nobody(say, head):
    own = say(actor=open_own(actor=VISITOR, phone="15412345678").subject, phone="15412345678", wants_reply=True)
    actions.contact(actor=head, suggestion=own, words="您好，明天下午三点到路口看。")
    forget_sender(actor=VISITOR, suggestion=own, token=own.token)
    message = Message.objects.get()
    assert (message.phone, message.text, message.state) == ("", "", "failed")


def test_nobody_else_deletes_it_and_nobody_twice(said, head):
    for actor, token in ((VISITOR, "guessed"), (head, "")):
        with forbidden():
            forget_sender(actor=actor, suggestion=said, token=token)
    forget_sender(actor=VISITOR, suggestion=said, token=said.token)
    with refused("已经删掉了"):
        forget_sender(actor=VISITOR, suggestion=said, token=said.token)


def test_their_words_go_once_nothing_is_owed(say, head):
    own = say(phone="13812342046", files=(picture(),))
    with refused("原话和照片现在还要用"):
        forget_sender(actor=VISITOR, suggestion=own, words_too=True, token=own.token)
    actions.accept(actor=head, suggestion=own, unit=SERVICES)
    actions.answer(actor=head, suggestion=own, words=REPLY)
    actions.reopen(actor=VISITOR, suggestion=own, words="坡口还是被占着", token=own.token)
    sealed = Entry.objects.get(verb="suggestions.reopen")
    assert opened_values(sealed) == {"words": "坡口还是被占着"}
    actions.answer(actor=head, suggestion=own, words=REPLY)
    forget_sender(actor=VISITOR, suggestion=own, words_too=True, token=own.token)
    assert left_of(own) == {""}
    assert own.masked_words
    assert {reply.words for reply in own.replies.all()} == {""}
    assert not StoredFile.objects.of(own).exists()
    assert opened_values(sealed) is None
    assert "已经删掉" in Client().get(f"/say/f/{own.token}/").content.decode()


def test_what_names_them_leaves_the_board(answered, head, colleague):
    actions.draft_publication(actor=head, suggestion=answered, title="坡口", words="王女士说的坡口修好了")
    actions.publish(actor=colleague, suggestion=answered)
    forget_sender(actor=VISITOR, suggestion=answered, token=answered.token)
    answered.refresh_from_db()
    assert (answered.public_state, answered.public_words) == ("withdrawn", "王**说的坡口修好了")


def test_by_night_goes_what_was_closed_a_year_ago_and_public_photographs_stay(town, say, head, colleague):
    old, new = say(phone="13812342046", files=(picture(), picture()), sender="flat"), say(name="李先生")
    for one in (old, new):
        actions.accept(actor=head, suggestion=one, unit=SERVICES)
        actions.answer(actor=head, suggestion=one, words=REPLY)
    actions.close(actor=head, suggestion=old)
    shown = StoredFile.objects.of(old).first()
    actions.draft_publication(actor=head, suggestion=old, title="坡口", words="坡口修好了")
    actions.publish(actor=colleague, suggestion=old, photos=[str(shown.pk)])
    with clock.stopped_at(NOON + timedelta(days=3)):
        forget_old(actor=SYSTEM, subdistrict=town)
    old.refresh_from_db()
    assert (old.sender, old.words) == ("", WORDS)
    with clock.stopped_at(NOON + timedelta(days=367)):
        done = forget_old(actor=SYSTEM, subdistrict=town)
        again = forget_old(actor=SYSTEM, subdistrict=town)
    assert (done.facts["count"], again.facts["count"]) == (1, 0)
    assert left_of(old) == {""}
    assert list(StoredFile.objects.of(old)) == [shown]
    assert (old.public_state, old.masked_words != "") == ("published", True)
    assert left_of(new) >= {"李先生", WORDS}


def test_the_nights_job_does_it_for_every_office(town, said, head):
    actions.accept(actor=head, suggestion=said, unit=SERVICES)
    actions.answer(actor=head, suggestion=said, words=REPLY)
    actions.close(actor=head, suggestion=said)
    with clock.stopped_at(NOON + timedelta(days=400)):
        enqueue(actor=SYSTEM, kind="suggestions.forget")
        work.run_waiting()
    assert left_of(said) == {""}


def test_only_the_system_does_that(town, head):
    with forbidden():
        forget_old(actor=head, subdistrict=town)


@given(st.dates(min_value=date(2000, 1, 1)), st.integers(1, 36))
def test_so_many_months_back_is_a_day_of_that_month(day, months):
    found = kept_from(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    assert found.day <= day.day


def test_what_colleagues_wrote_of_the_person_goes_too(in_hand, head):
    actions.leave_memo(actor=head, suggestion=in_hand, words="王女士下午在家，直接打电话")
    actions.answer(actor=head, suggestion=in_hand, words=REPLY)
    forget_sender(actor=VISITOR, suggestion=in_hand, words_too=True, token=in_hand.token)
    assert in_hand.memos.get().words == ""
