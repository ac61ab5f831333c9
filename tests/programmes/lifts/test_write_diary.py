"""The construction diary with photographs, and delays with a new date."""

import io
from datetime import date

import pytest
from PIL import Image

from expectations import forbidden, refused
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.lifts import queries_build
from xiuhua.programmes.lifts.actions import note_delay, write_diary

DAY = date(2023, 7, 10)


def photo() -> Prepared:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#b0a48c").save(file, "JPEG")
    return Prepared(Sort.PHOTO, file.getvalue(), "image/jpeg", "基坑.jpg", width=40, height=30)


@pytest.fixture
def building(brought_to):
    return brought_to("building")


def test_an_entry_keeps_its_photographs_and_its_words_out_of_the_record(building, coordinator):
    words = "基坑开挖 1.2 米，没有碰到管线"
    entry = write_diary(
        actor=coordinator, dossier=building, kind="work", on=DAY, words=words, photos=[photo(), photo()]
    ).subject
    assert StoredFile.objects.of(entry).count() == 2
    assert queries_build.diary_of(building) == [entry]
    record = Entry.objects.get(verb="lifts.write_diary")
    assert record.facts == {"kind": "work", "on": "2023-07-10", "photos": 2}
    building.refresh_from_db()
    assert building.progressed_on == DAY


def test_a_delay_moves_the_planned_day_and_says_from_where(building, coordinator):
    assert queries_build.planned_finish_of(building) == date(2023, 10, 29)
    entry = note_delay(
        actor=coordinator, dossier=building, on=DAY, until_on=date(2023, 11, 20), reason="燃气管改线晚了三周"
    ).subject
    assert (entry.kind, entry.delay.planned_on) == ("delay", date(2023, 10, 29))
    assert queries_build.planned_finish_of(building) == date(2023, 11, 20)
    with refused("新的日期要晚于现在的计划"):
        note_delay(actor=coordinator, dossier=building, on=DAY, until_on=date(2023, 11, 20), reason="又晚了")
    assert len(queries_build.diary_of(building)) == 1


def test_before_building_there_is_no_diary(consulting, coordinator):
    with refused("还没有开工"):
        write_diary(actor=coordinator, dossier=consulting, kind="work", on=DAY, words="放线")


@pytest.mark.parametrize(
    ("kind", "on", "words", "told"),
    [
        ("work", DAY, " ", "还没有写做了什么"),
        ("delay", DAY, "下雨", "没有这种记录"),
        ("work", date(2023, 6, 30), "放线", "日期比开工"),
        ("work", date(2023, 8, 4), "放线", "日期在今天以后"),
    ],
)
def test_what_cannot_be_is_refused(building, coordinator, kind, on, words, told):
    with refused(told):
        write_diary(actor=coordinator, dossier=building, kind=kind, on=on, words=words)


def test_who_does_not_carry_it_writes_nothing(building, elsewhere, resident):
    for actor in (elsewhere, resident):
        with forbidden():
            write_diary(actor=actor, dossier=building, kind="work", on=DAY, words="放线")
