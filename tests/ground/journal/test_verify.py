"""`xiuhua journal verify` finds whatever is done to the record behind the application's back."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from expectations import by_hand
from ground.journal.verbs import SYSTEM, rename, settle
from xiuhua.ground.journal import heads, values
from xiuhua.ground.journal.guard import _SQLITE
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.verify import verify


@pytest.fixture
def record(committed_db, tmp_path, settings):
    """Six entries of one subdistrict, whose head is noted."""
    settings.JOURNAL_HEADS = tmp_path / "heads"
    subdistrict = settle(actor=SYSTEM).subject
    for number in range(5):
        rename(actor=SYSTEM, subdistrict=subdistrict, name=f"第 {number} 名")
    return subdistrict


def behind_its_back(*statements):
    """Write to the database as someone would who owns it: triggers taken off first."""
    with by_hand(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            for statement in _SQLITE:
                cursor.execute(f"DROP TRIGGER {statement.split()[5]}")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")


def faults():
    return [(fault.number, fault.what) for fault in verify().faults]


def test_an_untouched_record_is_whole(record):
    found = verify()
    assert found.whole
    assert (found.entries, found.chains) == (6, 1)


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'user:1'",
        "verb = 'test.settle'",
        "facts = '{}'",
        "at = '2020-01-01 00:00:00+00:00'",
        "territory = '310107014001'",
        "outcome = 'refused'",
        "sealed_digest = ''",
    ],
)
def test_a_changed_entry_is_found(record, change):
    behind_its_back(f"UPDATE journal_entry SET {change} WHERE number = 3")
    assert faults() == [(3, "内容被改过，或不是系统写的")]


def test_a_removed_entry_is_found(record):
    behind_its_back(
        "DELETE FROM journal_sealed WHERE entry_id = (SELECT id FROM journal_entry WHERE number = 3)",
        "DELETE FROM journal_entry WHERE number = 3",
    )
    assert faults() == [(3, "这一条不见了")]


def test_an_inserted_entry_is_found(record):
    names = ", ".join(field.column for field in Entry._meta.fields if field.column not in {"id", "number"})
    behind_its_back(
        f"INSERT INTO journal_entry (number, {names}) SELECT 7, {names} FROM journal_entry WHERE number = 6"
    )
    assert faults() == [(7, "内容被改过，或不是系统写的")]


def test_a_tail_that_is_cut_off_is_found(record):
    behind_its_back(
        "DELETE FROM journal_sealed WHERE entry_id IN (SELECT id FROM journal_entry WHERE number > 4)",
        "DELETE FROM journal_entry WHERE number > 4",
        "UPDATE journal_chain SET number = 4, mac = (SELECT mac FROM journal_entry WHERE number = 4)",
    )
    assert faults() == [(5, "从这一条起被截掉，库外记着有 6 条")]


def test_a_record_that_is_gone_whole_is_found(record):
    behind_its_back("DELETE FROM journal_sealed", "DELETE FROM journal_entry", "DELETE FROM journal_chain")
    assert faults() == [(1, "从这一条起被截掉，库外记着有 6 条")]


def test_a_forged_head_is_found(record):
    path = Path(settings.JOURNAL_HEADS) / "310107014.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "number": 4}))
    assert faults()[0] == (0, "库外记下的链尾被改过，或读不出来")


def test_a_swapped_sealed_value_is_found(record):
    behind_its_back(
        "UPDATE journal_sealed SET token = 'x' WHERE entry_id = (SELECT id FROM journal_entry WHERE number = 3)"
    )
    assert faults() == [(3, "封存的内容被换过或不见了")]


def test_the_record_still_holds_when_a_person_is_erased(record):
    entry = Entry.objects.get(number=3)
    assert values.opened_values(entry) == {"name": ["第 0 名", "第 1 名"]}
    assert values.shred(f"territory.subdistrict:{record.pk}") == 1
    assert values.opened_values(entry) is None
    assert verify().whole


def test_a_head_only_moves_on(record):
    noted = heads.noted_head("310107014")
    heads.keep("310107014", 2, "x")
    assert heads.noted_head("310107014") == noted
