"""What everybody may read by Open311, as the specification has it."""

from datetime import timedelta

import pytest

from programmes.suggestions.conftest import NOON, VISITOR, WORDS
from programmes.suggestions.open311.georeport import ATTRIBUTE, REQUEST, SERVICE, GeoReport
from xiuhua.ground import clock
from xiuhua.programmes.suggestions import actions


def test_discovery_says_where_and_in_which_forms(city):
    told = city.get("discovery")
    assert set(told) == {"changeset", "contact", "key_service", "endpoints"}
    endpoint = told["endpoints"][0]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert (endpoint["type"], set(endpoint["formats"])) == ("test", {"text/xml", "application/json"})


def test_services_are_the_categories(city):
    services = {one["service_code"]: one for one in city.get("services")}
    assert services["slow_mobility"]["service_name"] == "慢行友好"
    assert all(tuple(one) == SERVICE for one in services.values())
    assert {one["type"] for one in services.values()} == {"realtime"}
    assert str(services["lifts"]["metadata"]).lower() == "true"
    assert str(services["other"]["metadata"]).lower() == "false"


def test_a_definition_says_what_is_asked_besides(city):
    told = city.get("services/lifts")
    assert told["service_code"] == "lifts"
    matter = next(one for one in told["attributes"] if one["code"] == "MATTER")
    assert (*tuple(matter),) == (*ATTRIBUTE, "values")
    assert (matter["datatype"], str(matter["required"]).lower(), str(matter["order"])) == (
        "singlevaluelist",
        "true",
        "2",
    )
    assert {"key": "wish", "name": "想加装"} in matter["values"]


@pytest.mark.parametrize("code", ["other", "nothing"])
def test_what_has_no_definition_is_not_found(city, code):
    assert str(city.get(f"services/{code}")[0]["code"]) == "404"
    assert city.status == 404


def test_the_board_is_read_as_it_stands_there(city, published):
    (told,) = city.get("requests")
    assert tuple(told) == REQUEST
    assert (told["service_request_id"], told["status"]) == (published.number, "open")
    assert told["description"] == "坡口被单车占满\n路口坡口每天早上被共享单车占满，轮椅上不去。"
    assert told["status_notes"] == "八月十日前画好禁停线。"
    assert told["address"] == "枣阳路"
    assert told["agency_responsible"] == "试验街道"
    assert told["requested_datetime"] == "2023-08-03T00:00:00+08:00"
    assert told["expected_datetime"] == "2023-08-10T17:00:00+08:00"
    assert city.get(f"requests/{published.number}") == [told]


def test_nothing_else_is_there_for_everybody(city, said):
    assert city.get("requests") == []
    assert city.get("requests", service_request_id=said.number) == []
    assert city.get(f"requests/{said.number}")[0]["description"]
    assert city.status == 404


def test_what_was_taken_off_the_board_is_gone(city, published, head):
    actions.unpublish(actor=head, suggestion=published, reason="把别人的事写进去了")
    assert city.get("requests") == []


def test_own_words_name_and_telephone_are_never_told(city, published):
    told = str(city.get("requests"))
    for plain in (WORDS, "王秀英", "王女士", "13812342046", "138****2046"):
        assert plain not in told


def test_a_list_is_cut_by_code_status_and_day(city, published):
    number = [published.number]

    def numbers(**asked):
        return [one["service_request_id"] for one in city.get("requests", **asked)]

    assert numbers(service_code="slow_mobility,lifts") == number
    assert numbers(service_code="lifts") == []
    assert numbers(status="open") == numbers(status="open,closed") == number
    assert numbers(status="closed") == []
    assert numbers(start_date="2023-08-03T00:00:00+08:00", end_date="2023-08-04T00:00:00Z") == number
    assert numbers(service_request_id=f"{number[0]},x", status="closed") == number


def test_what_is_told_by_the_day_is_asked_by_the_day(city, published):
    def is_found(**asked):
        return city.get("requests", **asked) != []

    assert is_found(start_date="2023-08-03T00:00:00+08:00")
    assert [is_found(start_date=f"2023-08-03T{at}+08:00") for at in ("00:00:01", "11:59:59", "12:00:01")] == [False] * 3
    assert [is_found(end_date=f"2023-08-03T{at}+08:00") for at in ("00:00:00", "11:59:59", "23:59:59")] == [True] * 3
    assert not is_found(end_date="2023-08-02T23:59:59+08:00")


def test_a_program_asks_for_its_own_to_the_second(program):
    program.post(service_code="other", address_string="枣阳路", description="路灯不亮")
    assert program.get("requests", start_date="2023-08-03T04:00:01Z") == []
    assert len(program.get("requests", start_date="2023-08-03T04:00:00Z")) == 1


def test_when_the_person_asked_again_is_told_by_the_day(city, published, head):
    held = actions.assign(actor=head, suggestion=published, unit=actions.assigning.Unit(section="services")).subject
    answered = actions.answer(actor=head, suggestion=held, words="王女士您好，禁停线八月十日画好了。").subject
    with clock.stopped_at(NOON + timedelta(days=3)):
        actions.reopen(actor=VISITOR, suggestion=answered, token=answered.token, words="坡口又被占了")
        (told,) = city.get("requests")
    assert told["updated_datetime"] == "2023-08-06T00:00:00+08:00"


def test_the_last_ninety_days_are_told_unless_asked_otherwise(city, published):
    with clock.stopped_at(NOON + timedelta(days=91)):
        assert city.get("requests") == []
        assert len(city.get("requests", start_date="2023-08-01T00:00:00Z")) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"start_date": "2023-01-01T00:00:00Z", "end_date": "2023-05-01T00:00:00Z"},
        {"start_date": "2023-05-01T00:00:00Z", "end_date": "2023-04-01T00:00:00Z"},
        {"start_date": "2023-08-03T00:00:00"},
        {"end_date": "2023-13-03T00:00:00Z"},
        {"start_date": "yesterday"},
        {"status": "lost"},
    ],
)
def test_what_cannot_be_asked_is_said_to_be(city, asked):
    (error,) = city.get("requests", **asked)
    assert (str(error["code"]), city.status) == ("400", 400)
    assert error["description"]


def test_an_answered_one_is_closed(city, published, head):
    held = actions.assign(actor=head, suggestion=published, unit=actions.assigning.Unit(section="services")).subject
    actions.answer(actor=head, suggestion=held, words="王女士您好，禁停线八月十日画好了，请您看看。")
    (told,) = city.get("requests", status="closed")
    assert (told["status"], told["expected_datetime"]) == ("closed", None)
    assert told["agency_responsible"] != "试验街道"
    assert "王女士" not in str(told)


def test_a_token_leads_to_its_number(city, said):
    assert city.get(f"tokens/{said.token}") == [{"service_request_id": said.number, "token": said.token}]
    city.get("tokens/nothing")
    assert city.status == 404


def test_another_jurisdiction_is_not_found(city, town):
    assert city.get("services", jurisdiction_id=town.path)
    city.get("services", jurisdiction_id="shanghai.gov.cn")
    assert city.status == 404


def test_any_page_may_read_it(city):
    city.get("services")
    assert city.headers["Access-Control-Allow-Origin"] == "*"


def test_a_list_asks_the_database_as_often_however_long_it_is(
    town, say, head, colleague, django_assert_max_num_queries
):
    client = GeoReport("json")
    for number in range(4):
        suggestion = actions.accept(actor=head, suggestion=say()).subject
        actions.draft_publication(actor=head, suggestion=suggestion, title=f"第{number}件", words="说了一件事")
        actions.publish(actor=colleague, suggestion=suggestion)
    with django_assert_max_num_queries(9):
        assert len(client.get("requests")) == 4
