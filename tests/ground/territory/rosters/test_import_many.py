"""A long sheet: the same number of queries a chunk, and an office that goes on writing while it is committed."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ground.rosters.books import book
from ground.territory.rosters.conftest import AREA, PLAN, SYSTEM
from xiuhua.ground.rosters import staging, writing
from xiuhua.ground.rosters.actions import Upload, apply_roster, check_roster
from xiuhua.ground.sources.id_numbers import check_digit
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.models import Household, Resident
from xiuhua.ground.territory.rosters.residents import ResidentRoster

HEADS = ("门洞", "室号", "姓名", "证件号", "电话")


def people(count):
    for number in range(count):
        body = f"31010719{40 + number % 50}0101{number:03d}"
        room = f"{number % 6 + 1}{number // 6 % 12 + 1:02d}"
        door = "枣阳路100弄14号" if number % 2 else "金沙江路88弄1号"
        yield (door, room, f"王秀{chr(0x4E00 + number)}", body + check_digit(body), f"138{number:08d}")


def checked(place, rows):
    upload = Upload("名册.xlsx", book(HEADS, *rows))
    return check_roster(actor=SYSTEM, kind="residents", path=place.path, upload=upload, wait=True)


@pytest.mark.parametrize("known", [False, True])
def test_a_chunk_costs_the_same_number_of_queries_however_many_rows(street, monkeypatch, known):
    rows = list(people(120))
    if known:
        apply_roster(actor=SYSTEM, roster_import=checked(street, rows))
    monkeypatch.setattr(staging, "CHUNK", 60)
    checked(street, rows[:10])
    with CaptureQueriesContext(connection) as one_small_chunk:
        checked(street, rows[:12])
    with CaptureQueriesContext(connection) as one_chunk:
        checked(street, rows[:60])
    with CaptureQueriesContext(connection) as two_chunks:
        checked(street, rows)
    assert len(one_chunk) == len(one_small_chunk)
    assert len(two_chunks) - len(one_chunk) <= 6


def test_a_sheet_in_chunks_is_one_sheet(street, monkeypatch):
    """What an earlier chunk founded is found again in a later one."""
    monkeypatch.setattr(staging, "CHUNK", 7)
    rows = list(people(40))
    found = checked(street, sorted(rows, key=lambda row: row[3]))
    assert (found.new, found.faulty) == (40, 0)
    apply_roster(actor=SYSTEM, roster_import=found)
    assert Resident.objects.count() == 40
    assert Household.objects.count() == len({row[:2] for row in rows})
    assert checked(street, rows).same == 40


def test_others_write_while_a_sheet_is_committed(committed_db, monkeypatch):
    """Two connections: the second writes within its own short transaction and loses nothing, nor does the import."""
    place = actions.found_subdistrict(actor=SYSTEM, code="310107014", name="试验街道", area=AREA, invented=True).subject
    actions.lay_out(actor=SYSTEM, subdistrict=place, plan=PLAN)
    found = checked(place, people(60))
    inside, tried, failed = threading.Event(), threading.Event(), []

    def written_already(_kind):
        inside.set()
        tried.wait(10)

    def commit():
        try:
            apply_roster(actor=SYSTEM, roster_import=found)
        except BaseException as error:
            failed.append(error)
        finally:
            inside.set()
            connection.close()

    monkeypatch.setattr(ResidentRoster, "applied", written_already)
    importing = threading.Thread(target=commit)
    importing.start()
    assert inside.wait(30)
    threading.Timer(0.3, tried.set).start()
    other = actions.found_subdistrict(actor=SYSTEM, code="310107099", name="邻街道", area=AREA, invented=True).subject
    importing.join(30)
    assert not failed
    assert Resident.objects.count() == 60
    other.refresh_from_db()


def test_a_table_that_an_import_fills_keeps_its_indexes(street, monkeypatch):
    """On SQLite they are made anew after the insertion."""

    def indexes():
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, Resident._meta.db_table)
        return {name: told["columns"] for name, told in found.items() if told["index"]}

    monkeypatch.setattr(writing, "_MANY", 1)
    before = indexes()
    assert {("name_index",), ("id_number_index",), ("household_id",)} <= {tuple(columns) for columns in before.values()}
    apply_roster(actor=SYSTEM, roster_import=checked(street, people(40)))
    assert indexes() == before
    assert checked(street, people(40)).same == 40
