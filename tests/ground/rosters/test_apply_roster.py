"""What was checked is imported whole or not at all, once, and on record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from expectations import by_hand, forbidden, refused, verbs_of
from ground.rosters.test_check_roster import HEADS, LI, WANG, check, id_number
from xiuhua.ground import clock
from xiuhua.ground.jobs.work import run_waiting
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.rosters import actions
from xiuhua.ground.rosters.actions import apply_roster, check_again, clear_staged, discard_roster, start_import
from xiuhua.ground.rosters.models import RosterFile, RosterImport, StagedRow, StagedWrite, State
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.territory.models import Household, Resident

SYSTEM = System("test")


def imported(laid, *rows, **more):
    return apply_roster(actor=SYSTEM, roster_import=check(laid, *rows, **more)).subject


def person(number):
    return Resident.objects.get(sealed_equals(Resident, "id_number", number))


def test_rows_become_residents_with_their_households(laid):
    found = imported(laid, WANG, LI, ("1 号", "502", "李 梅", id_number(1), "女", "", "", ""))
    assert (found.state, Resident.objects.count(), Household.objects.count()) == (State.APPLIED, 5, 2)
    wang, li, mei = person(WANG[3]), person(LI[3]), person(id_number(1))
    assert (wang.name, wang.phone, wang.sex, wang.birth_date) == ("王秀英", "13812345678", "f", date(1949, 12, 31))
    assert (wang.household.room, li.household.room, mei.household, mei.name) == ("501", "502", li.household, "李梅")
    assert li.path.startswith(li.household.path)
    assert Resident.objects.filter(sealed_equals(Resident, "phone", "13812345678")).count() == 1


def test_the_same_file_twice_changes_nothing(laid):
    imported(laid, WANG, LI)
    again = check(laid, WANG, LI)
    assert (again.new, again.changed, again.same, again.writes_anything) == (0, 0, 2, False)
    before = list(Resident.objects.order_by("pk").values())
    apply_roster(actor=SYSTEM, roster_import=again)
    assert list(Resident.objects.order_by("pk").values()) == before


def test_only_what_the_sheet_says_differently_is_changed(laid):
    imported(laid, WANG, LI)
    li = Resident.objects.filter(pk=person(LI[3]).pk)
    token = li.values_list("phone", "seal_id", "basis").get()
    found = check(laid, (*WANG[:6], "13900000000", 1), ("1 号", "503", *LI[2:]))
    rows = StagedRow.objects.filter(batch=found.batch).values_list("outcome", "fields")
    assert list(rows) == [("changed", ["电话"]), ("changed", ["household"])]
    apply_roster(actor=SYSTEM, roster_import=found)
    assert (person(WANG[3]).phone, person(LI[3]).household.room) == ("13900000000", "503")
    assert Resident.objects.filter(sealed_equals(Resident, "phone", "13812345678")).count() == 0
    assert li.values_list("phone", "seal_id", "basis").get() == token


def test_one_entry_a_committee_is_on_record(laid):
    found = imported(laid, WANG, LI)
    entry = Entry.objects.get(verb="rosters.apply")
    assert (entry.territory, entry.facts) == (laid.path, {"kind": "neighbours", "new": 2})
    assert verbs_of(found) == ["rosters.receive", "rosters.check", "rosters.apply"]


def test_one_faulty_row_stops_all(laid):
    found = check(laid, WANG, ("1 号", "502", "李强", "3101", "男", "", "", 1))
    with refused("还有 1 行有错，一行都没有导入"):
        apply_roster(actor=SYSTEM, roster_import=found)
    assert Resident.objects.count() == 2
    assert Entry.objects.filter(verb="rosters.apply", outcome="refused").count() == 1


def test_twice_is_once(laid):
    found = imported(laid, WANG)
    with refused("已经导入过了"):
        apply_roster(actor=SYSTEM, roster_import=found)
    with refused("已经办完了"):
        discard_roster(actor=SYSTEM, roster_import=found)
    assert Resident.objects.count() == 3


def test_two_checks_of_one_file_do_not_both_go_in(laid):
    with clock.stopped_at(clock.now()) as _:
        first, second = check(laid, WANG), check(laid, WANG)
    apply_roster(actor=SYSTEM, roster_import=first)
    with refused("有人改了同样的内容，一行都没有导入；再核对一次"):
        apply_roster(actor=SYSTEM, roster_import=second)
    second = check_again(actor=SYSTEM, roster_import=second)
    assert (second.state, second.same) == (State.READY, 1)
    assert Resident.objects.count() == 3


def test_rows_that_clash_with_others_are_refused(laid, monkeypatch):
    monkeypatch.setattr("xiuhua.ground.rosters.queries._is_overtaken", lambda _import: False)
    first, second = check(laid, WANG), check(laid, WANG)
    apply_roster(actor=SYSTEM, roster_import=first)
    with refused("再核对一次"):
        apply_roster(actor=SYSTEM, roster_import=second)
    assert Resident.objects.count() == 3


def test_rows_that_are_gone_by_now_are_refused(laid):
    imported(laid, WANG, LI)
    found = check(laid, (*WANG[:6], "13900000000", 1), (*LI[:6], "13700000000", 1))
    with by_hand():
        person(LI[3]).delete()
    with refused("再核对一次"):
        apply_roster(actor=SYSTEM, roster_import=found)
    assert person(WANG[3]).phone == "13812345678"


def test_a_value_that_the_table_does_not_allow_is_a_fault_of_ours(laid, monkeypatch):
    found = check(laid, WANG)
    with by_hand():
        write = StagedWrite.objects.get(model="territory.resident")
        write.data["sex"] = "x"
        write.save()
    with pytest.raises(IntegrityError):
        apply_roster(actor=SYSTEM, roster_import=found)


def test_discarded_is_forgotten(laid, django_capture_on_commit_callbacks):
    found = check(laid, WANG)
    with django_capture_on_commit_callbacks(execute=True):
        found = discard_roster(actor=SYSTEM, roster_import=found).subject
    assert (found.state, StagedRow.objects.count(), StagedWrite.objects.count()) == (State.DISCARDED, 0, 0)
    assert RosterFile.objects.count() == 0
    with refused("已经放弃"):
        apply_roster(actor=SYSTEM, roster_import=found)
    with refused("已经办完了"):
        check_again(actor=SYSTEM, roster_import=found)


def test_staged_rows_go_once_applied(laid, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        imported(laid, WANG)
    assert (StagedRow.objects.count(), StagedWrite.objects.count(), RosterFile.objects.count()) == (0, 0, 0)


def test_another_committee_cannot(laid, staff):
    found = check(laid, WANG)
    stranger = staff(Role.COMMITTEE_HEAD, at=laid.subdistrict.committees.get(name="东村"))
    for act in (apply_roster, discard_roster):
        with forbidden():
            act(actor=stranger, roster_import=found)
    apply_roster(actor=staff(Role.GRID_WORKER, at=laid), roster_import=found)


def test_a_long_import_is_a_job(laid, staff, monkeypatch):
    head = staff(Role.COMMITTEE_HEAD, at=laid)
    found = check(laid, WANG, LI, actor=head)
    monkeypatch.setattr(actions, "AT_ONCE_ROWS", 1)
    found = start_import(actor=head, roster_import=found)
    assert (found.state, found.at_work, found.job.title) == (State.READY, True, "导入邻居名册（西村）")
    with refused("正在办"):
        start_import(actor=head, roster_import=found)
    run_waiting()
    found = RosterImport.objects.get()
    assert (found.state, found.job.result["counts"]) == (State.APPLIED, [["新增", 2], ["更新", 0]])
    assert Entry.objects.get(verb="rosters.apply").behalf == head.reference


def test_the_night_gives_up_what_nobody_decided_on(laid):
    from xiuhua.ground.jobs.actions import enqueue

    old = check(laid, WANG)
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        fresh = check(laid, LI)
        enqueue(actor=SYSTEM, kind="rosters.expire")
        run_waiting()
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, fresh.state) == (State.DISCARDED, State.READY)


def test_the_night_sweeps_up_what_interrupted_work_left(laid):
    from xiuhua.ground.jobs.actions import enqueue

    found = check(laid, WANG)
    StagedRow.objects.create(roster_import=found, number=2, outcome="new")
    StagedWrite.objects.create(roster_import=found, model="x")
    ended = check(laid, LI)
    with by_hand():
        RosterImport.objects.filter(pk=ended.pk).update(state=State.APPLIED)
    enqueue(actor=SYSTEM, kind="rosters.expire")
    run_waiting()
    assert set(StagedRow.objects.values_list("batch", flat=True)) == {found.batch}
    assert set(StagedWrite.objects.values_list("batch", flat=True)) == {found.batch}
    assert list(RosterFile.objects.values_list("roster_import", flat=True)) == [found.pk]
    clear_staged(found.pk)
    clear_staged(found.pk)


def test_columns_that_the_sheet_lacks_stay_as_they_are(laid):
    imported(laid, WANG)
    found = check(laid, WANG[:5], heads=HEADS[:5])
    assert found.same == 1
