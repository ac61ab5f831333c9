"""The wall: hanging, dotting, moving, merging, taking down, and making suggestions of what hangs there."""

import json

import pytest
from django.urls import reverse

from expectations import by_hand, forbidden, refused
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.programmes.suggestions import actions, keeping
from xiuhua.programmes.suggestions.events import queries, taking
from xiuhua.programmes.suggestions.models import Note, Suggestion

PERSONAL = "我叫王秀英，电话 13812342046，门口的灯坏了"


def test_a_note_hangs_masked_and_keeps_what_was_said(put_up):
    note = put_up(PERSONAL, topic=1)
    note.refresh_from_db()
    assert (note.number, note.topic, note.words) == (1, 1, PERSONAL)
    assert "王秀英" not in note.masked_words
    assert "13812342046" not in note.masked_words


def test_sent_twice_by_a_page_it_hangs_once(put_up):
    with idempotency_key("note-1"):
        put_up()
        put_up()
    assert Note.objects.count() == 1


def test_what_stands_behind_an_at_is_the_place():
    assert taking.parted("晚上太暗 @中江路 88 弄") == ("晚上太暗", "中江路 88 弄")
    assert taking.parted("@西门") == ("@西门", "")


def test_taken_down_nothing_is_left_of_what_was_said(worker, put_up):
    note = put_up(PERSONAL)
    actions.take_down_note(actor=worker, note=note)
    note.refresh_from_db()
    assert note.words == ""
    assert queries.notes_on(note.event) == []


def test_words_that_were_deleted_are_gone_from_all_its_notes(worker, event, put_up):
    one, same = put_up(PERSONAL), put_up("门口也没有灯")
    actions.merge_notes(actor=worker, note=same, into=one)
    taking.turn(actor=worker, event=event, notes=[one])
    with by_hand():
        keeping.forget_words(Suggestion.objects.get())
    assert set(Note.objects.values_list("masked_words", flat=True)) == {one.masked_words, same.masked_words}
    assert [note.words for note in Note.objects.all()] == ["", ""]


@pytest.mark.parametrize(
    ("words", "topic", "why"), [(" ", 0, "还没有字"), ("长凳太少了" * 41, 0, "最多 200 个"), ("好", 3, "没有这个话题")]
)
def test_what_cannot_hang(put_up, words, topic, why):
    with refused(why):
        put_up(words, topic)


def test_dots_and_merging_count_together(worker, put_up):
    one, other = put_up("长凳太少"), put_up("没地方坐")
    for _ in range(2):
        actions.dot_note(actor=worker, note=other)
    actions.dot_note(actor=worker, note=one, by=-1)
    actions.merge_notes(actor=worker, note=other, into=one)
    one.refresh_from_db()
    assert one.dots == 2
    assert [note.pk for note in queries.notes_on(one.event)] == [one.pk]
    with refused("不能合并"):
        actions.merge_notes(actor=worker, note=one, into=other)


def test_a_column_becomes_suggestions_of_the_event(worker, event, put_up, west):
    one, other, same = put_up("公园长凳太少，建议多放几张"), put_up("孩子没有地方玩", topic=2), put_up("没地方坐")
    actions.merge_notes(actor=worker, note=same, into=one)
    numbers = taking.turn(actor=worker, event=event, notes=[one, other])
    first = Suggestion.objects.get(number=numbers[0])
    assert (first.source, first.event, first.path) == ("workshop", event, west.path)
    assert (first.lon, first.lat, first.place) == (event.lon, event.lat, "西村活动室")
    assert first.words == "公园长凳太少，建议多放几张\n没地方坐"
    assert taking.turn(actor=worker, event=event, notes=[one, other]) == []
    assert Suggestion.objects.count() == 2
    with refused("已经转成建议"):
        actions.take_down_note(actor=worker, note=one)


def test_the_next_committee_writes_nothing_here(stranger, event, put_up):
    note = put_up()
    for act in (
        lambda: put_up(actor=stranger),
        lambda: actions.dot_note(actor=stranger, note=note),
        lambda: taking.turn(actor=stranger, event=event, notes=[note]),
    ):
        with forbidden():
            act()


def test_two_pages_see_each_others_notes(desk, event):
    notes = reverse("gatherings:notes", args=[event.pk])
    seen = desk.get(notes).json()["version"]
    assert desk.get(notes, {"seen": seen}).status_code == 204
    answer = desk.post(notes, {"words": "多种树", "topic": "1"}, headers={"Idempotency-Key": "k1"})
    assert [note["words"] for note in answer.json()["notes"]] == ["多种树"]
    assert desk.get(notes, {"seen": seen}).json() == answer.json()


def test_the_page_does_what_its_keys_ask_for(desk, event, put_up):
    one, other = put_up("长凳太少"), put_up("没地方坐")

    def press(**fields):
        return desk.post(reverse("gatherings:note", args=[event.pk, one.pk]), fields)

    assert press(do="dot").json()["notes"][0]["dots"] == 1
    assert press(do="move", topic="2").json()["notes"][-1]["topic"] == 2
    assert press(do="move", topic="9").status_code == 422
    assert press(do="dance").status_code == 400
    assert press(do="merge", into=str(other.pk)).json()["notes"][0]["more"] == 1
    assert "已经不在墙上" in json.loads(press(do="down").content)["detail"]
    turned = desk.post(reverse("gatherings:turn", args=[event.pk]), {"note": [str(other.pk)]}).json()
    assert turned["notes"][0]["suggestion"] == Suggestion.objects.get().number
