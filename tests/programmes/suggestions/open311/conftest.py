"""A program that was let in, and clients in both forms."""

import pytest

from programmes.suggestions.open311.georeport import GeoReport
from xiuhua.doors.api.pace import BAD_TOKENS, REQUESTS
from xiuhua.programmes.suggestions import actions as suggestions
from xiuhua.programmes.suggestions.open311 import actions


@pytest.fixture(autouse=True)
def unhurried():
    for pace in (REQUESTS, BAD_TOKENS):
        pace.forget()


@pytest.fixture
def app(town, head):
    """A program with its key as `secret`."""
    return actions.issue_key(actor=head, subdistrict=town, name="随手拍", contact="区城运中心").subject


@pytest.fixture(params=["json", "xml"])
def city(request, town):
    return GeoReport(request.param)


@pytest.fixture
def program(app):
    """The program itself, in JSON."""
    return GeoReport("json", api_key=app.secret)


@pytest.fixture
def published(said, head, colleague):
    """A suggestion on the public board."""
    suggestion = suggestions.accept(actor=head, suggestion=said).subject
    words = "路口坡口每天早上被共享单车占满，轮椅上不去。"
    suggestions.draft_publication(
        actor=head, suggestion=suggestion, title="坡口被单车占满", words=words, answer="八月十日前画好禁停线。"
    )
    return suggestions.publish(actor=colleague, suggestion=suggestion).subject
