"""The pages on which the office lets programs in."""

import pytest
from django.urls import reverse

from xiuhua.programmes.suggestions.models import SendingApp


@pytest.fixture
def office(head, client_of):
    return client_of(head)


def test_a_key_is_handed_out_and_shown_this_once(office):
    page = office.post(reverse("open311_apps:new"), {"name": "随手拍", "contact": "区城运中心"}).content.decode()
    app = SendingApp.objects.get()
    assert "xiuhua311-" in page
    listed = office.get(reverse("open311_apps:list")).content.decode()
    assert app.name in listed
    assert "xiuhua311-" not in listed


def test_a_key_is_ended_after_a_question(office, app):
    page = office.get(app.get_absolute_url()).content.decode()
    assert "从此送不进来" in page
    office.post(app.get_absolute_url())
    app.refresh_from_db()
    assert app.ended_at is not None
    assert "已停用" in office.get(reverse("open311_apps:list")).content.decode()


def test_others_hand_out_none(worker, client_of):
    assert client_of(worker).get(reverse("open311_apps:list")).status_code == 403
