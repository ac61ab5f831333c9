"""Pages of those who hold events, and of everybody."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from programmes.suggestions.conftest import NOON
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.events import taking
from xiuhua.programmes.suggestions.models import Event

FORM = {
    "kind": "festival",
    "title": "社区生活节",
    "starts_at": "2023-08-05T09:00",
    "ends_at": "2023-08-05T16:00",
    "place": "长风公园 2 号门",
    "topics": "吃\n住",
    "programme": "9：00 开场 | 街道 | 主舞台\n10:30 便签墙\n",
    "is_public": "on",
}


def test_a_form_makes_an_event_with_its_programme(desk, west):
    answer = desk.post("/suggestions/events/new/", FORM | {"path": west.path})
    event = Event.objects.get()
    assert answer.url == event.get_absolute_url()
    assert [(item.title, item.who, item.place) for item in event.programme.all()] == [
        ("开场", "街道", "主舞台"),
        ("便签墙", "", ""),
    ]
    assert "主舞台" in desk.get(f"{event.get_absolute_url()}edit/").content.decode()


def test_a_line_without_a_time_is_named(desk, west):
    page = desk.post("/suggestions/events/new/", FORM | {"path": west.path, "programme": "9:00 开场\n随便聊聊"})
    assert page.status_code == 422
    assert "第 2 行「随便聊聊」看不懂" in page.content.decode()


def test_everybody_reads_of_what_is_announced_alone(worker, facts):
    later = {"starts_at": NOON + timedelta(days=2), "ends_at": NOON + timedelta(days=2, hours=3)}
    event = actions.plan_event(actor=worker, facts=facts(**later)).subject
    phone = Client()
    assert phone.get(event.public_url).status_code == 404
    actions.open_registration(actor=worker, event=event, capacity=40)
    assert "我要报名" in phone.get(event.public_url).content.decode()
    assert event.title in phone.get("/events/").content.decode()
    home = phone.get("/phone/").content.decode()
    assert "周六 12:00" in home
    assert event.title in home


def test_what_waits_is_tomorrows_event_without_a_programme_and_notes(desk, worker, facts, put_up):
    tomorrow = {"starts_at": NOON + timedelta(days=1), "ends_at": NOON + timedelta(days=1, hours=3)}
    actions.plan_event(actor=worker, facts=facts(title="明天的沙龙", **tomorrow))
    put_up("长凳太少")
    page = desk.get("/waiting/").content.decode()
    assert "明天的沙龙" in page
    assert "便签还没有转成建议" in page


def test_the_next_committee_finds_nothing(event, stranger, client_of):
    for name in ("event", "wall", "report", "minutes", "notes"):
        assert client_of(stranger).get(reverse(f"gatherings:{name}", args=[event.pk])).status_code == 404


def test_a_suggestion_says_at_which_event_it_was_said(desk, worker, event, put_up):
    note = put_up("公园长凳太少，建议多放几张")
    taking.turn(actor=worker, event=event, notes=[note])
    note.refresh_from_db()
    page = desk.get("/suggestions/", {"at": note.suggestion.pk}).content.decode()
    assert f'<a href="{event.get_absolute_url()}">{event.title}</a>' in page
