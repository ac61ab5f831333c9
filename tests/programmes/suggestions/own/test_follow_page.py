"""办到哪里: the page of whoever said it."""

import re

import pytest
from django.test import Client

from programmes.suggestions.conftest import REPLY, SERVICES
from xiuhua.ground.messages.models import Message
from xiuhua.programmes.suggestions import actions


@pytest.fixture
def phone():
    return Client()


def page(phone, suggestion, more=""):
    return phone.get(f"/say/f/{suggestion.token}/{more}")


def test_it_says_how_far_it_is_and_by_when(phone, say, head):
    said = say(words="坡口太陡", phone="13812342046", wants_reply=True)
    actions.accept(actor=head, suggestion=said, unit=SERVICES)
    body = page(phone, said).content.decode()
    assert "最晚 8 月 10 日答复您" in body
    assert "138****2046" in body
    assert "13812342046" not in body


def test_no_page_that_tells_of_a_person_is_kept(phone, answered):
    for page in ("/say/", *(f"/say/f/{answered.token}/{page}" for page in ("", "rate/", "reopen/", "forget/"))):
        assert "no-store" in phone.get(page).headers["Cache-Control"]


def test_a_guess_finds_nothing(phone, said):
    assert phone.get("/say/f/guessed/").status_code == 404


def test_the_answer_stands_there_and_is_rated(phone, answered):
    assert REPLY in page(phone, answered).content.decode()
    phone.post(f"/say/f/{answered.token}/rate/", {"stars": "4", "words": "快"})
    answered.refresh_from_db()
    assert answered.rating == 4


def test_no_star_is_told_at_the_field(phone, answered):
    assert phone.post(f"/say/f/{answered.token}/rate/", {"words": "快"}).status_code == 422


def test_it_is_taken_up_again_once(phone, answered):
    assert "还没办好" in page(phone, answered).content.decode()
    phone.post(f"/say/f/{answered.token}/reopen/", {"words": "坡口还是被占着"})
    answered.refresh_from_db()
    assert answered.state == "reopened"
    assert "还没办好" not in page(phone, answered).content.decode()


def test_a_telephone_is_shown_to_be_ones_own_before_answers_go_there(phone, in_hand, head, settings, tmp_path):
    settings.SMS = {**settings.SMS, "sender": "file", "outbox": tmp_path}
    actions.contact(actor=head, suggestion=in_hand, words="王女士您好，明天下午三点到路口看。")
    assert not Message.objects.exists()
    phone.post(f"/say/f/{in_hand.token}/phone/")
    (letter,) = tmp_path.glob("*.txt")
    code = next(
        word for word in letter.read_text("utf-8").replace("，", " ").split() if word.isdigit() and len(word) == 6
    )
    phone.post(f"/say/f/{in_hand.token}/phone/", {"code": code})
    in_hand.refresh_from_db()
    assert in_hand.phone_confirmed_at is not None
    actions.answer(actor=head, suggestion=in_hand, words=REPLY)
    assert Message.objects.get().phone == "13812342046"


def test_whose_suggestion_was_merged_reads_the_same_answer(phone, said, say, head):
    other = say(words="坡口推不上去", phone="13900001111")
    actions.merge(actor=head, suggestion=other, into=said)
    assert said.number in page(phone, other).content.decode()


def test_wrong_codes_are_counted(phone, in_hand, settings, tmp_path):
    settings.SMS = {**settings.SMS, "sender": "file", "outbox": tmp_path}
    phone.post(f"/say/f/{in_hand.token}/phone/")
    for left in (4, 3, 2, 1):
        answer = phone.post(f"/say/f/{in_hand.token}/phone/", {"code": "000000"})
        assert f"还能试 {left} 次" in answer.content.decode()
    phone.post(f"/say/f/{in_hand.token}/phone/", {"code": "000000"})
    (letter,) = tmp_path.glob("*.txt")
    code = next(word for word in re.split(r"\W", letter.read_text("utf-8")) if re.fullmatch(r"\d{6}", word))
    answer = phone.post(f"/say/f/{in_hand.token}/phone/", {"code": code})
    assert "试错太多次" in answer.content.decode()
    in_hand.refresh_from_db()
    assert in_hand.phone_confirmed_at is None


def test_a_shared_tablet_forgets_what_was_said(phone, town):
    phone.post("/say/", {"words": "枣阳路 1 号门口的坡太陡。"})
    assert "坡太陡" in phone.get("/say/mine/").content.decode()
    phone.post("/say/mine/clear/")
    assert "坡太陡" not in phone.get("/say/mine/").content.decode()
