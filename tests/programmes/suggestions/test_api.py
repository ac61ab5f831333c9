"""Suggestions by the API: every verb of the office, and the board for everybody."""

import json
from typing import Any

import pytest
from django.test import Client

from expectations import verbs_of
from permissions.town import token_of
from programmes.suggestions.conftest import REPLY
from xiuhua.doors.api.pace import BAD_TOKENS, REQUESTS
from xiuhua.ground.accounts.policy import policy
from xiuhua.programmes.suggestions.models import Suggestion


class Program:
    """A program with somebody's token."""

    def __init__(self, user: Any) -> None:
        token_of(user, f"xiuhua-{user.username}")
        self.client = Client(headers={"Authorization": f"Bearer xiuhua-{user.username}"})

    def get(self, path: str = "", /, **asked: Any) -> Any:
        return self.client.get(f"/api/v1/suggestions{path}", asked)

    def send(self, path: str = "", /, **body: Any) -> Any:
        return self.client.post(f"/api/v1/suggestions{path}", json.dumps(body), content_type="application/json")


@pytest.fixture(autouse=True)
def unhurried():
    for pace in (REQUESTS, BAD_TOKENS):
        pace.forget()


@pytest.fixture
def office(head):
    return Program(head)


def test_a_list_is_cut_and_shows_nobody(office, said, say):
    say(nature="claim")
    told = office.get(nature="suggestion", category="slow_mobility", state="received").json()
    assert (told["count"], told["items"][0]["number"]) == (1, said.number)
    assert office.get(overdue=True).json()["count"] == 0
    assert "13812342046" not in str(office.get(f"/{said.pk}").json())
    assert "王秀英" not in str(office.get(f"/{said.pk}").json())


def test_what_somebody_said_is_entered(office, town):
    given = {"path": town.path, "source": "telephone", "words": "弄口路灯不亮", "phone": "62540000"}
    made = office.send(**given)
    assert made.status_code == 201
    row = Suggestion.objects.get(pk=made.json()["id"])
    assert (row.source, row.words, row.phone) == ("telephone", "弄口路灯不亮", "62540000")
    assert office.send(**given | {"words": " "}).status_code == 422
    assert office.send(**given | {"source": "rumour"}).status_code == 400


def test_it_goes_from_hand_to_hand_until_it_is_closed(office, said, project):
    one = f"/{said.pk}"
    assert office.send(f"{one}/sort", nature="suggestion", category="order").json()["category"] == "order"
    assert office.send(f"{one}/accept", section="services", is_complex=True).json()["unit"] == "services"
    assert office.send(f"{one}/transfer", section="management", reason="归管理办管").json()["unit"] == "management"
    assert office.send(f"{one}/contact", words="王女士您好，坡口的事收到了，明天来看。").status_code == 200
    told = office.send(f"{one}/answer", words=REPLY).json()
    assert (told["state"], [reply["kind"] for reply in told["replies"]]) == ("answered", ["contact", "answer"])
    adopted = office.send(f"{one}/adopt", project=project.pk, words="王女士您好，坡口放进慢行改造项目了。").json()
    assert (adopted["state"], adopted["project"]) == ("adopted", project.pk)
    assert office.send(f"{one}/close").json()["state"] == "closed"
    assert len(verbs_of(said)) >= 8


def test_merged_and_split_again(office, said, say):
    other = say()
    assert office.send(f"/{other.pk}/merge", into=said.pk).json()["merged_into"] == said.pk
    assert office.send(f"/{other.pk}/split").json()["state"] == "accepted"


def test_what_the_rules_refuse_is_said_at_its_field(office, said):
    refusal = office.send(f"/{said.pk}/close")
    assert refusal.status_code == 422
    assert refusal.json()["reasons"][0]["text"]
    assert office.send(f"/{said.pk}/accept", section="nobody").status_code == 422


def test_a_grid_worker_decides_nothing(worker, said):
    assert Program(worker).send(f"/{said.pk}/accept").status_code == 403


def test_next_door_it_is_not_there(stranger, said):
    assert Program(stranger).get(f"/{said.pk}").status_code == 404


def test_two_people_publish_and_everybody_reads(office, colleague, said):
    one = f"/{said.pk}"
    office.send(f"{one}/accept", section="services")
    office.send(f"{one}/draft", title="坡口被单车占满", words="路口坡口每天被占", answer="八月画好禁停线")
    assert office.send(f"{one}/publish").status_code == 422, "who wrote it does not check it"
    assert Program(colleague).send(f"{one}/publish").json()["public_state"] == "published"
    told = Client().get("/api/v1/suggestions/board").json()
    assert (told["count"], told["items"][0]["title"]) == (1, "坡口被单车占满")
    assert told["items"][0]["said_on"] == "2023-08-03"
    assert not any(word in str(told) for word in ("王秀英", "13812342046", "王女士"))
    assert Client().get("/api/v1/suggestions/board", {"category": "lifts"}).json()["count"] == 0


def test_visitors_are_counted_by_where_they_come_from(town):
    most = int(policy().api.minute.number)
    REQUESTS._asked.clear()
    first = Client(REMOTE_ADDR="192.0.2.1")
    for _ in range(most):
        assert first.get("/api/v1/suggestions/board").status_code == 200
    assert first.get("/api/v1/suggestions/board").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.2").get("/api/v1/suggestions/board").status_code == 200
