"""A program sends in what somebody says."""

import pytest

from expectations import forbidden, refused, verbs_of
from programmes.suggestions.open311.georeport import GeoReport
from xiuhua.doors.api.pace import BAD_TOKENS
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.territory.models import Building
from xiuhua.programmes.suggestions.models import SendingApp, Suggestion
from xiuhua.programmes.suggestions.open311 import actions

SINKHOLE = {
    "service_code": "order",
    "address_string": "云岭东路 12 号门口",
    "email": "smit333@sfgov.example",
    "device_id": "tt222111",
    "account_id": "123456",
    "first_name": "秀英",
    "last_name": "王",
    "phone": "13812342046",
    "description": "路上有一个大坑，\n老人走路要绕开",
    "media_url": "http://farm3.example/2002/2212426634_5ed477a060.jpg",
}


@pytest.fixture(params=["json", "xml"])
def both(request, app):
    return GeoReport(request.param, api_key=app.secret)


def test_it_is_received_like_any_other(both, app):
    (made,) = both.post(**SINKHOLE)
    assert both.status == 201
    assert tuple(made) == ("service_request_id", "service_notice", "account_id")
    suggestion = Suggestion.objects.get(number=made["service_request_id"])
    assert (suggestion.source, suggestion.category, suggestion.sending.app) == ("open311", "order", app)
    assert suggestion.words.startswith(SINKHOLE["description"])
    assert SINKHOLE["email"] in suggestion.words
    assert SINKHOLE["media_url"] in suggestion.words
    assert SINKHOLE["email"] not in suggestion.masked_words
    assert (suggestion.name, suggestion.phone) == ("王秀英", "13812342046")
    assert suggestion.token in made["service_notice"]
    assert made["account_id"] == "123456"
    assert verbs_of(suggestion) == ["suggestions.receive", "suggestions.send_by_app"]


@pytest.mark.parametrize("key", [{}, {"api_key": "xiuhua311-nothing"}])
def test_without_a_good_key_nothing_is_taken(city, key):
    (error,) = city.post(**SINKHOLE, **key)
    assert (city.status, str(error["code"])) == (403, "403")
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"description=" + b"x" * 3_000_000, "application/x-www-form-urlencoded", 413),
        ("&".join(f"attribute[A{n}]=1" for n in range(1001)), "application/x-www-form-urlencoded", 400),
        (b"--x\r\nnothing", "multipart/form-data", 400),
        (b"description=x", "application/x-www-form-urlencoded; charset=gbk", 400),
        (b'{"description": "x"}', "application/json", 415),
        (b"description=x", "", 415),
    ],
)
def test_what_cannot_be_read_is_told_in_the_form_that_was_asked_for(city, body, kind, status):
    (error,) = city.send(body, kind)
    assert (city.status, str(error["code"])) == (status, str(status))
    assert error["description"]
    assert city.headers["Access-Control-Allow-Origin"] == "*"
    assert city.headers["Cache-Control"] == "no-store"


def test_an_address_that_is_none_is_told_so_too(city):
    (error,) = city.get("nothing/here")
    assert (city.status, str(error["code"])) == (404, "404")


def test_a_key_that_was_ended_is_good_no_more(program, app, head):
    actions.end_key(actor=head, app=app)
    program.post(**SINKHOLE)
    assert program.status == 403
    with refused("已经停用"):
        actions.end_key(actor=head, app=app)


def test_who_tries_keys_has_to_wait(city):
    city.always = {"api_key": "guess"}
    for _ in range(int(policy().api.bad_tokens_minute.number)):
        city.get("requests")
        assert city.status == 403
    city.get("requests")
    assert city.status == 429
    assert int(city.headers["Retry-After"]) > 0
    BAD_TOKENS.forget()


def without(*names):
    return {name: value for name, value in SINKHOLE.items() if name not in names}


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        (without("service_code"), 400, "service_code"),
        (SINKHOLE | {"service_code": "sinkholes"}, 404, "service_code"),
        (without("address_string"), 400, "address_string"),
        (without("address_string") | {"lat": "31.2"}, 400, "lat"),
        (SINKHOLE | {"lat": "91", "long": "121"}, 400, "lat"),
        (SINKHOLE | {"lat": "31.23", "long": "121.9"}, 400, "不在本街道"),
        (without("address_string") | {"address_id": "99"}, 400, "address_id"),
        (without("description", "media_url", "email"), 400, "还没有说是什么事"),
        (SINKHOLE | {"description": "坑" * 4001}, 400, "4000"),
        (SINKHOLE | {"phone": "12345"}, 400, "手机号"),
        (SINKHOLE | {"email": "nobody"}, 400, "email"),
        (SINKHOLE | {"media_url": "file:///etc/passwd"}, 400, "media_url"),
        (SINKHOLE | {"attribute[MATTER]": "wish"}, 400, "MATTER"),
        (SINKHOLE | {"service_code": "lifts"}, 400, "MATTER"),
        (SINKHOLE | {"service_code": "lifts", "attribute[MATTER]": "fly"}, 400, "wish"),
        (SINKHOLE | {"service_code": "lifts", "attribute[MATTER]": "wish", "attribute[FLOORS]": "six"}, 400, "整数"),
        (SINKHOLE | {"jurisdiction_id": "city.gov"}, 404, "jurisdiction_id"),
    ],
)
def test_what_cannot_be_taken_is_said_to_be(program, given, status, said):
    errors = program.post(**given)
    assert program.status == status
    assert {error["code"] for error in errors} == {status}
    assert said in errors[0]["description"]
    assert not Suggestion.objects.exists()


def test_answers_to_what_is_asked_besides_stand_below_the_words(program):
    given = {"attribute[OBSTACLE]": "parked", "attribute[HINDERED][]": ["wheelchair", "elder"]}
    program.post(**(SINKHOLE | {"service_code": "slow_mobility"} | given))
    words = Suggestion.objects.get().words
    assert "什么挡住了路？停了车" in words
    assert "对谁不方便？坐轮椅的人、老人" in words


def test_a_building_is_a_place(program, town):
    building = Building.objects.under(town.path).first()
    program.post(**without("address_string"), address_id=building.path)
    assert program.status == 201
    assert Suggestion.objects.get().path.startswith(building.path[:12])


def test_the_program_follows_what_it_sent_without_what_is_not_public(program, town, head):
    number = program.post(**SINKHOLE)[0]["service_request_id"]
    (told,) = program.get(f"requests/{number}")
    assert (told["status"], told["service_code"]) == ("open", "order")
    hidden = ("description", "status_notes", "address", "lat", "long", "media_url")
    assert [told[name] for name in hidden] == [None] * len(hidden)
    other = actions.issue_key(actor=head, subdistrict=town, name="别的应用", contact="别的单位").subject
    for stranger in (GeoReport("json"), GeoReport("json", api_key=other.secret)):
        assert stranger.get("requests") == []
        stranger.get(f"requests/{number}")
        assert stranger.status == 404


def test_one_device_sends_no_flood_and_a_program_may_send_for_many(program):
    for _ in range(20):
        program.post(**SINKHOLE | {"phone": ""})
    program.post(**SINKHOLE | {"phone": ""})
    assert program.status == 429
    program.post(**SINKHOLE | {"phone": "", "device_id": "another"})
    assert program.status == 201
    program.post(**without("device_id", "account_id", "phone"))
    assert program.status == 201


def test_a_key_is_told_once_and_given_by_those_who_may(app, town, worker):
    assert app.secret.startswith("xiuhua311-")
    assert app.secret not in str(SendingApp.objects.values().get())
    with forbidden():
        actions.issue_key(actor=worker, subdistrict=town, name="应用", contact="单位")


def test_a_key_says_whose_it_is(town, head):
    with refused("没有写由谁负责"):
        actions.issue_key(actor=head, subdistrict=town, name="应用", contact=" ")
