"""How the API answers: what is shown and what is masked, what is refused and how it is said, the same request twice."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from permissions.bodies import ROSTER
from permissions.keeping import rolled_back
from permissions.town import Town, token_of, worker
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.rosters import limits
from xiuhua.ground.scope.masking import mask_id_number, mask_phone
from xiuhua.ground.scope.roles import Role

pytestmark = pytest.mark.database


class Program:
    """A program with somebody's token."""

    def __init__(self, user):
        self.user = user
        secret = f"xiuhua-{user.username}-answers"
        token_of(user, secret)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, address, **query):
        return self.client.get(f"/api/v1/{address}", query)

    def send(self, path, body=None, method="post", **headers):
        return getattr(self.client, method)(
            f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", headers=headers
        )


@pytest.fixture(autouse=True)
def nothing_stays(town: Town):
    with rolled_back():
        yield


@pytest.fixture
def grid_worker(town):
    return Program(worker(Role.GRID_WORKER, town.own.path))


@pytest.fixture
def section_head(town):
    return Program(worker(Role.SECTION_HEAD, town.own.path[:9]))


@pytest.fixture
def admin(town):
    return Program(worker(Role.SYSTEM_ADMIN, town.own.path[:9]))


def test_residents_are_listed_masked(grid_worker, town):
    told = grid_worker.get("residents").json()
    assert told["count"] == 4
    one = town.own.things["resident"]
    shown = next(item for item in told["items"] if item["id"] == one.pk)
    assert (shown["name"], shown["phone"]) == (f"{town.own.letter}**", mask_phone(one.phone))
    assert shown["id_number"] == mask_id_number(one.id_number)


def test_a_list_comes_in_parts(section_head):
    parts = [section_head.get("residents", limit=3, offset=offset).json() for offset in (0, 3, 6, 9)]
    assert [len(part["items"]) for part in parts] == [3, 3, 2, 0]
    assert {part["count"] for part in parts} == {8}
    assert len({item["id"] for part in parts for item in part["items"]}) == 8


def test_a_list_can_be_cut_to_a_committee(section_head, town):
    told = section_head.get("households", path=town.next_door.path).json()
    assert {item["path"][:12] for item in told["items"]} == {town.next_door.path}


def test_a_resident_is_found_by_the_whole_telephone_only(section_head, town):
    phone = town.next_door.things["resident"].phone
    assert section_head.send("residents/find", {"words": phone}).json()["count"] == 1
    assert section_head.send("residents/find", {"words": phone[:-1]}).json()["count"] == 0
    assert section_head.get("residents", words=phone).json()["count"] > 1, "an address is not asked for it"


@pytest.mark.parametrize("name", ["committees", "buildings", "households", "residents", "facilities", "bindings"])
def test_a_list_asks_the_database_as_often_however_long_it_is(
    section_head, town, name, django_assert_num_queries, queries_of
):
    short = queries_of(lambda: section_head.get(name, limit=1))
    assert queries_of(lambda: section_head.get(name, limit=200)) == short


@pytest.fixture
def queries_of():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted(ask):
        with CaptureQueriesContext(connection) as queries:
            assert ask().status_code == 200
        return len(queries)

    return counted


def test_a_file_is_opened_for_a_purpose_and_goes_on_record(grid_worker, town):
    household = town.own.things["household"]
    told = grid_worker.send(f"households/{household.pk}/open", {"purpose": "visit_due", "note": "例行走访"}).json()
    assert {one["name"] for one in told["residents"]} == {one.name for one in household.residents.all()}
    entry = Entry.objects.filter(verb="territory.open_household_file", actor=grid_worker.user.reference).get()
    assert (entry.subject_id, entry.facts["purpose"]) == (str(household.pk), "visit_due")


def test_a_file_is_not_opened_without_a_purpose_of_the_book(grid_worker, town):
    response = grid_worker.send(f"households/{town.own.things['household'].pk}/open", {"purpose": "curious"})
    assert response.status_code == 422
    assert response.json()["reasons"][0]["field"] == "purpose"
    assert "走访" in response.json()["reasons"][0]["mend"]
    assert Entry.objects.filter(actor=grid_worker.user.reference, outcome=Outcome.REFUSED).exists()


def test_the_same_request_twice_is_one_act(admin, town):
    body = {"path": town.own.path, "username": "CF0001", "name": "新人", "role": "grid_worker"}
    first = admin.send("staff", body, **{"Idempotency-Key": "a1"})
    again = admin.send("staff", body, **{"Idempotency-Key": "a1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["first_password"]
    assert again.json()["first_password"] == "", "it is told once"
    assert Entry.objects.filter(verb="accounts.invite_staff", subject_id=str(first.json()["id"])).count() == 1


def test_the_same_key_with_another_body_is_refused(admin, town):
    body = {"path": town.own.path, "username": "CF0001", "name": "新人"}
    admin.send("staff", body, **{"Idempotency-Key": "a1"})
    response = admin.send("staff", {**body, "name": "别人"}, **{"Idempotency-Key": "a1"})
    assert response.status_code == 422
    assert response.json()["reasons"][0]["field"] == "Idempotency-Key"


def test_a_key_that_is_none_is_refused_in_the_apis_own_form(admin, town):
    response = admin.send("staff", {}, **{"Idempotency-Key": "a" * 81})
    assert response.status_code == 422
    assert response.json()["reasons"][0]["mend"]


@pytest.mark.parametrize("body", ["{", "[]", "nonsense", '{"purpose": 1}', '{"purpse": "visit_due"}', "[" * 100_000])
def test_a_body_that_cannot_be_used_is_said_to_be(grid_worker, town, body):
    address = f"/api/v1/households/{town.own.things['household'].pk}/open"
    response = grid_worker.client.post(address, body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["detail"]


def test_what_is_wrong_is_said_of_each_field(grid_worker):
    response = grid_worker.get("residents", limit=0, offset="x", path="9")
    assert response.status_code == 400
    assert set(response.json()["fields"]) == {"limit", "offset", "path"}
    assert response.json()["fields"]["limit"] == "不能小于 1"


@pytest.mark.parametrize("words", ["\x00", "a\x1f"])
def test_no_control_character_reaches_the_database(grid_worker, words):
    assert grid_worker.get("households", words=words).status_code == 400
    assert grid_worker.send("residents/find", {"words": words}).status_code == 400


def test_a_form_where_json_is_asked_for_is_no_fault_of_ours(grid_worker, town):
    address = f"/api/v1/households/{town.own.things['household'].pk}/open"
    assert grid_worker.client.post(address, {"purpose": "visit_due"}).status_code == 400


def test_a_body_that_is_too_large_is_not_read(grid_worker, town, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = grid_worker.send(f"households/{town.own.things['household'].pk}/open", {"note": "字" * 100})
    assert response.status_code == 413


@pytest.mark.parametrize("path", ["nothing", "residents/", "residents/1/2/3", "../feed/"])
def test_an_address_that_is_none_is_answered_in_json(grid_worker, path):
    response = grid_worker.get(path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/json"


def test_nobody_between_may_keep_an_answer(grid_worker):
    for path in ("residents", "residents/999999", "staff"):
        assert "no-store" in grid_worker.get(path).headers["Cache-Control"]


def roster(town, content):
    file = SimpleUploadedFile("居民.csv", content, content_type="text/csv")
    return {"kind": "residents", "path": town.own.path, "file": file}


def test_a_roster_goes_in_by_the_api(section_head, town):
    kinds = {kind["key"]: kind for kind in section_head.get("rosters/kinds").json()}
    assert town.own.path[:9] in {place["path"] for place in kinds["residents"]["places"]}
    assert section_head.get("rosters/kinds/residents/template").content[:2] == b"PK"

    checked = section_head.client.post("/api/v1/rosters/imports", roster(town, ROSTER.encode()))
    assert checked.status_code == 201
    told = section_head.get(f"rosters/imports/{checked.json()['id']}").json()
    assert (told["state"], told["rows"], told["faulty"]) == ("faulty", 1, 1)
    faults = section_head.get(f"rosters/imports/{told['id']}/rows", outcome="error").json()["items"][0]["faults"]
    assert {fault["heading"] for fault in faults} == {"门洞"}
    assert section_head.send(f"rosters/imports/{told['id']}/apply").status_code == 422
    assert section_head.send(f"rosters/imports/{told['id']}/discard").json()["state"] == "discarded"


def test_a_file_that_is_no_roster_is_refused_with_what_to_do(section_head, town):
    response = section_head.client.post("/api/v1/rosters/imports", roster(town, b"nonsense"))
    assert response.status_code == 422
    assert response.json()["reasons"][0]["mend"]


def test_a_roster_that_is_too_heavy_is_not_taken(section_head, town, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    response = section_head.client.post("/api/v1/rosters/imports", roster(town, b"x" * 1000))
    assert response.status_code == 413


def test_a_roster_without_a_file_is_no_roster(section_head, town):
    response = section_head.client.post("/api/v1/rosters/imports", {"kind": "residents", "path": town.own.path})
    assert response.status_code == 400
    assert "file" in response.json()["fields"]


def test_a_resident_is_corrected_in_part(grid_worker, town):
    resident = town.own.things["resident"]
    response = grid_worker.send(f"residents/{resident.pk}", {"phone": "13912345678"}, method="patch")
    assert response.status_code == 200
    assert response.json()["phone"] == "139****5678"
    resident = type(resident).objects.get(pk=resident.pk)
    assert resident.phone == "13912345678"
    assert "phone" in Entry.objects.filter(verb="territory.correct_resident").latest("id").facts["fields"]


@pytest.mark.parametrize("moved", ["0001-01-01", "9999-12-31", "2023-02-30", "2023-8-3", 0, "昨天", None])
def test_nobody_moves_out_on_a_day_that_cannot_be(grid_worker, town, moved):
    resident = town.own.things["resident"]
    assert grid_worker.send(f"residents/{resident.pk}/move-out", {"moved": moved}).status_code in {400, 422}


@pytest.mark.parametrize(
    "since", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2023-08-03T09:00:00", "2023-08-03"]
)
def test_the_record_is_cut_at_any_moment(town, since):
    officer = Program(worker(Role.PRIVACY_OFFICER, town.own.path[:9]))
    assert officer.get("record", since=since).status_code == 200


def test_who_asked_is_bound_to_their_home(grid_worker, town):
    waiting = grid_worker.get("bindings", state="asked").json()["items"]
    assert [one["id"] for one in waiting] == [town.own.things["binding"].pk]
    body = {"household": town.own.things["household"].pk, "resident": town.own.things["resident"].pk}
    assert grid_worker.send(f"bindings/{waiting[0]['id']}/confirm", body).json()["state"] == "confirmed"


def test_a_binding_is_not_confirmed_for_anothers_household(grid_worker, town):
    body = {"household": town.next_door.things["household"].pk}
    assert grid_worker.send(f"bindings/{town.own.things['binding'].pk}/confirm", body).status_code == 404


def test_an_analysis_is_made_of_a_committee(section_head, town):
    path = town.own.path
    told = section_head.send("lifecircle/runs", {"path": path[:9], "committee": path, "hour": 20}).json()
    assert (told["buildings"], told["area_name"]) == (1, f"{town.own.letter}家居委会")
    assert told["area"]["type"] == "MultiPolygon" or told["area"]["type"] == "Polygon"


@pytest.mark.parametrize(
    "area", [{}, {"type": "Point", "coordinates": [121.4, 31.2]}, {"type": "Polygon", "coordinates": []}, {"a": 1}]
)
def test_an_area_that_is_none_is_refused_at_its_field(section_head, town, area):
    response = section_head.send("lifecircle/runs", {"path": town.own.path[:9], "area": area})
    assert response.status_code == 422
    assert {reason["field"] for reason in response.json()["reasons"]} == {"area"}


def test_a_timeline_tells_of_a_thing_what_its_reader_may_know(grid_worker, town):
    household = town.own.things["household"]
    told = grid_worker.get(f"timeline/territory.household/{household.pk}").json()
    assert [one["detail"] for one in told] == [f"{town.own.letter}家的事"]
    assert grid_worker.get(f"timeline/territory.household/{town.abroad.things['household'].pk}").status_code == 404
    assert grid_worker.get("timeline/accounts.user/1").status_code == 404
    assert grid_worker.get("timeline/no.thing/1").status_code == 404


def test_the_document_is_a_page_without_anything_from_elsewhere(town):
    response = Client().get("/api/v1/")
    page = response.content.decode()
    assert "/api/v1/households/{row_id}/open" in page
    assert "openapi.json" in page
    assert "https://" not in page.replace("http://www.w3.org", "")
    assert "unsafe" not in response.headers["Content-Security-Policy"]
