"""Entering for somebody: by keyboard, one after the other, with what is here already shown first."""

import pytest

from xiuhua.programmes.suggestions.models import Suggestion

WORDS = "助餐点周末也想开，独居老人两天吃剩菜。"


@pytest.fixture
def typed() -> dict[str, str]:
    return {
        "source": "telephone",
        "words": WORDS,
        "place": "枣阳路 1 号",
        "name": "李阿姨",
        "phone": "138 1234 2046",
        "wants_reply": "on",
    }


def test_it_is_taken_in_and_the_next_one_can_follow(town, press, typed, desk):
    answer = press("new", **typed)
    row = Suggestion.objects.get()
    assert (row.source, row.phone, row.wants_reply) == ("telephone", "13812342046", True)
    assert answer.url == "/suggestions/new/?source=telephone"
    assert row.number in desk.get(answer.url).content.decode()


def test_what_is_missing_is_said_and_nothing_is_lost(town, press, typed):
    answer = press("new", **(typed | {"words": "", "phone": ""}))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有说是什么事" in told
    assert "要短信回复，还没有留手机号" in told
    assert "枣阳路 1 号" in told
    assert not Suggestion.objects.exists()


def test_what_is_here_already_is_shown_first(town, press, typed):
    press("new", **typed)
    told = press("new", **typed).content.decode()
    assert "像是已经有了" in told
    assert Suggestion.objects.count() == 1
    press("new", **(typed | {"looked": "1"}))
    assert Suggestion.objects.count() == 2


def test_who_does_not_hear_people_enters_nothing(town, staff, client_of, read, press, typed):
    from xiuhua.ground.scope.roles import Role

    leader = client_of(staff(Role.LEADER, at=town))
    assert press("new", by=leader, **typed).status_code == 403
