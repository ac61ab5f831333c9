"""The project list by the API."""

import pytest

from xiuhua.programmes.projects.models import Project

ADDRESS = "/api/v1/projects"


@pytest.fixture
def ask(planner, client_of):
    browser = client_of(planner)

    def asked(method: str, address: str, body: object = None) -> object:
        return getattr(browser, method)(f"{ADDRESS}{address}", body, content_type="application/json")

    return asked


def said(facts, **changes: object) -> dict[str, object]:
    told = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    return {**told, "owner_committee": facts.owner_committee or None, **changes}


def test_a_program_proposes_reads_and_changes(ask, town, facts):
    made = ask("post", "", said(facts()))
    assert made.status_code == 201
    told = made.json()
    assert (told["number"], told["state"], told["budget_fen"]) == ("2023-001", "proposed", 12_800_000)
    assert ask("put", f"/{told['id']}", said(facts(budget_fen=5))).json()["budget_fen"] == 5
    assert ask("get", f"/{told['id']}").json()["summary"] == facts().summary
    listed = ask("get", "?state=proposed&action=slow").json()
    assert [one["id"] for one in listed["items"]] == [told["id"]]
    assert ask("get", "?state=done").json()["count"] == 0


def test_every_verb_is_there(ask, milestone, client_of, head):
    project = milestone.project
    assert ask("post", f"/{project.pk}/start", {"on": "2023-06-01"}).json()["state"] == "under_way"
    moved = ask("post", f"/milestones/{milestone.pk}/move", {"due_on": "2023-08-02", "reason": "提前"}).json()
    assert (moved["due_on"], moved["first_due_on"]) == ("2023-08-02", "2023-08-31")
    added = ask("post", f"/{project.pk}/milestones", {"title": "验收", "due_on": "2023-08-03"})
    assert added.status_code == 201
    for number in (milestone.pk, added.json()["id"]):
        assert ask("post", f"/milestones/{number}/reach", {"on": "2023-08-02"}).json()["done_on"] == "2023-08-02"
    finished = ask("post", f"/{project.pk}/finish", {"on": "2023-08-03"}).json()
    assert (finished["state"], finished["milestones"], finished["milestones_reached"]) == ("done", 2, 2)
    other = client_of(head)
    address = f"{ADDRESS}/{project.pk}"
    assert other.post(f"{address}/publish", content_type="application/json").json()["public"] is True
    assert (
        other.post(f"{address}/unpublish", {"reason": "改"}, content_type="application/json").json()["public"] is False
    )


def test_refusals_come_with_field_and_mend(ask, approved, town, facts):
    answer = ask("post", "", said(facts(action="heroic")))
    assert answer.status_code == 422
    assert "没有这项行动" in answer.content.decode()
    assert ask("post", f"/{approved.pk}/approve").status_code == 403
    assert ask("post", f"/{approved.pk}/stop", {"reason": " "}).status_code == 422
    assert Project.objects.get(pk=approved.pk).state == "approved"
