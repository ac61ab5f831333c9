"""What the document says is what the API does: schemathesis asks every operation, with sense and with nonsense."""

import json
from collections.abc import Callable

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from permissions.keeping import left_connected, rolled_back
from permissions.town import Town, token_of, worker
from xiuhua.doors.api.interface import api
from xiuhua.doors.api.pace import BAD_TOKENS, REQUESTS
from xiuhua.ground.scope.roles import Role

pytestmark = pytest.mark.database

EXAMPLES = 5
"""How often each operation is asked by each reader, beside the cases that the library lays out itself."""


@pytest.fixture(scope="module")
def headers_of(town: Town) -> Callable[[Role | None, str], dict[str, str]]:
    def made(role: Role | None, path: str) -> dict[str, str]:
        if role is None:
            return {}
        secret = f"xiuhua-{role}"
        token_of(worker(role, path), secret)
        return {"Authorization": f"Bearer {secret}"}

    return made


@pytest.fixture(scope="module")
def section_head(headers_of, town):
    return headers_of(Role.SECTION_HEAD, town.own.path[:9])


@pytest.fixture(scope="module")
def grid_worker(headers_of, town):
    return headers_of(Role.GRID_WORKER, town.own.path)


REFUSING = ["2xx", "401", "403", "404", "422"]
"""Answers to a request that is well formed: it is done, or not for this reader, or the rules refuse."""


def document(*, every_case: bool) -> schemathesis.BaseSchema:
    """The document, with what is tried: all that the library lays out, or only what chance brings."""
    config = schemathesis.Config()
    project = config.projects.default
    project.checks.positive_data_acceptance.expected_statuses = REFUSING
    project.phases.coverage.enabled = every_case
    project.phases.coverage.unexpected_methods = {"put"}
    found = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)), config=config)
    found.app = get_wsgi_application()
    return found


schema, by_chance = document(every_case=True), document(every_case=False)
bounded = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


def ask(case: schemathesis.Case, headers: dict[str, str]) -> None:
    for pace in (REQUESTS, BAD_TOKENS):
        pace.forget()
    with rolled_back(), left_connected():
        case.call_and_validate(headers={**headers, "Accept-Encoding": "identity"})


@schema.parametrize()
@bounded
def test_a_section_head_is_answered_as_the_document_says(case, section_head):
    ask(case, section_head)


@by_chance.parametrize()
@bounded
def test_a_grid_worker_is_answered_as_the_document_says(case, grid_worker):
    ask(case, grid_worker)


@by_chance.parametrize()
@bounded
def test_a_visitor_is_answered_as_the_document_says(case, town):
    ask(case, {})
