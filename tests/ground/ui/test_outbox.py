"""What phones wrote comes in sealed, once, from whoever wrote it; what is refused says why."""

import json
from datetime import timedelta

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.dateparse import parse_datetime

from xiuhua.ground.clock import now
from xiuhua.ground.journal.answers import current_key
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sealing.letters import framed, public_key, sealed_to
from xiuhua.ground.ui import outbox
from xiuhua.ground.verdicts import Reason, Refused

pytestmark = pytest.mark.django_db
KIND, KEY = "test.note", "note-12345678"


class NoteForm(forms.Form):
    words = forms.CharField(label="什么事")
    photos = forms.FileField(required=False)


@pytest.fixture
def taken(monkeypatch):
    """What the handler of letters was given, one after another."""
    came = []

    def take(request, data, files):
        form = NoteForm(data, files)
        if not form.is_valid():
            raise outbox.refused_by(form)
        came.append(
            {
                "words": form.cleaned_data["words"],
                "photos": [(one.name, one.content_type, one.read()) for one in files.getlist("photos")],
                "actor": request.actor.reference,
                "key": current_key(),
                "written_at": outbox.written_at(request),
            }
        )
        raise_for(form.cleaned_data["words"])
        return outbox.Taken("收到了", url="/phone/", said="谢谢您")

    monkeypatch.setitem(outbox._handlers, KIND, take)
    return came


def raise_for(words: str) -> None:
    match words:
        case "不收":
            raise Refused(Reason("今天不收", field="words", mend="请明天再来"))
        case "改过":
            raise outbox.Conflict(Reason("别人刚改过"), there={"状态": "已经在修"})
        case "不许":
            raise PermissionDenied


def letter(*contents, words="坡道被单车挡住", owner="", key=KEY, kind=KIND, **head):
    told = [{"field": "photos", "name": "坡道.jpg", "type": "image/jpeg", "size": len(one)} for one in contents]
    inside = {"v": 1, "kind": kind, "owner": owner, "key": key, "fields": {"words": [words]}, "files": told, **head}
    return sealed_to(public_key(), framed(inside, *contents))


def post(client, sealed, key=KEY, kind=KIND, **headers):
    return client.post(
        f"/outbox/{kind}/", sealed, "application/octet-stream", headers={"Idempotency-Key": key, **headers}
    )


def test_letter_is_opened_and_done(taken):
    response = post(Client(), letter(b"\xff\xd8picture"))
    assert (response.status_code, response.json()) == (200, {"title": "收到了", "url": "/phone/", "said": "谢谢您"})
    assert taken == [
        {
            "words": "坡道被单车挡住",
            "photos": [("坡道.jpg", "image/jpeg", b"\xff\xd8picture")],
            "actor": "visitor",
            "key": KEY,
            "written_at": None,
        }
    ]


def test_box_tells_what_a_phone_needs(worker_of, client_of):
    someone = worker_of(Role.GRID_WORKER, "310107014001")
    told = client_of(someone).get("/outbox/").json()
    assert (told["owner"], told["key"]) == (someone.reference, public_key().written)
    assert abs(parse_datetime(told["now"]) - now()) < timedelta(minutes=1)
    assert told["csrf"]
    assert Client().get("/outbox/").json()["owner"] == ""


def test_post_without_the_boxs_token_is_turned_away(taken):
    careful = Client(enforce_csrf_checks=True)
    assert post(careful, letter()).status_code == 403
    token = careful.get("/outbox/").json()["csrf"]
    assert post(careful, letter(), **{"X-CSRFToken": token}).status_code == 200
    assert len(taken) == 1


def test_letter_is_sent_only_by_whom_it_is_from(taken, worker_of, client_of):
    writer, another = (worker_of(Role.GRID_WORKER, "310107014001") for _ in range(2))
    sealed = letter(owner=writer.reference)
    assert post(client_of(another), sealed).status_code == 403
    assert post(Client(), sealed).status_code == 401
    assert post(client_of(writer), sealed).status_code == 200
    assert [one["actor"] for one in taken] == [writer.reference]


def test_visitors_letter_stays_a_visitors_whoever_is_signed_in_by_then(taken, worker_of, client_of):
    assert post(client_of(worker_of(Role.GRID_WORKER, "310107014001")), letter()).status_code == 200
    assert taken[0]["actor"] == "visitor"


def test_who_owes_the_door_something_is_led_there_first(taken, worker_of, client_of, monkeypatch):
    someone = worker_of(Role.GRID_WORKER, "310107014001")
    monkeypatch.setattr(outbox._told, "owed", lambda _request: True)
    assert post(client_of(someone), letter(owner=someone.reference)).status_code == 401
    assert taken == []


def test_refused_letter_says_why_at_its_field_and_gives_back_what_it_said(taken):
    response = post(Client(), letter(words="不收"))
    assert response.status_code == 422
    assert response.json()["reasons"] == [{"text": "今天不收", "field": "words", "mend": "请明天再来"}]
    assert response.json()["fields"] == {"words": ["不收"]}
    empty = post(Client(), letter(words=""))
    assert empty.json()["reasons"] == [{"text": "还没有填。", "field": "words", "mend": None}]


def test_conflict_tells_what_is_there_now(taken):
    response = post(Client(), letter(words="改过"))
    assert (response.status_code, response.json()["there"]) == (409, {"状态": "已经在修"})


def test_who_may_not_is_asked_to_sign_in(taken, worker_of, client_of):
    someone = worker_of(Role.GRID_WORKER, "310107014001")
    assert post(Client(), letter(words="不许")).status_code == 401
    assert post(client_of(someone), letter(words="不许", owner=someone.reference)).status_code == 403


@pytest.mark.parametrize(
    ("sealed", "key"),
    [
        (b"", KEY),
        (b"XHL1" + bytes(200), KEY),
        (b"not a letter", KEY),
        (lambda: letter(kind="test.other"), KEY),
        (lambda: letter(key="another-12345678"), KEY),
        (letter, "another-12345678"),
        (lambda: letter()[:-1], KEY),
    ],
)
def test_what_is_no_letter_or_another_is_refused(taken, sealed, key):
    response = post(Client(), sealed() if callable(sealed) else sealed, key)
    assert response.status_code == 422
    assert json.loads(response.content)["reasons"]
    assert taken == []


def test_letter_that_is_too_large_is_refused(taken, monkeypatch):
    monkeypatch.setattr(outbox, "LARGEST", 1000)
    response = post(Client(), letter(bytes(2000)))
    assert response.status_code == 413
    assert "照片" in response.json()["reasons"][0]["mend"]


def test_kind_that_nobody_takes_is_not_found():
    assert post(Client(), letter(kind="no.such"), kind="no.such").status_code == 404


def test_fields_of_any_shape_do_no_harm(taken):
    assert post(Client(), letter(fields="not a table")).status_code == 422
    assert post(Client(), letter(fields={"words": ["a", 7, None], "more": "x"})).status_code == 200


def test_when_it_was_written_is_told_by_our_clock(taken):
    wrong = timedelta(days=-3000)
    at, phone_now = now() - timedelta(hours=2) + wrong, now() + wrong
    post(Client(), letter(written_at=at.isoformat()), **{"X-Phone-Now": phone_now.isoformat()})
    assert abs(taken[0]["written_at"] - (now() - timedelta(hours=2))) < timedelta(minutes=1)
    for nonsense in ("yesterday", "2023-13-45T00:00:00Z", "2023-08-03T09:00:00", 7, None):
        post(Client(), letter(written_at=nonsense))
    assert [one["written_at"] for one in taken[1:]] == [None] * 5


def test_a_kind_is_taken_once(taken):
    with pytest.raises(ValueError, match="twice"):
        outbox.register(KIND, lambda *_: outbox.Taken(""))
