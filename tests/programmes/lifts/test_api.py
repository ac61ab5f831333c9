"""Lifts by the API."""

import pytest

ADDRESS = "/api/v1/lifts/dossiers"


@pytest.fixture
def ask(coordinator, client_of):
    browser = client_of(coordinator)

    def asked(method: str, address: str = "", body: object = None) -> object:
        return getattr(browser, method)(f"{ADDRESS}{address}", body, content_type="application/json")

    return asked


def test_a_program_reads_passes_a_gate_and_moves(ask, consulting):
    one = f"/{consulting.pk}"
    listed = ask("get", "?stage=consult&suitable=true&stuck_days=90").json()
    assert [row["id"] for row in listed["items"]] == [consulting.pk]
    assert ask("get", "?stage=running").json()["count"] == 0

    told = ask("get", one).json()
    assert (told["step"], told["next_move"], told["stuck_days"]) == ("consult", "design", 136)
    assert [gate["rule"] for gate in told["gates"] if gate["standing"] == "late"] == ["briefing"]
    assert len(ask("get", f"{one}/gates").json()) == 24

    refused = ask("post", f"{one}/moves", {"move": "design", "on": "2023-05-01"})
    assert refused.status_code == 422
    assert "居民说明会开过" in refused.content.decode()
    assert ask("post", f"{one}/gates/briefing/pass", {"on": "2023-03-25"}).json()["standing"] == "passed"
    assert ask("post", f"{one}/gates/briefing/take-back", {"reason": "写错"}).json()["standing"] == "late"
    assert ask("post", f"{one}/gates/briefing/waive", {"reason": "急"}).status_code == 403
    ask("post", f"{one}/gates/briefing/pass", {"on": "2023-03-25"})
    assert ask("post", f"{one}/moves", {"move": "design", "on": "2023-05-01"}).json()["state"] == "designing"
    aside = ask("post", f"{one}/set-aside", {"on": "2023-06-01", "reason": "两户出国"}).json()
    assert (aside["state"], aside["attempt"]) == ("waiting", 1)
