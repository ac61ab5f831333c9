from datetime import date

import pytest

from expectations import forbidden, refused
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.lifts import actions

DAY = date(2023, 7, 1)


def note(actor, dossier, words="约周六再谈", kind="visit", on=DAY, **more):
    return actions.note_contact(actor=actor, dossier=dossier, kind=kind, on=on, words=words, **more)


def test_the_words_lie_sealed_and_stand_in_no_entry(consulting, coordinator):
    flat = consulting.flats.get(room="102")
    note(coordinator, consulting, "怕挡光，约周六再谈", flat=flat)
    assert consulting.contacts.get().words == "怕挡光，约周六再谈"
    assert Entry.objects.get(verb="lifts.note_contact").facts == {"kind": "visit", "on": "2023-07-01"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"words": " "}, "还没有写说了什么"),
        ({"kind": "dream"}, "没有这种方式"),
        ({"words": "说" * 1001}, "最多 1000 个字"),
        ({"on": date(2023, 9, 1)}, "日期在今天以后"),
        ({"on": date(1900, 1, 1)}, "日期比房屋建成（1984 年）还早"),
    ],
)
def test_what_says_nothing_is_refused(consulting, coordinator, said, why):
    with refused(why):
        note(coordinator, consulting, **said)


def test_why_it_is_stuck_is_wiped_when_it_moves_on(consulting, coordinator):
    with refused("还没有写原因"):
        actions.note_snag(actor=coordinator, dossier=consulting, words="")
    actions.note_snag(actor=coordinator, dossier=consulting, words="102 室没答应")
    actions.pass_gate(actor=coordinator, dossier=consulting, rule="briefing", on=DAY)
    actions.begin_design(actor=coordinator, dossier=consulting, on=DAY)
    consulting.refresh_from_db()
    assert consulting.snag == ""


def test_nobody_from_elsewhere_writes_here(consulting, elsewhere):
    with forbidden():
        note(elsewhere, consulting)
