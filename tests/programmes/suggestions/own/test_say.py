"""我要反映: the form that needs no account and no scripts."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ground.files.pictures import street, written
from ground.ui.test_phone_installed import MOST, first_load
from programmes.suggestions.conftest import VISITOR
from xiuhua.ground import clock
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.sealing.letters import framed, public_key, sealed_to
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.own.saying import LETTER

SAID = {"words": "枣阳路 1 号门口的坡太陡，轮椅推不上去，建议修缓一点。"}


@pytest.fixture
def phone(town):
    return Client()


def test_it_works_without_account_and_scripts(phone, west):
    answer = phone.post("/say/", SAID)
    suggestion = Suggestion.objects.get()
    assert answer.url == f"/say/f/{suggestion.token}/"
    assert (suggestion.source, suggestion.path, suggestion.user) == ("phone", west.path, None)
    page = phone.get(answer.url)
    assert suggestion.number in page.content.decode()


def test_nothing_said_is_told_at_the_field_and_nothing_is_kept(phone):
    answer = phone.post("/say/", {"words": " ", "place": "枣阳路"})
    assert answer.status_code == 422
    assert "还没有说是什么事" in answer.content.decode()
    assert 'value="枣阳路"' in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_scripts_and_characters_that_nobody_sees_are_text(phone):
    phone.post("/say/", {"words": "<script>alert(1)</script>\u200b路\u202e灯坏了\x00"})
    suggestion = Suggestion.objects.get()
    assert suggestion.words == "<script>alert(1)</script>路灯坏了"
    page = phone.get(f"/say/f/{suggestion.token}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page


def test_a_hundred_thousand_characters_are_refused_in_words(phone):
    answer = phone.post("/say/", {"words": "坡" + "口很陡" * 33_333})
    assert answer.status_code == 422
    assert "写了 100000 个字，最多 5000 个" in answer.content.decode()


def test_a_point_outside_is_refused_at_the_place(phone):
    answer = phone.post("/say/", SAID | {"lon": "121.5", "lat": "31.23"})
    assert "这个位置不在本街道" in answer.content.decode()


def test_an_answer_by_message_needs_a_telephone(phone):
    answer = phone.post("/say/", SAID | {"wants_reply": "on", "phone": "1381234"})
    assert "手机号少了 4 位" in answer.content.decode()


def test_a_photograph_comes_along_without_where_it_was_taken(phone):
    phone.post("/say/", SAID | {"photos": SimpleUploadedFile("a.jpg", written(street(), "JPEG"), "image/jpeg")})
    suggestion = Suggestion.objects.get()
    (photo,) = StoredFile.objects.of(suggestion)
    assert phone.get(photo.get_absolute_url()).status_code == 200
    assert Client().get(photo.get_absolute_url()).status_code == 404
    assert Client().get(f"{photo.get_absolute_url()}?token={suggestion.token}").status_code == 200


def test_what_is_no_picture_is_refused_at_its_field(phone):
    answer = phone.post("/say/", SAID | {"photos": SimpleUploadedFile("a.jpg", b"<svg/>", "image/jpeg")})
    assert answer.status_code == 422
    assert not Suggestion.objects.exists()


def test_a_double_tap_is_one_suggestion(phone):
    for _ in range(2):
        phone.post("/say/", SAID | {"once": "form-1"})
    assert Suggestion.objects.count() == 1


def test_a_scanned_place_says_where(phone, town, head, west):
    spot = actions.make_spot(actor=head, subdistrict=town, name="枣阳路公告牌", lon=121.4045, lat=31.23).subject
    assert "枣阳路公告牌" in phone.get(f"/say/at/{spot.code}/").content.decode()
    phone.post(f"/say/at/{spot.code}/", {"words": "灯不亮了", "code": spot.code})
    suggestion = Suggestion.objects.get()
    assert (suggestion.source, suggestion.spot, suggestion.path) == ("place", spot, west.path)
    assert suggestion.lon == spot.lon


def test_a_code_that_was_taken_down_leads_nowhere(phone, town, head):
    spot = actions.make_spot(actor=head, subdistrict=town, name="枣阳路公告牌", lon=121.4045, lat=31.23).subject
    actions.end_spot(actor=head, spot=spot)
    assert phone.get(f"/say/at/{spot.code}/").status_code == 404


def test_a_resident_finds_it_under_their_account(town, client_of):
    dweller = open_own(actor=VISITOR, phone="15412345678").subject
    phone = client_of(dweller)
    assert 'value="15412345678"' in phone.get("/say/").content.decode()
    phone.post("/say/", SAID)
    suggestion = Suggestion.objects.get()
    assert suggestion.user == dweller
    assert suggestion.title in client_of(dweller).get("/say/mine/").content.decode()


def test_a_flood_from_one_address_is_held_back_in_words(phone):
    for _ in range(20):
        phone.post("/say/", SAID)
    assert "一小时里已经送来 20 条" in phone.post("/say/", SAID).content.decode()


def test_a_flood_is_asked_to_wait_and_counts_no_form_twice(phone, noon):
    for _ in range(20):
        phone.post("/say/", SAID | {"once": "form-1"})
    for number in range(18):
        phone.post("/say/", SAID | {"once": f"other-{number}"})
    assert phone.post("/say/", SAID | {"once": "last"}).status_code == 302
    answer = phone.post("/say/", SAID)
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert SAID["words"] in answer.content.decode()


def test_a_letter_in_a_flood_waits_on_the_phone_and_comes_again(phone, noon):
    for _ in range(20):
        phone.post("/say/", SAID)
    inside = {"v": 1, "kind": LETTER, "owner": "", "key": "k1", "fields": {"words": [SAID["words"]]}, "files": []}
    sealed = sealed_to(public_key(), framed(inside))

    def post():
        return phone.post(f"/outbox/{LETTER}/", sealed, "application/octet-stream", headers={"Idempotency-Key": "k1"})

    answer = post()
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "一小时里已经送来 20 条" in answer.json()["reasons"][0]["text"]
    with clock.stopped_at(noon + timedelta(hours=1, seconds=1)):
        assert post().status_code == 200


def test_a_flood_from_one_telephone_waits_for_tomorrow(phone, noon):
    for _ in range(10):
        phone.post("/say/", SAID | {"phone": "13812342046"})
    answer = phone.post("/say/", SAID | {"phone": "13812342046"})
    assert (answer.status_code, answer["Retry-After"]) == (429, str(12 * 3600))


@pytest.mark.parametrize("address", ["/say/", "/say/board/"])
def test_a_first_visit_loads_little(town, address):
    assert first_load(address) < MOST
