"""What is done at length or by night: the record is verified, values that were kept long enough are let go."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from ground.privacy.conftest import SYSTEM, note_heads
from xiuhua.ground import clock
from xiuhua.ground.jobs import work
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.journal import oversight
from xiuhua.ground.journal.models import Chain, Entry
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.territory.actions import open_household_file


@pytest.fixture
def noted(settings, tmp_path, worker, wang):
    """A file was opened with a note, and the heads are noted as after a commit."""
    settings.JOURNAL_HEADS = tmp_path / "heads"
    open_household_file(actor=worker, household=wang.household, purpose="visit_due", note="送药上门")
    return note_heads


def test_an_officer_has_the_record_verified_and_reads_what_was_found(noted, office, officer):
    office.post(reverse("privacy:verify_record"))
    noted()
    work.run_waiting()
    job = Job.objects.get()
    assert (job.state, job.result["said"]) == ("done", "留痕完整。")
    entry = Entry.objects.get(verb=oversight.VERIFY)
    assert (entry.actor, entry.behalf, entry.facts["faults"]) == ("system:jobs", officer.reference, 0)
    assert "完整" in office.get(reverse("journal:record")).content.decode()


def test_a_record_that_is_not_whole_says_where(noted, officer):
    enqueue(actor=officer, kind="privacy.verify_record", path="310107014")
    noted()
    Chain.objects.filter(name="310107014").update(number=10_000)
    work.run_waiting()
    assert "被截掉" in Job.objects.get().result["said"]
    assert Entry.objects.get(verb=oversight.VERIFY).facts["faults"] == 1


def test_by_night_old_values_are_let_go(noted):
    entry = Entry.objects.get(verb="territory.open_household_file")
    with clock.stopped_at(datetime(2027, 1, 2, tzinfo=UTC)):
        enqueue(actor=SYSTEM, kind="privacy.shred_expired")
        work.run_waiting()
    job = Job.objects.get()
    assert job.state == "done"
    assert job.result["counts"][0][1] >= 1
    assert opened_values(entry) is None
