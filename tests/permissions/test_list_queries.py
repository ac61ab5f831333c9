"""No list asks the database more often for many rows than for one: every address is looked at, so a new list is too."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import connection, reset_queries
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext

from expectations import by_hand
from permissions.keeping import rolled_back
from permissions.matrix import Row, rows
from permissions.readers import ALLOWED, Reader, readers_of
from permissions.town import Town
from xiuhua.ground.bookings.models import Booking
from xiuhua.ground.clock import now
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.rosters.models import StagedRow
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.lists import ListPage
from xiuhua.programmes.lifecircle.models import Run
from xiuhua.programmes.lifts.models import Vote
from xiuhua.programmes.suggestions.models import Suggestion

pytestmark = pytest.mark.database

WIDEST = "SOYAUPE"
"""Readers of a whole subdistrict, who see the rows of both its committees."""
MANY = 200
PLACES_AND_ROLES = 8
"""Queries that name where and as what people acted."""
HEAD = 'role="rowheader"'


class Shown:
    """Lists that were answered with, whether their rows were worked out, and how many rows a page of them may have."""

    def __init__(self) -> None:
        self.size = MANY
        self.lists: list[ListPage] = []
        self.worked_out = False


@pytest.fixture(scope="module")
def readers(town: Town) -> dict[str, Reader]:
    return readers_of(town)


@pytest.fixture(autouse=True)
def a_second_of_each(town: Town) -> Iterator[None]:
    """More rows where the town has one only: with one row nothing is proved."""
    run = Run.objects.get(pk=town.own.things["run"].pk)
    row = StagedRow.objects.get(roster_import=town.own.things["import"])
    with rolled_back():
        with by_hand():
            run.pk = row.pk = None
            run.save(force_insert=True)
            row.number += 1
            row.save(force_insert=True)
            Resident.objects.filter(path__startswith=town.own.path).update(basis="no_longer_in_the_book")
            _book_again(town.own.things["booking"])
            _count_again(town.own.things["counted_vote"])
            Suggestion.objects.update(public_state="published", published_at=now())
        yield


def _count_again(vote: Vote) -> None:
    """A second line of the sheet of a vote."""
    line = vote.sheet.get()
    line.pk, line.key, line.receipt = None, "C" * 12, f"{line.receipt[:-1]}1"
    line.save(force_insert=True)


def _book_again(booking: Booking) -> None:
    """A second booking of the same session."""
    Booking.objects.create(
        session=booking.session,
        number=2,
        name="来宾",
        phone="15900000002",
        state=Booking.State.BOOKED,
        booked_at=now(),
    )


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    found, respond = Shown(), ListPage.respond

    def watched(page: ListPage, request: HttpRequest, among: object) -> HttpResponse:
        found.lists.append(page)
        found.worked_out = not isinstance(among, QuerySet)
        return respond(replace(page, page_size=found.size), request, among)

    monkeypatch.setattr(ListPage, "respond", watched)
    return found


def asked(reader: Reader, address: str) -> int:
    """How many queries an address takes."""
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        reader.ask("GET", address)
    return len(queries)


def items_in(text: str) -> int:
    """How many rows a list of the API holds; -1 for what is no list."""
    try:
        answer = json.loads(text)
    except ValueError:
        return -1
    return len(answer["items"]) if isinstance(answer, dict) and "items" in answer else -1


def open_to(
    readers: dict[str, Reader], town: Town, *, is_api: bool, counted: Callable[[str], int]
) -> Iterator[tuple[Row, Reader, str, int]]:
    """Every address that somebody of the subdistrict may read, with whoever sees most rows there, and how many."""
    for row in rows():
        columns = [column for column in WIDEST if row.cells[column] == ALLOWED]
        if row.method != "GET" or row.is_api is not is_api or not columns:
            continue
        address = row.address.filled(*(town.own.ids()[thing] for thing in row.things))
        seen = {column: counted(readers[column].ask("GET", address).text) for column in columns}
        best = max(columns, key=lambda column: seen[column])
        yield row, readers[best], address, seen[best]


def too_many(ask: Callable[[int], int], kinds: int) -> bool:
    """Whether all rows take more queries than one, and one more a kind."""
    ask(MANY)  # what is read once for all is read by now
    return ask(MANY) > ask(1) + kinds


def kinds_in(row: Row) -> int:
    """Kinds of things that the rows of the record are about: one query names all of a kind."""
    if "record" not in row.route:
        return 0
    return len(set(Entry.objects.values_list("subject_type", flat=True))) + PLACES_AND_ROLES


def test_no_list_asks_more_often_for_all_its_rows_than_for_one(town, readers, shown):
    grown, thin, lists = [], [], set()
    for row, reader, address, seen in open_to(readers, town, is_api=False, counted=lambda text: text.count(HEAD)):
        shown.lists.clear()
        reader.ask("GET", address)
        if not shown.lists:
            continue
        lists.add(row.route)
        thin += [address] if seen < 2 and not shown.worked_out else []

        def ask(size: int, address: str = address, reader: Reader = reader) -> int:
            shown.size = size
            return asked(reader, address)

        grown += [address] if too_many(ask, kinds_in(row)) else []
        shown.size = MANY
    assert grown == []
    assert thin == [], "with one row nothing is proved: the town wants a second"
    assert {"/territory/residents/", "/jobs/", "/staff/", "/record/", "/rosters/"} <= lists


def test_no_list_of_the_api_does(town, readers):
    grown, thin, lists = [], [], set()
    for row, reader, address, seen in open_to(readers, town, is_api=True, counted=items_in):
        if items_in(reader.ask("GET", address).text) < 0:
            continue
        lists.add(row.route)
        thin += [address] if seen < 2 else []

        def ask(size: int, address: str = address, reader: Reader = reader) -> int:
            return asked(reader, f"{address}?limit={size}")

        grown += [address] if too_many(ask, kinds_in(row)) else []
    assert grown == []
    assert thin == [], "with one row nothing is proved: the town wants a second"
    assert {"/api/v1/residents", "/api/v1/record"} <= lists
