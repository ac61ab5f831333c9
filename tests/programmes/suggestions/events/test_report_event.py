"""Minutes, photographs, and the report: nobody is named in it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from expectations import refused, verbs_of
from ground.files.pictures import street, written
from xiuhua.ground import clock
from xiuhua.ground.files.models import StoredFile
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.actions.walls import Pin
from xiuhua.programmes.suggestions.events import report, taking

MINUTES = "王秀英（我叫王秀英，电话 13812342046）说门口没有灯。"
CONCLUSIONS = "先放四张长凳。\n秋天补灯。"


@pytest.fixture
def over(event, worker, put_up):
    """The same when everybody has gone home."""
    note = put_up("公园长凳太少，建议多放几张")
    with clock.stopped_at(event.ends_at):
        actions.hold_event(actor=worker, event=event)
        yield event, note


def test_the_report_waits_until_no_note_is_left(worker, over):
    event, note = over
    actions.write_minutes(actor=worker, event=event, minutes=MINUTES, conclusions=CONCLUSIONS)
    with refused("还有 1 张便签"):
        actions.report_event(actor=worker, event=event)
    taking.turn(actor=worker, event=event, notes=[note])
    actions.report_event(actor=worker, event=event)
    event.refresh_from_db()
    assert event.state == "reported"
    page = Client().get(event.public_url).content.decode()
    assert "先放四张长凳" in page
    assert "13812342046" not in page
    with refused("已经收尾"):
        actions.put_up_note(actor=worker, event=event, words="晚来一步", topic=0, pin=Pin())


def test_the_paper_names_nobody_and_shows_the_photographs(worker, desk, over):
    event, _note = over
    actions.write_minutes(actor=worker, event=event, minutes=MINUTES, conclusions=CONCLUSIONS)
    photo = SimpleUploadedFile("a.jpg", written(street(), "JPEG"), "image/jpeg")
    desk.post(reverse("gatherings:photos", args=[event.pk]), {"photos": photo, "title": "大家在贴便签", "public": "on"})
    (file,) = StoredFile.objects.of(event)
    told = str(report.report_of(event))
    assert "13812342046" not in told
    assert "大家在贴便签" in told
    answer = desk.get(reverse("gatherings:report_pdf", args=[event.pk]))
    assert answer.content.startswith(b"%PDF")
    assert desk.get(reverse("gatherings:report", args=[event.pk])).status_code == 200
    assert Client().get(file.get_absolute_url()).status_code == 200


def test_minutes_that_are_there_are_opened_on_record(worker, desk, event):
    actions.write_minutes(actor=worker, event=event, minutes=MINUTES, conclusions="")
    address = reverse("gatherings:minutes", args=[event.pk])
    assert "13812342046" not in desk.get(address).content.decode()
    assert "13812342046" in desk.post(address, {"open": "1"}).content.decode()
    assert verbs_of(event)[-1] == "suggestions.open_minutes"
