"""The search of the top bar: what is found of a reader's own, and nothing of another's."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.contrib.sessions.models import Session

from ground.territory.people import BOY, GRANNY, SECRETS, STRANGER
from xiuhua.ground import clock
from xiuhua.ground.scope.roles import Role


def asked(reader, words):
    response = reader.post("/territory/search/", {"q": words})
    return reader.get(response.headers["Location"]) if response.status_code == 303 else response


@pytest.mark.parametrize("words", [GRANNY.name, GRANNY.phone, GRANNY.id_number])
def test_who_is_meant_exactly_is_opened_at_once_and_masked(town, desk, words):
    response = asked(desk, words)
    assert response.headers["Location"] == town.granny.get_absolute_url()
    page = desk.get(response.headers["Location"]).content.decode()
    assert not [secret for secret in SECRETS if secret in page]


def test_a_single_find_of_any_kind_is_opened(town, desk):
    assert asked(desk, "1号501室").headers["Location"] == town.household.get_absolute_url()
    assert asked(desk, "枣阳菜场").headers["Location"].startswith("/territory/facilities/")


def test_several_finds_stand_by_kind(town, desk):
    page = asked(desk, "枣阳路").content.decode()
    assert all(words in page for words in ("住户", "门洞", "楼栋", "501室"))
    assert "枣阳路 9 号" not in page


@pytest.mark.parametrize("words", [STRANGER.name, STRANGER.phone, STRANGER.id_number, "9号201", "东村", BOY.name[:2]])
def test_nothing_of_another_committee_and_no_part_of_a_name_is_found(town, desk, words):
    response = asked(desk, words)
    assert response.status_code == 200
    assert "没有找到" in response.content.decode()


def test_no_words_find_nothing(town, desk):
    assert asked(desk, " ").status_code == 200


@pytest.mark.parametrize("words", [GRANNY.name, GRANNY.phone, GRANNY.id_number, "枣阳路"])
def test_what_is_sought_stands_in_no_address_and_no_title(town, desk, words):
    response = desk.post("/territory/search/", {"q": words})
    address = response.headers["Location"]
    assert address.startswith("/territory/search/?find=")
    assert words not in unquote(address)
    page = desk.get(address)
    assert words not in page.headers.get("Location", "")
    assert words not in re.findall("<title>(.*?)</title>", page.content.decode())
    assert not [row for row in Session.objects.all() if words in str(row.get_decoded())], "it lies sealed"


def test_an_address_passed_on_finds_nothing_for_another(town, desk, staff, client_of):
    address = desk.post("/territory/search/", {"q": "枣阳路"}).headers["Location"]
    other = client_of(staff(Role.SECTION_HEAD, at=town.subdistrict))
    assert other.get(address).headers["Location"] == "/territory/search/"


def test_words_are_forgotten_after_half_an_hour(town, desk, noon):
    address = desk.post("/territory/search/", {"q": "枣阳路"}).headers["Location"]
    with clock.stopped_at(noon + timedelta(minutes=29)):
        assert "住户" in desk.get(address).content.decode()
    with clock.stopped_at(noon + timedelta(minutes=30)):
        assert "请在框里再写一次" in desk.get(address, follow=True).content.decode()


def test_a_question_in_the_address_is_not_answered(town, desk):
    response = desk.get("/territory/search/", {"q": GRANNY.phone})
    assert response.headers["Location"] == "/territory/search/"


def test_who_sees_no_people_finds_none(town, staff, client_of):
    reader = client_of(staff(Role.LIFT_COORDINATOR, at=town.west))
    assert "没有找到" in asked(reader, GRANNY.name).content.decode()


def test_the_box_stands_for_who_sees_places(town, desk, staff, client_of):
    assert 'action="/territory/search/"' in desk.get("/territory/buildings/").content.decode()
    auditor = client_of(staff(Role.AUDIT_ADMIN, at=town.subdistrict))
    assert 'action="/territory/search/"' not in auditor.get("/account/").content.decode()
    assert asked(auditor, "枣阳路").status_code == 403
