"""Putting it on the public board, by two people, without personal data."""

import pytest
from django.test import Client

from expectations import by_hand, forbidden, refused
from ground.files.pictures import street, written
from xiuhua.ground.files import keeping as files
from xiuhua.ground.files.taking import take_in
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Suggestion

WORDS = {"title": "坡口被共享单车占满", "words": "路口三个坡口每天早上都被占满。", "answer": "已经画好禁停线。"}


@pytest.fixture
def drafted(answered, head):
    return actions.draft_publication(actor=head, suggestion=answered, **WORDS).subject


def test_another_person_publishes_it(drafted, colleague):
    actions.publish(actor=colleague, suggestion=drafted)
    assert list(Suggestion.objects.published()) == [drafted]


def test_whoever_wrote_it_does_not(drafted, head):
    with refused("自己写的要请另一位同事核对"):
        actions.publish(actor=head, suggestion=drafted)


def test_what_nobody_wrote_is_not_published(answered, colleague):
    with refused("还没有写好要公开的内容"):
        actions.publish(actor=colleague, suggestion=answered)


@pytest.mark.parametrize("words", ["我叫王秀英，推着母亲", "请打 13812342046 找我", "中江路88弄12号301室漏水"])
def test_personal_data_are_not_drafted(answered, head, words):
    with refused("像是个人信息"):
        actions.draft_publication(actor=head, suggestion=answered, **WORDS | {"words": words})


def test_a_claim_is_nobody_elses_business(say, head):
    with refused("个人诉求不公开"):
        actions.draft_publication(actor=head, suggestion=say(nature="claim"), **WORDS)


def test_it_is_taken_off_with_a_reason(drafted, colleague):
    actions.publish(actor=colleague, suggestion=drafted)
    with refused("还没有写原因"):
        actions.unpublish(actor=colleague, suggestion=drafted, reason="")
    actions.unpublish(actor=colleague, suggestion=drafted, reason="本人要求撤下")
    assert not Suggestion.objects.published().exists()


def test_what_was_found_to_be_a_claim_since_is_not_published(drafted, colleague):
    with by_hand():
        Suggestion.objects.filter(pk=drafted.pk).update(nature="claim")
    with refused("个人诉求不公开"):
        actions.publish(actor=colleague, suggestion=drafted)


def test_only_the_photographs_that_were_chosen_last_are_everybodys(drafted, head, colleague):
    with by_hand():
        one, other = (files.keep(take_in(written(street(64, 48), "JPEG")), subject=drafted) for _ in range(2))

    def seen():
        return [Client().get(file.get_absolute_url()).status_code for file in (one, other)]

    actions.publish(actor=colleague, suggestion=drafted, photos=[str(one.pk)])
    assert seen() == [200, 404]
    actions.draft_publication(actor=head, suggestion=drafted, **WORDS)
    assert seen() == [404, 404]
    actions.publish(actor=colleague, suggestion=drafted, photos=[str(other.pk)])
    assert seen() == [404, 200]


def test_another_committee_publishes_nothing(drafted, stranger):
    with forbidden():
        actions.publish(actor=stranger, suggestion=drafted)
