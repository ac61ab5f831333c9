"""Nobody reaches what is not theirs: every address, every reader, at their own place, next door and abroad."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse

from permissions import bodies
from permissions.addresses import operations_of_the_api, pages
from permissions.keeping import rolled_back
from permissions.matrix import Row, rows
from permissions.readers import (
    ALLOWED,
    COLUMNS,
    OF_A_COMMITTEE,
    Answer,
    Reader,
    narrow_readers_of,
    reader_of_two_roles,
    readers_of,
)
from permissions.states import changed, state_of, whole_state
from permissions.town import Place, Town
from xiuhua.ground.layers.registry import layers
from xiuhua.ground.scope.masking import mask_id_number
from xiuhua.ground.ui import views

pytestmark = pytest.mark.database

ROWS = rows()
NAMES = {row.name for row in ROWS}
OF_A_PLACE = [row for row in ROWS if row.elsewhere != "."]
CHANGING = [row for row in ROWS if row.method != "GET"]
CONSTANT = {"layer", "roster_kind", "request_kind", "letter_kind", "anything", "household_label"}
"""Changing parts of an address that name nothing of a place."""
SHOWS_WHOLE = {
    "POST /api/v1/households/{row_id}/open",
    "POST /privacy/requests/<int:request_id>/copy/",
    "POST /suggestions/<int:pk>/sender/",
    "POST /territory/bindings/<int:pk>/applicant/",
    "POST /bookings/<int:pk>/contact/",
    "POST /lifts/dossiers/<int:pk>/owners/<int:owner_pk>/open/",
    "POST /lifts/votes/<int:pk>/electors/<int:elector_pk>/phone/",
}
"""What hands over personal values whole: for a purpose that goes on record, to those who may open files."""
ONES_OWN = ("/account/", "/sign-in/", "/sign-out/", "/language/", "/views/", "/my/")
"""Addresses about whoever asks, some of them the sign-in library's: they know no place."""
DIRECTORY = "/my/household/ask/"
"""Where residents choose the committee and the door at which they live: names of places are no secret."""


@pytest.fixture(scope="module")
def readers(town: Town) -> dict[str, Reader]:
    return readers_of(town)


@pytest.fixture(scope="module")
def narrow(town: Town) -> dict[str, Reader]:
    return narrow_readers_of(town)


@pytest.fixture(scope="module")
def of_two_roles(town: Town) -> Reader:
    return reader_of_two_roles(town)


@pytest.fixture(autouse=True)
def in_haste(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Log no refusals, and answer 403 and 404 without the frame around them, but where the frame is what is read."""
    if "framed" not in request.fixturenames:
        monkeypatch.setattr(views, "_told", lambda _request, _template, status, **_more: HttpResponse(status=status))
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def framed() -> None:
    """Leave error pages as they are."""


def filled(row: Row, *places: Place) -> str:
    """The address of a row, its parts taken from these places in turn; the last one gives the rest."""
    given = [*places, *[places[-1]] * len(row.things)]
    return row.address.filled(*(given[number].ids()[thing] for number, thing in enumerate(row.things)))


def addresses_across(row: Row, own: Place, other: Place) -> set[str]:
    """Addresses that name something of another place: in every part, or in one only."""
    parts = [number for number, thing in enumerate(row.things) if thing not in CONSTANT]
    mixed = [filled(row, *[other if place == number else own for place in range(len(row.things))]) for number in parts]
    return {filled(row, other), *mixed} - {filled(row, own)}


def read_of(text: str, places: list[Place]) -> set[str]:
    """What can be read of these places in an answer."""
    return {marker for place in places for marker in place.markers if marker in text}


def read_whole(text: str, places: list[Place]) -> set[str]:
    """Personal values that can be read whole in an answer."""
    return {value for place in places for value in place.sealed if value in text}


def test_every_address_and_operation_has_a_row():
    routes = {one.route for one in pages()}
    operations = {f"{one.method} {one.route}" for one in operations_of_the_api()}

    assert {route for route in routes if not {f"GET {route}", f"POST {route}"} & NAMES} == set()
    assert operations - NAMES == set()
    assert {row.name for row in ROWS if row.route not in routes and row.name not in operations} == set()
    assert set(bodies.BODIES) - NAMES == set()
    assert len(ROWS) == len(NAMES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_who_gets_what_at_their_own_place(row, town, readers):
    told = ""
    for column, reader in readers.items():
        answer = reader.ask(row.method, filled(row, town.own), bodies.body_of(row.name, town.own))
        told += answer.outcome
        assert answer.status < 500, reader
        assert answer.outcome != ALLOWED or "html" not in answer.content_type or _stays_with_its_reader(answer), reader
        _says_no_more_than_it_may(row, column, town, answer.text)
        if row.method != "GET" and answer.outcome == ALLOWED:
            _says_no_more_than_it_may(row, column, town, reader.ask(row.method, filled(row, town.own)).text)
    assert told == "".join(row.cells[column] for column in COLUMNS)


def _stays_with_its_reader(answer: Answer) -> bool:
    """Whether a page is kept by no cache: not by a proxy, not by a telephone that is lent."""
    return answer.status == 204 or 300 <= answer.status < 400 or "no-store" in answer.cached


def _says_no_more_than_it_may(row: Row, column: str, town: Town, text: str) -> None:
    resident = town.own.things["resident"]
    themselves = {resident.name} if column == "R" else set()
    if row.name not in SHOWS_WHOLE:
        assert read_whole(text, town.places) - themselves == set(), column
    if column in OF_A_COMMITTEE:
        assert read_of(text, town.foreign) == set(), column
    elif not row.route.startswith(DIRECTORY):
        assert read_of(text, [town.abroad]) == set(), column


@pytest.mark.parametrize("row", OF_A_PLACE, ids=lambda row: row.name)
def test_nobody_reaches_across(row, town, readers, narrow, of_two_roles):
    before = whole_state() if row.method != "GET" else {}
    for column, reader in narrow.items():
        _asks_in_vain(row, reader, town.own, town.next_door)
        if row.cells[column] != ALLOWED:
            continue
        _asks_in_vain(row, reader, town.own, town.abroad)
        if column not in OF_A_COMMITTEE:
            _asks_in_vain(row, readers[column], town.own, town.abroad)
    _asks_in_vain(row, readers["R"], town.own, town.next_door)
    if row.cells["L"] != ALLOWED:
        _asks_in_vain(row, of_two_roles, town.own, town.next_door)
    if before:
        assert changed(before, whole_state()) == []


def _asks_in_vain(row: Row, reader: Reader, own: Place, other: Place) -> None:
    for address in addresses_across(row, own, other):
        answer = reader.ask(row.method, address, bodies.body_of(row.name, other), keep=row.method != "GET")
        if answer.outcome == ALLOWED:
            assert row.elsewhere == ALLOWED, f"{reader} gets {answer.status} at {address}"
            assert read_of(answer.text, [other]) == set(), f"{reader} reads of {other.letter} at {address}"


@pytest.mark.parametrize("row", [row for row in CHANGING if row.name in bodies.BODIES], ids=lambda row: row.name)
def test_nothing_of_others_is_changed_from_ones_own_place(row, town, readers):
    """What is sent may name another's place, though the address names one's own."""
    if row.route.startswith(ONES_OWN):
        foreign = {"R": town.foreign}
    else:
        foreign = {column: town.foreign if column in OF_A_COMMITTEE else [town.abroad] for column in COLUMNS}
    before = {len(places): state_of(places) for places in foreign.values()}
    for column, places in foreign.items():
        if row.cells[column] != ALLOWED:
            continue
        for told in (town.own, places[0], places[-1]):
            with rolled_back():
                readers[column].ask(row.method, filled(row, town.own), bodies.body_of(row.name, told), keep=True)
                assert changed(before[len(places)], state_of(places)) == [], f"{column}, about {told.letter}"


@pytest.mark.parametrize("route", sorted({row.route for row in ROWS}))
def test_a_method_without_a_row_does_nothing(route, town, readers):
    declared = [row for row in ROWS if row.route == route]
    before = whole_state()
    for method in {"GET", "POST", "PUT", "DELETE"} - {row.method for row in declared}:
        for column in "SOY":
            outcome = readers[column].ask(method, filled(declared[0], town.own), keep=True).outcome
            assert outcome != ALLOWED or route.startswith(ONES_OWN), f"{method} by {readers[column]}"
    assert changed(before, whole_state()) == []


@pytest.mark.parametrize("column", OF_A_COMMITTEE)
def test_no_list_of_a_committee_says_anything_of_another(column, town, readers):
    """By export, by a filter, by a search, by a page: however a list is asked."""
    exported = 0
    for row in ROWS:
        if row.method != "GET" or row.things or row.cells[column] != ALLOWED or row.route.startswith(ONES_OWN):
            continue
        for query in _guesses(town) if column == "G" else ("export=xlsx",):
            answer = readers[column].ask("GET", f"{row.route}?{query}")
            assert answer.status < 500, (row.name, query)
            echoed = read_of(query, town.foreign)
            assert read_of(answer.text, town.foreign) - echoed == set(), (row.name, query)
            assert read_whole(answer.text, town.places) - echoed == set(), (row.name, query)
            exported += "spreadsheet" in answer.content_type and town.own.letter in answer.text
    assert exported >= 5


def _guesses(town: Town) -> Iterator[str]:
    """Queries that an honest page never sends."""
    yield "export=xlsx"
    yield "state=left&export=xlsx"
    for place in (town.next_door, town.abroad):
        resident = place.things["resident"]
        yield f"committee={place.path}&path={place.path}&place={place.path}"
        for sought in (resident.phone, resident.id_number, resident.name, f"{place.letter}家路"):
            yield f"q={sought}&words={sought}&limit=200"
        yield f"about=territory.resident:{resident.pk}"


@pytest.mark.parametrize("layer", [layer.name for layer in layers()])
def test_no_layer_of_the_map_shows_another_committee(layer, town, narrow):
    for territory in {path for place in town.places for path in (place.path, place.path[:9])}:
        for reader in narrow.values():
            answer = reader.ask("GET", f"/map/{territory}/{layer}.geojson")
            assert read_of(answer.text, town.foreign) == set(), (reader, territory)


def test_the_feed_of_a_committee_says_nothing_of_another(town, readers):
    for column in OF_A_COMMITTEE:
        answer = readers[column].ask("GET", "/feed/?since=0")
        assert town.own.path in answer.text
        assert read_of(answer.text, town.foreign) == set()


def test_a_file_that_was_opened_shows_that_household_and_no_other(town, readers):
    household = town.own.things["household"]
    address = f"/territory/households/{household.pk}/"
    values = {value for one in household.residents.all() for value in (one.name, one.phone, one.id_number)}
    with rolled_back():
        opened = readers["G"].ask("POST", f"{address}open/", {"purpose": "visit_due"}, keep=True)
        assert opened.status == 302
        assert read_whole(readers["G"].ask("GET", address, keep=True).text, town.places) == values
        assert read_whole(readers["G"].ask("GET", "/territory/residents/", keep=True).text, town.places) == set()
        assert read_whole(readers["C"].ask("GET", address, keep=True).text, town.places) == set()


@pytest.mark.parametrize("column", ["G", "C"])
def test_a_roster_tells_nothing_of_those_whom_another_committee_knows(column, town, readers):
    """Whoever writes another's identity number into a sheet is told that it is taken, not whose it is."""
    home, room = town.own.things["stairwell"].name, town.own.things["household"].room
    for place in (town.next_door, town.abroad):
        taken = place.things["resident"].id_number
        sheet = f"门洞,室号,姓名,证件号\n{home},{room},王秀英,{taken}\n"
        body = {**bodies.roster(town.own), "file": bodies.file_of(sheet)}
        with rolled_back():
            told = readers[column].ask("POST", "/api/v1/rosters/imports", body, keep=True)
            number = json.loads(told.text)["id"]
            shown = [
                readers[column].ask("GET", address, keep=True)
                for address in (f"/api/v1/rosters/imports/{number}/rows", f"/rosters/imports/{number}/?rows=all")
            ]
        assert [answer.status for answer in (told, *shown)] == [201, 200, 200]
        assert ("已登记在街道别处" in shown[0].text) == (place is town.next_door)
        for answer in (told, *shown):
            assert read_of(answer.text, town.foreign) - {mask_id_number(taken)} == set()


def test_what_is_anothers_looks_like_what_is_nobodys(town, readers):
    """Whoever counts numbers up and down learns nothing from the answers."""
    for row in OF_A_PLACE:
        if row.method == "GET" and len(row.things) == 1 and row.cells["G"] == ALLOWED and row.elsewhere == "0":
            nobodys = re.sub(r"[<{][^>}]+[>}]", "987654321", row.route)
            told = [readers["G"].ask("GET", address) for address in (filled(row, town.abroad), nobodys)]
            assert told[0] == told[1], row.name


@pytest.mark.usefixtures("framed")
@pytest.mark.parametrize("address", ["/territory/households/{household}/", "/staff/{staff}/", "/jobs/{job}/"])
def test_an_error_page_says_nothing_either(address, town, readers):
    for place in (town.next_door, town.abroad):
        answer = readers["G"].ask("GET", address.format(**place.ids()))
        assert answer.status in {403, 404}
        assert "<h1" in answer.text
        assert read_of(answer.text, town.foreign) == set()
