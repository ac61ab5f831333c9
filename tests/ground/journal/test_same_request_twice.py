from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from expectations import refused
from ground.journal.verbs import SYSTEM, rename, settle
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry


def test_the_same_request_is_answered_again_and_done_once(db):
    with idempotency_key("a1"):
        first = settle(actor=SYSTEM)
        again = settle(actor=SYSTEM)
    assert again.subject == first.subject
    assert Entry.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(db):
    with idempotency_key("a1"):
        settle(actor=SYSTEM)
        with refused("这张表已经交过一次"):
            settle(actor=SYSTEM, name="别的街道")


def test_another_person_may_have_the_same_key(db):
    subdistrict = settle(actor=SYSTEM).subject
    with idempotency_key("a1"):
        rename(actor=SYSTEM, subdistrict=subdistrict, name="甲")
        rename(actor=System("other"), subdistrict=subdistrict, name="乙")
    subdistrict.refresh_from_db()
    assert subdistrict.name == "乙"


def test_without_a_key_every_call_is_an_act(db):
    subdistrict = settle(actor=SYSTEM).subject
    for _time in range(2):
        rename(actor=SYSTEM, subdistrict=subdistrict, name="甲")
    assert Entry.objects.filter(verb="test.rename").count() == 2


def test_what_was_refused_may_be_tried_again_under_its_key(db):
    subdistrict = settle(actor=SYSTEM).subject
    with idempotency_key("a1"):
        with refused("名称空着"):
            rename(actor=SYSTEM, subdistrict=subdistrict, name="")
        rename(actor=SYSTEM, subdistrict=subdistrict, name="甲")
    subdistrict.refresh_from_db()
    assert subdistrict.name == "甲"


@pytest.mark.parametrize("key", ["", "with blank", "中文", "x" * 81])
def test_a_key_that_is_none_is_refused(key):
    with refused("请求编号不对"), idempotency_key(key):
        pass


def test_two_at_once_are_one_act(committed_db):
    subdistrict = settle(actor=SYSTEM).subject

    def send(_number):
        try:
            with idempotency_key("a1"):
                return rename(actor=SYSTEM, subdistrict=subdistrict, name="甲").subject.pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))
    assert answers == {subdistrict.pk}
    assert Entry.objects.filter(verb="test.rename").count() == 1
