"""The search of the top bar: what is found of a reader's own, and nothing of another's."""

import pytest

from ground.territory.people import BOY, GRANNY, SECRETS, STRANGER
from xiuhua.ground.scope.roles import Role


def asked(reader, words):
    return reader.get("/territory/search/", {"q": words})


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


def test_who_sees_no_people_finds_none(town, staff, client_of):
    reader = client_of(staff(Role.LIFT_COORDINATOR, at=town.west))
    assert "没有找到" in asked(reader, GRANNY.name).content.decode()


def test_the_box_stands_for_who_sees_places(town, desk, staff, client_of):
    assert 'action="/territory/search/"' in desk.get("/territory/buildings/").content.decode()
    auditor = client_of(staff(Role.AUDIT_ADMIN, at=town.subdistrict))
    assert 'action="/territory/search/"' not in auditor.get("/account/").content.decode()
    assert asked(auditor, "枣阳路").status_code == 403
