import asyncio
import json

import pytest

from ground.journal.verbs import SYSTEM, rename, settle
from xiuhua.ground.journal import feed
from xiuhua.ground.scope.roles import Role


@pytest.fixture
def subdistrict(db):
    return settle(actor=SYSTEM).subject


def asked(browser, **query):
    return browser.get("/feed/", query, headers={"Accept": "application/json"})


def test_it_lists_what_happened_since(subdistrict, worker_of, client_of):
    browser = client_of(worker_of(Role.LEADER, subdistrict.path))
    last = asked(browser).json()["last"]
    rename(actor=SYSTEM, subdistrict=subdistrict, name="乙")
    answer = asked(browser, since=last).json()
    assert [entry["verb"] for entry in answer["entries"]] == ["test.rename"]
    assert asked(browser, since=answer["last"]).json() == {"last": answer["last"], "entries": []}


def test_it_says_no_more_than_the_reader_may_know(subdistrict, worker_of, client_of):
    rename(actor=SYSTEM, subdistrict=subdistrict, name="乙")
    committee = client_of(worker_of(Role.GRID_WORKER, f"{subdistrict.path}001"))
    assert asked(committee, since=0).json()["entries"] == []


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert asked(client).status_code == 401


def test_a_stream_is_not_packed_so_that_each_event_comes_at_once(subdistrict, worker_of, client_of):
    browser = client_of(worker_of(Role.LEADER, subdistrict.path))
    answer = browser.get("/feed/", headers={"Accept": "text/event-stream", "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "identity"


@pytest.mark.parametrize("since", ["x", "-1", "9" * 30, "\x00"])
def test_an_odd_number_is_taken_for_none(subdistrict, worker_of, client_of, since):
    assert asked(client_of(worker_of(Role.LEADER, subdistrict.path)), since=since).status_code == 200


def test_a_stream_tells_each_act_once_and_ends_with_the_session(committed_db, worker_of, client_of, monkeypatch):
    monkeypatch.setattr(feed, "SECONDS_BETWEEN_LOOKS", 0.01)
    subdistrict = settle(actor=SYSTEM).subject
    leader = worker_of(Role.LEADER, subdistrict.path)
    browser = client_of(leader)
    stream = feed._Stream(leader.reference, browser.session.session_key, None)
    told = []
    for look in range(4):
        if look == 1:
            rename(actor=SYSTEM, subdistrict=subdistrict, name="乙")
        if look == 3:
            browser.session.flush()
        told.append(stream._look())
    assert [[entry["verb"] for entry in one] if one is not None else None for one in told] == [
        [],
        ["test.rename"],
        [],
        None,
    ]


def test_a_stream_is_server_sent_events(subdistrict, worker_of, client_of, monkeypatch):
    stream = feed._Stream("user:0", "", None)

    async def first_three():
        return [piece async for piece in stream.events()]

    monkeypatch.setattr(stream, "_look", iter([[{"id": 7, "verb": "a.b"}], None]).__next__)
    monkeypatch.setattr(feed, "SECONDS_BETWEEN_LOOKS", 0)
    pieces = asyncio.run(first_three())
    assert pieces[0] == "retry: 0\n\n"
    assert json.loads(pieces[1].split("data: ")[1]) == {"id": 7, "verb": "a.b"}
    assert pieces[-1] == "event: closed\ndata: {}\n\n"
