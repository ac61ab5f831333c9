"""`xiuhua journal verify` finds whatever is done to the record behind the application's back."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from expectations import by_hand, forbidden, refused
from ground.journal.verbs import SYSTEM, forget, rename, settle
from xiuhua.ground.journal import heads, oversight, values
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.journal.guard import _SQLITE, keep_append_only
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
    with by_hand(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
    keep_append_only(apps.get_app_config("journal"), using="default")


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


CUT = (
    "DELETE FROM journal_sealed WHERE entry_id IN (SELECT id FROM journal_entry WHERE number > 4)",
    "DELETE FROM journal_entry WHERE number > 4",
    "UPDATE journal_chain SET number = 4, mac = (SELECT mac FROM journal_entry WHERE number = 4)",
)


def test_a_tail_that_is_cut_off_is_found(record):
    behind_its_back(*CUT)
    assert faults() == [(5, "从这一条起被截掉，库外记着有 6 条")]


@pytest.mark.parametrize("written", [1, 2, 4])
def test_a_tail_that_is_cut_off_is_found_however_much_grows_after_it(record, written):
    behind_its_back(*CUT)
    for number in range(written):
        rename(actor=SYSTEM, subdistrict=record, name=f"又第 {number} 名")
    assert faults() == [(5, "和库外记下的不一样，从这里起被截掉重写过")]


def test_notes_that_are_gone_are_missed_whatever_is_written_after_it(record):
    heads.path_of("310107014").unlink()
    assert faults()[0][1].startswith("库外没有记下这条链")
    rename(actor=SYSTEM, subdistrict=record, name="又一名")
    ((number, what),) = faults()
    assert number == 7
    assert what.startswith("库外从这一条才记起")


def test_notes_begin_anew_on_record_only(record):
    path = heads.path_of("310107014")
    before = path.read_bytes()
    with refused("原因没有写清楚"):
        oversight.renew_heads(actor=SYSTEM, path="310107014", words="")
    with forbidden():
        oversight.renew_heads(actor=Visitor(), path="310107014", words="硬盘坏了，从备份恢复")
    assert verify().whole
    kept = path.read_bytes()
    oversight.renew_heads(actor=SYSTEM, path="310107014", words="换到另一块硬盘")
    assert kept.startswith(before)
    assert path.with_suffix(".1").read_bytes() == kept
    path.unlink()
    oversight.renew_heads(actor=SYSTEM, path="310107014", words="硬盘坏了，从备份恢复")
    rename(actor=SYSTEM, subdistrict=record, name="又一名")
    assert verify().whole


@pytest.mark.parametrize(
    "forge",
    [
        lambda lines: [*lines[:-1], lines[-1].replace(b"6 ", b"4 ", 1)],
        lambda lines: [*lines[:2], *lines[3:]],
        lambda lines: [*lines, b"7 nothing of ours\n"],
        lambda lines: [*lines, "七".encode()],
    ],
)
def test_forged_notes_are_found(record, forge):
    path = heads.path_of("310107014")
    path.write_bytes(b"".join(forge(path.read_bytes().splitlines(keepends=True))))
    assert (0, "库外记下的链尾被改过，或读不出来") in faults()
    rename(actor=SYSTEM, subdistrict=record, name="又一名")
    assert (0, "库外记下的链尾被改过，或读不出来") in faults()


def test_rows_that_got_other_numbers_are_found(record):
    behind_its_back(
        "UPDATE journal_sealed SET entry_id = 9005 WHERE entry_id = (SELECT id FROM journal_entry WHERE number = 5)",
        "UPDATE journal_entry SET id = 9005 WHERE number = 5",
    )
    assert faults() == [(6, "库里的行号被换过")]


def test_a_row_is_not_replaced_either(record):
    columns = ", ".join(field.column for field in Entry._meta.fields)
    told = columns.replace("verb", "'test.settle'", 1)
    if connection.vendor == "postgresql":
        clash = "ON CONFLICT (id) DO UPDATE SET verb = 'test.settle'"
        put = f"INSERT INTO journal_entry ({columns}) SELECT {told} FROM journal_entry WHERE number = 3 {clash}"
    else:
        put = f"REPLACE INTO journal_entry ({columns}) SELECT {told} FROM journal_entry WHERE number = 3"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        by_hand(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(put)


def test_keys_that_are_gone_without_an_entry_are_missed(record):
    behind_its_back("DELETE FROM journal_subjectkey")
    assert faults() == [(2, "封存内容的钥匙少了 1 把，留痕里只记着粉碎 0 把")]


def test_triggers_that_are_gone_are_told(record):
    with by_hand(), connection.cursor() as cursor:
        name = "journal_entry_no_change" if connection.vendor == "postgresql" else "journal_entry_no_update"
        cursor.execute(f"DROP TRIGGER {name}" + (" ON journal_entry" if connection.vendor == "postgresql" else ""))
    ((number, what),) = faults()
    assert number == 0
    assert name in what


def test_a_swapped_sealed_value_is_found(record):
    behind_its_back(
        "UPDATE journal_sealed SET token = 'x' WHERE entry_id = (SELECT id FROM journal_entry WHERE number = 3)"
    )
    assert faults() == [(3, "封存的内容被换过或不见了")]


def test_the_record_still_holds_when_a_person_is_erased(record):
    entry = Entry.objects.get(number=3)
    assert values.opened_values(entry) == {"name": ["第 0 名", "第 1 名"]}
    assert forget(actor=SYSTEM, subdistrict=record).facts == {values.SHREDDED: 1}
    assert values.opened_values(entry) is None
    assert verify().whole


def test_notes_only_move_on(record):
    noted = heads.path_of("310107014").read_bytes()
    heads.keep("310107014", 2, "x")
    assert heads.path_of("310107014").read_bytes() == noted
