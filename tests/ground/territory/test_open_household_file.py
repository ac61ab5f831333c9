"""Opening a file: for a purpose, on record, for a person, a household, a session and a while."""

import re
from datetime import timedelta

import pytest

from expectations import by_hand, forbidden, refused, verbs_of
from ground.territory.people import GRANNY, SECRETS, STRANGER
from xiuhua.ground import clock
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.models import Audience, Entry, Outcome
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import open_household_file

OWN = [GRANNY.name, GRANNY.phone, GRANNY.id_number]


def open_it(reader, town, **more):
    return reader.post(f"/territory/households/{town.household.pk}/open/", {"purpose": "visit_due", **more})


def whole(reader, address) -> bool:
    page = reader.get(address).content.decode()
    found = {secret for secret in OWN if secret in page}
    assert found in (set(), set(OWN))
    return bool(found)


@pytest.fixture
def addresses(town):
    return [town.household.get_absolute_url(), town.granny.get_absolute_url()]


def test_the_same_request_again_is_another_look_and_on_record(town, worker):
    for _time in range(2):
        with idempotency_key("a1"):
            open_household_file(actor=worker, household=town.household, purpose="visit_due")
    assert Entry.objects.filter(verb="territory.open_household_file").count() == 2


def test_a_file_is_opened_for_a_purpose_and_that_is_on_record(town, worker):
    done = open_household_file(actor=worker, household=town.household, purpose="phone_care", note=" 问问血压 ")
    entry = Entry.objects.get(verb="territory.open_household_file")
    assert done.subject == town.household
    assert (entry.facts, entry.audience) == ({"purpose": "phone_care", "residents": 2}, Audience.OFFICE)
    assert opened_values(entry) == {"note": "问问血压"}
    assert "血压" not in str(entry.facts)


def test_a_purpose_that_the_rule_book_lacks_is_refused(town, worker):
    with refused("到期走访"):
        open_household_file(actor=worker, household=town.household, purpose="curiosity")
    assert Entry.objects.get(verb="territory.open_household_file").outcome == Outcome.REFUSED


@pytest.mark.parametrize("role", [Role.LIFT_COORDINATOR, Role.COMMUNITY_PLANNER, Role.LEADER, Role.SYSTEM_ADMIN])
def test_who_opens_no_files_may_not(town, staff, role):
    with forbidden():
        open_household_file(actor=staff(role, at=town.west), household=town.household, purpose="visit_due")


def test_a_worker_of_another_committee_may_not(town, staff):
    other = staff(Role.COMMITTEE_HEAD, at=town.east)
    with forbidden():
        open_household_file(actor=other, household=town.household, purpose="visit_due")


def test_both_pages_are_whole_once_the_file_is_open(town, desk, addresses):
    assert not any(whole(desk, address) for address in addresses)
    assert open_it(desk, town).headers["Location"] == addresses[0]
    assert all(whole(desk, address) for address in addresses)
    page = desk.get(addresses[0]).content.decode()
    assert "因“到期走访”打开，12:15 前可见；已留痕。" in page
    assert "1941-05-06" in page


def test_from_a_resident_s_page_the_household_s_file_is_opened(town, desk, addresses):
    response = desk.post(f"/territory/residents/{town.granny.pk}/open/", {"purpose": "resident_calls"})
    assert response.headers["Location"] == addresses[1]
    assert whole(desk, addresses[1])
    assert verbs_of(town.household) == ["territory.open_household_file"]


def test_without_a_purpose_nothing_opens_and_nothing_is_on_record(town, desk, addresses):
    response = open_it(desk, town, purpose="")
    assert response.status_code == 422
    assert "还没有选" in response.content.decode()
    assert not whole(desk, addresses[0])
    assert verbs_of(town.household) == []


def test_it_closes_by_itself_and_must_be_asked_again(town, desk, noon, addresses):
    open_it(desk, town)
    assert int(desk.get(addresses[0]).headers["Refresh"]) == 901
    with clock.stopped_at(noon + timedelta(minutes=14, seconds=59)):
        assert whole(desk, addresses[0])
    with clock.stopped_at(noon + timedelta(minutes=15)):
        assert not any(whole(desk, address) for address in addresses)
        assert "Refresh" not in desk.get(addresses[0]).headers
        open_it(desk, town)
        assert whole(desk, addresses[0])
    assert verbs_of(town.household) == ["territory.open_household_file"] * 2


def test_it_can_be_closed_at_once(town, desk, addresses):
    open_it(desk, town)
    desk.post(f"/territory/households/{town.household.pk}/close/")
    assert not any(whole(desk, address) for address in addresses)


def test_it_is_open_in_this_session_only(town, worker, desk, client_of, addresses):
    open_it(desk, town)
    assert not whole(client_of(worker), addresses[0])


def test_it_is_open_for_this_household_only(town, staff, client_of):
    head = client_of(staff(Role.SECTION_HEAD, at=town.subdistrict))
    open_it(head, town)
    page = head.get(town.other_household.get_absolute_url()).content.decode()
    assert STRANGER.name not in page


def test_it_is_open_for_this_person_only(town, worker, staff, desk, addresses):
    open_it(desk, town)
    session = desk.session
    kept = session["opened_files"][str(town.household.pk)]
    session["opened_files"] = {str(town.household.pk): [staff(Role.GRID_WORKER, at=town.west).reference, *kept[1:]]}
    session.save()
    assert not whole(desk, addresses[0])


def test_who_loses_the_role_sees_it_masked_at_once(town, worker, desk, addresses):
    open_it(desk, town)
    with by_hand():
        worker.role_grants.update(role=Role.LIFT_COORDINATOR)
    page = desk.get(addresses[0]).content.decode()
    assert not [secret for secret in SECRETS if secret in page]


def test_lists_and_files_stay_masked_while_a_file_is_open(town, desk):
    open_it(desk, town)
    assert GRANNY.name not in desk.get("/territory/residents/").content.decode()
    assert GRANNY.phone.encode() not in desk.get("/territory/residents/?export=xlsx").content


def test_the_map_says_nothing_of_people(town, desk):
    open_it(desk, town)
    addresses = re.findall(
        r'"(/map/[^"]+)"', desk.get(town.subdistrict.get_absolute_url()).content.decode().replace("\\u002D", "-")
    )
    assert addresses
    for address in addresses:
        layer = desk.get(address).content.decode()
        assert not [secret for secret in SECRETS if secret in layer]


@pytest.mark.parametrize("verb", ["open", "close"])
def test_a_guessed_household_cannot_be_opened(town, desk, verb):
    response = desk.post(f"/territory/households/{town.other_household.pk}/{verb}/", {"purpose": "visit_due"})
    assert response.status_code == 404
    assert not Entry.objects.filter(verb="territory.open_household_file").exists()


def test_a_guessed_resident_cannot_be_opened(town, desk):
    address = f"/territory/residents/{town.stranger.pk}/open/"
    assert desk.post(address, {"purpose": "visit_due"}).status_code == 404
    assert desk.get(address).status_code == 404


def test_the_form_is_not_for_who_opens_no_files(town, staff, client_of):
    reader = client_of(staff(Role.LIFT_COORDINATOR, at=town.west))
    assert open_it(reader, town).status_code == 403


def test_an_office_page_shows_no_reveal_link_to_who_may_not(town, staff, client_of):
    page = client_of(staff(Role.LIFT_COORDINATOR, at=town.west)).get(town.household.get_absolute_url())
    assert "查看完整信息" not in page.content.decode()
