"""What the verbs of lifts note besides, as the record and timelines tell it."""

import re
from datetime import date

from xiuhua.ground.journal.lines import facts_in_words
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.timeline import in_words
from xiuhua.programmes.lifts import actions


def test_a_gate_is_told_by_its_name(brought_to, coordinator):
    asked = actions.note_permit(
        actor=coordinator, dossier=brought_to("signed"), rule="pipes", authority="燃气公司", applied_on=date(2023, 7, 1)
    )
    entry = Entry.objects.filter(verb="lifts.note_permit", subject_id=str(asked.subject.pk)).get()
    assert ("关口", "管线单位书面同意") in facts_in_words(entry)
    told = in_words([entry], coordinator)[0]
    assert (told.what, told.detail) == ("报送审批", "管线单位书面同意，7 月 1 日")


def test_no_key_is_read_on_the_record(brought_to):
    brought_to("running")
    told = [row for entry in Entry.objects.filter(verb__startswith="lifts.") for row in facts_in_words(entry)]
    assert ("现在", "施工中") in told
    assert {name for name, value in told if re.search("[A-Za-z_]{2}", f"{name} {value}")} == set()
