"""Whoever asks for what is not theirs is turned away, and that is on record."""

import pytest

from ground.conftest import plan, subdistrict
from ground.territory.conftest import town
from permissions.conftest import unhurried
from xiuhua.ground.journal.models import Audience, Entry, Outcome
from xiuhua.ground.scope.roles import Role

__all__ = ["plan", "subdistrict", "town", "unhurried"]


@pytest.fixture
def stranger(town, staff):
    return staff(Role.GRID_WORKER, at=town.stranger.path[:12])


def noted():
    return Entry.objects.filter(verb="doors.turn_away")


@pytest.mark.parametrize(
    ("method", "address", "where"),
    [
        ("get", "/territory/households/{pk}/", "GET territory:household"),
        ("post", "/territory/households/{pk}/open/", "POST territory:open_household"),
        ("get", "/api/v1/households/{pk}", "GET api:get_household"),
    ],
)
def test_a_row_out_of_sight_is_noted_with_whose_it_is(town, stranger, client_of, method, address, where):
    desk = client_of(stranger)
    answer = getattr(desk, method)(address.format(pk=town.household.pk), {"purpose": "visit_due"})
    assert answer.status_code == 404
    entry = noted().get()
    assert (entry.outcome, entry.audience, entry.actor) == (Outcome.REFUSED, Audience.OFFICE, stranger.reference)
    assert (entry.subject_type, entry.subject_id) == ("territory.household", str(town.household.pk))
    assert entry.territory == stranger.home
    assert (entry.facts["why"], entry.facts["page"]) == ("sight", where)


def test_a_number_that_nobody_has_is_noted_too(stranger, client_of):
    assert client_of(stranger).get("/territory/households/987654321/").status_code == 404
    assert noted().get().subject_id == ""


def test_a_page_that_is_not_theirs_is_noted(stranger, client_of):
    assert client_of(stranger).get("/staff/new/").status_code == 403
    assert noted().get().facts == {"why": "permission", "page": "GET accounts:invite"}


def test_visitors_and_addresses_that_are_none_are_not_noted(stranger, client, client_of, town):
    client.get(f"/territory/households/{town.household.pk}/")
    client_of(stranger).get("/no-such-page/")
    assert not noted().exists()
