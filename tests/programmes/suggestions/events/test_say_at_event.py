"""The hall sends in for itself: by the code on the wall, while the event runs."""

from datetime import timedelta

import pytest
from django.test import Client

from programmes.suggestions.conftest import NOON
from xiuhua.ground import clock
from xiuhua.ground.standards import on
from xiuhua.programmes.suggestions.models import Suggestion

SAID = {"words": "公园里长凳太少，建议多放几张。"}


@pytest.fixture
def phone(event):
    return Client()


def test_what_is_sent_by_its_code_comes_from_the_event(phone, event):
    page = phone.get("/say/", {"event": event.code}).content.decode()
    assert event.title in page
    assert f'value="{event.code}"' in page
    phone.post("/say/", SAID | {"event": event.code})
    assert Suggestion.objects.values_list("source", "event").get() == ("workshop", event.pk)


def test_the_hall_shares_one_address_and_nobody_is_turned_away(phone, event):
    most = int(on(NOON.date()).suggestions.intake.address_hour.number)
    for number in range(most + 1):
        answer = phone.post("/say/", {"words": f"第 {number} 张长凳", "event": event.code})
        assert answer.status_code == 302
    assert phone.post("/say/", SAID).status_code == 302, "what the hall sends does not count against who sits in it"


def test_afterwards_and_with_a_wrong_code_it_is_a_phone_like_any_other(phone, event):
    phone.post("/say/", SAID | {"event": "nosuchcode"})
    with clock.stopped_at(event.ends_at + timedelta(minutes=1)):
        phone.post("/say/", SAID | {"event": event.code})
        assert event.title not in phone.get("/say/", {"event": event.code}).content.decode()
    assert set(Suggestion.objects.values_list("source", "event")) == {("phone", None)}
