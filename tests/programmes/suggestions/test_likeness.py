"""像是同一件: by words, place and time, within what somebody may see."""

from datetime import timedelta

import pytest

from programmes.suggestions.conftest import NOON, VISITOR
from xiuhua.ground import clock
from xiuhua.programmes.suggestions import intake, likeness
from xiuhua.programmes.suggestions.heard import Heard

HERE = {"lon": 121.4045, "lat": 31.23}


@pytest.fixture(autouse=True)
def _nothing_read():
    likeness.forget()
    yield
    likeness.forget()


@pytest.fixture
def hear(town):
    def take(words, **said):
        return intake.take_in(actor=VISITOR, subdistrict=town, heard=Heard(words=words, **HERE | said))

    return take


def test_one_matter_in_other_words_at_one_place(hear, head):
    with clock.stopped_at(NOON - timedelta(days=12)):
        first = hear("枣阳路口的坡道被共享单车挡住了，推车过不去。")
    hear("希望社区多办几场读书会。")
    found = likeness.alike_to(hear("枣阳路口坡道天天被共享单车占满，轮椅上不去。"), head)
    assert [one.other for one in found] == [first]
    assert found[0].score > 0.6
    assert "两周之内" in found[0].reasons


def test_what_comes_later_is_found_too(hear, head):
    words = "枣阳路口的坡道被共享单车挡住了，推车过不去。"
    suggestion = hear(words)
    assert likeness.alike_to(suggestion, head) == []
    other = hear(words)
    assert [one.other for one in likeness.alike_to(suggestion, head)] == [other]


def test_nobody_is_shown_what_they_may_not_see(hear, stranger):
    words = "枣阳路口的坡道被共享单车挡住了，推车过不去。"
    hear(words)
    assert likeness.alike_to(hear(words), stranger) == []


def test_what_was_merged_is_not_proposed_again(hear, head):
    from xiuhua.programmes.suggestions import actions

    words = "枣阳路口的坡道被共享单车挡住了，推车过不去。"
    main, other = hear(words), hear(words)
    actions.merge(actor=head, suggestion=other, into=main)
    assert likeness.alike_to(main, head) == []
