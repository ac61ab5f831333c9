import os
import time
from datetime import UTC, datetime

import pytest
from django.db import transaction

from expectations import by_hand, forbidden, refused
from ground.files.pictures import JPEG, PDF, street, written
from xiuhua.ground.files import actions, keeping, vault
from xiuhua.ground.files.jobs import swept_orphans
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.rotation import SealedFiles
from xiuhua.ground.files.taking import take_in
from xiuhua.ground.jobs import work
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sealing import keyring
from xiuhua.ground.sealing.seal import Broken
from xiuhua.ground.verdicts import Refused

LARGE = written(street(900, 600), "JPEG")


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def aged(folder):
    for path in folder.rglob("*.*"):
        os.utime(path, (time.time() - 90_000,) * 2)


def test_kept_file_is_on_the_disk_and_nobody_reads_it_there(keep, household, folder):
    file = keep(LARGE)
    file.refresh_from_db()
    assert list(StoredFile.objects.of(household).photos()) == [file]
    assert (file.width, file.height, file.has_small, file.name, file.path) == (
        900,
        600,
        True,
        "王家门口.jpg",
        household.path,
    )
    assert vault.get(file.seal_id) == take_in(LARGE).content
    assert files_in(folder) == sorted(f"{file.seal_id.hex}.{size}" for size in vault.SIZES)
    for path in folder.rglob("*.*"):
        assert b"JFIF" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


def test_files_that_change_places_on_the_disk_open_no_more(keep):
    one, other = keep(LARGE), keep(LARGE)
    vault.place(one.seal_id, "whole").replace(vault.place(other.seal_id, "whole"))
    vault.place(one.seal_id, "small").replace(vault.place(one.seal_id, "whole"))
    for file in (one, other):
        with pytest.raises(Broken):
            vault.get(file.seal_id)


@pytest.mark.parametrize("place", [0, 3, 5, 12, 30, -1])
def test_a_changed_byte_is_found(keep, place):
    path = vault.place((file := keep()).seal_id, "whole")
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises((Broken, Refused)):
        vault.get(file.seal_id)


def test_what_a_transaction_left_behind_is_swept_and_the_young_are_spared(keep, folder):
    kept = keep()
    with transaction.atomic():
        keep()
        transaction.set_rollback(True)
    (folder / "ab").mkdir(exist_ok=True)
    (folder / "ab" / ".half.whole.1234").write_bytes(b"half")
    assert swept_orphans() == 0
    aged(folder)
    assert swept_orphans() == 2
    assert files_in(folder) == [f"{kept.seal_id.hex}.whole"]


def test_the_night_tells_what_it_swept_and_what_is_missing(keep, folder):
    gone = keep()
    vault.discard(gone.seal_id)
    vault.put(keyless := gone.seal_id.__class__(int=7), "whole", b"x")
    aged(folder)
    work.run_periodic("files.sweep", datetime(2023, 8, 4, tzinfo=UTC).isoformat())
    work.run_waiting()
    job = Job.objects.get(kind="files.sweep")
    assert job.result["counts"] == [["清掉的文件", 1], ["找不到内容的附件", 1]]
    assert not vault.place(keyless, "whole").exists()


def test_removed_for_a_reason_that_goes_on_record(keep, worker, household, folder, django_capture_on_commit_callbacks):
    file = keep(PDF)
    with refused("还没有写为什么删除"):
        actions.remove_file(actor=worker, file=file, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_file(actor=worker, file=file, reason="拍到了路人")
    file.refresh_from_db()
    assert (file.name, file.title, list(StoredFile.objects.of(household))) == ("", "", [])
    assert files_in(folder) == []
    entry = Entry.objects.get(verb="files.remove_file", outcome="done")
    assert (entry.subject_type, entry.subject_id) == ("territory.household", str(household.pk))
    assert "路人" not in str(entry.facts)
    with refused("已经删除"):
        actions.remove_file(actor=worker, file=file, reason="再删")


def test_nobody_removes_what_they_do_not_see(keep, staff, household):
    file = keep()
    for role, place in [(Role.GRID_WORKER, "310107014002"), (Role.SYSTEM_ADMIN, household.path[:9])]:
        with forbidden():
            actions.remove_file(actor=staff(role, at=place), file=file, reason="看着不顺眼")


def test_erasing_takes_every_file_of_a_row(keep, household, folder, django_capture_on_commit_callbacks):
    kept = [keep(), keep(PDF)]
    with django_capture_on_commit_callbacks(execute=True), by_hand(), transaction.atomic():
        told = keeping.remove_all_of(household)
    assert told == [f"files.storedfile:{file.pk}" for file in kept]
    assert files_in(folder) == []
    assert not StoredFile.objects.exclude(title="").exists()


def test_a_change_of_keys_brings_files_along_and_is_taken_up_where_it_stopped(keep, monkeypatch):
    files, store = [keep(LARGE), keep(PDF)], SealedFiles()
    before = keyring.keyring().current
    keyring.add_key()
    kid = keyring.keyring().current
    assert (store.left(kid), store.counts([before, kid])) == (2, {before: 2, kid: 0})
    vault.put(files[0].seal_id, "whole", vault.get(files[0].seal_id), kid)  # killed before its row was written
    vault.discard(files[1].seal_id)
    batches = list(store.reseal(kid))
    assert (sum(batch.moved for batch in batches), store.left(kid)) == (1, 1)
    assert "不在磁盘上" in batches[0].broken[0]
    assert [vault.sealed_under(files[0].seal_id, size) for size in vault.SIZES] == [kid, kid]
    assert vault.get(files[0].seal_id) == take_in(LARGE).content


def test_a_removed_file_cannot_be_public(keep):
    file = keep(JPEG)
    with by_hand():
        keeping.publish(file)
        keeping.remove(file)
    file.refresh_from_db()
    assert file.public_at is None
