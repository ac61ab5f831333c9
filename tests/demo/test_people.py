"""The demonstration's invented workers: one a role, all let in by what stands on their door."""

import pytest
from shapely import box

from xiuhua.demo.people import PASSWORD, WORKERS, choose_passwords, invite_everyone
from xiuhua.ground.accounts import demonstration
from xiuhua.ground.accounts.entrance.passwords import PolicyValidator
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions


@pytest.fixture
def people(db, settings, tmp_path):
    settings.DATA = tmp_path
    settings.TWO_FACTOR = None
    area = box(121.40, 31.22, 121.42, 31.24)
    founded = actions.found_subdistrict(
        actor=System("test"), code="310107014", name="试验街道", area=area, invented=True
    )
    invited = invite_everyone(founded.subject)
    choose_passwords()
    for user in invited:
        user.refresh_from_db()
    return invited


def test_every_role_has_somebody(people):
    assert {grant.role for user in people for grant in user.grants} == set(Role)


def test_each_is_on_the_door_and_comes_in_by_one_press(people, client):
    page = client.get("/sign-in/").content.decode()
    assert all(user.name in page for user in people)
    for account in demonstration.accounts():
        assert client.post("/sign-in/", {"number": account.username, "password": account.password}).url == "/"
        assert client.get("/account/").status_code == 200
        client.post("/sign-out/")


def test_their_password_is_no_worse_than_the_policy(people):
    for user in people:
        PolicyValidator().validate(PASSWORD, user)


def test_demonstration_asks_for_one_step_only(people, settings, tmp_path):
    assert not policy().two_factor.required.value
    settings.DATA = tmp_path / "office"
    assert policy().two_factor.required.value
    assert demonstration.accounts() == []


def test_nobody_is_invented_twice():
    assert len({worker.username for worker in WORKERS}) == len({worker.name for worker in WORKERS}) == len(WORKERS)
