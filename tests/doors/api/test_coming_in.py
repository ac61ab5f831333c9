"""Who the API lets in: a session with its CSRF token, or a good token; nobody who owes the door something."""

from datetime import timedelta

import pytest
from django.test import Client

from expectations import by_hand
from xiuhua.doors.api.pace import REQUESTS
from xiuhua.ground import clock
from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.roles import Role

TOP = "310107014"
SYSTEM = System("test")


@pytest.fixture
def user(subdistrict, worker_of):
    return worker_of(Role.SYSTEM_ADMIN, TOP)


@pytest.fixture
def token(user):
    return actions.make_token(actor=user, user=user, name="取数程序", days=30).subject


def asked(token, path="me", **headers):
    secret = token if isinstance(token, str) else token.secret
    return Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}", **headers})


def test_a_token_speaks_for_whoever_made_it(user, token):
    answer = asked(token).json()
    assert (answer["username"], [role["role"] for role in answer["roles"]]) == (user.username, ["system_admin"])
    assert "staff" in answer["sights"]


def test_a_session_will_do(user, client_of):
    assert client_of(user).get("/api/v1/me").json()["name"] == user.name


def test_a_visitor_is_told_how_to_come_in(db):
    response = Client().get("/api/v1/me")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert "令牌" in response.json()["detail"]


@pytest.mark.parametrize("header", ["Bearer xiuhua-nonsense", "Bearer ", "Basic YTpi", "nonsense", "Bearer a b"])
def test_a_bad_token_is_refused_even_beside_a_good_session(user, client_of, header):
    response = client_of(user).get("/api/v1/me", headers={"Authorization": header})
    assert response.status_code == 401


def test_an_ended_token_is_refused(user, token):
    actions.end_token(actor=user, token=token)
    assert asked(token).status_code == 401


def test_an_expired_token_is_refused(token):
    with clock.stopped_at(now() + timedelta(days=31)):
        assert asked(token).status_code == 401


def test_a_token_ends_with_its_owners_account(user, token, worker_of):
    worker_of(Role.SYSTEM_ADMIN, TOP)
    actions.end_staff(actor=SYSTEM, user=user)
    assert asked(token).status_code == 401


def test_a_token_waits_until_its_owner_has_a_password_of_their_own(user, token):
    with by_hand():
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])
    response = asked(token)
    assert response.status_code == 403
    assert "密码" in response.json()["detail"]


def test_a_session_that_owes_a_second_step_is_not_let_in(user, client_of, settings):
    settings.TWO_FACTOR = True
    response = client_of(user).get("/api/v1/me")
    assert response.status_code == 403
    assert "还差一步" in response.json()["detail"]


def test_a_session_changes_nothing_without_its_csrf_token(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.get("/api/v1/me").status_code == 200
    response = client.post("/api/v1/staff")
    assert response.status_code == 403
    assert "CSRF" in response.json()["detail"]


def test_a_token_needs_no_csrf_token(user, token):
    client = Client(enforce_csrf_checks=True)
    header = {"Authorization": f"Bearer {token.secret}"}
    assert client.post("/api/v1/staff", headers=header).status_code == 400, "it is let in, with nothing to say"


def test_who_asks_too_fast_waits(token, monkeypatch):
    most = int(policy().api.minute.number)
    for _time in range(most):
        REQUESTS.allow_request(_someone(token.user))
    response = asked(token)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60


def test_who_tries_bad_tokens_too_often_waits(token):
    most = int(policy().api.bad_tokens_minute.number)
    assert {asked("wrong").status_code for _time in range(most)} == {401}
    assert asked("wrong").status_code == 429
    assert asked(token).status_code == 200


def test_a_program_is_answered_in_the_language_that_it_asks_for(token):
    said = {asked(token, "staff/999999", **{"Accept-Language": language}).json()["detail"] for language in ("zh", "en")}
    assert len(said) == 2


def _someone(user):
    class Request:
        actor = user

    return Request()


def test_a_token_whose_owner_owes_the_second_step_waits_for_it(token, settings):
    assert asked(token).status_code == 200
    settings.TWO_FACTOR = True
    answer = asked(token)
    assert answer.status_code == 403
    assert "登录第二步" in answer.json()["detail"]
