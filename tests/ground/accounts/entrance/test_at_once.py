"""Requests that come at the same moment are counted one after another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from xiuhua.ground.accounts.actions import send_code
from xiuhua.ground.accounts.actions.residents import resident_of
from xiuhua.ground.accounts.entrance.credentials import person_with_password
from xiuhua.ground.accounts.models import Kind, PhoneCode, User
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.verdicts import Refused

PLACE = "310107014"


def at_once(act: Callable[[], Any], times: int) -> list[str]:
    """What each was refused with; an empty text where it was not."""

    def one(_number: int) -> str:
        try:
            act()
        except Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_telephone_gets_one_code_however_many_ask_for_it(committed_db):
    said = at_once(lambda: send_code(actor=Visitor(), phone="13800000000", address="203.0.113.7"), 4)
    assert sorted("刚刚发过一条短信" in words for words in said) == [False, True, True, True]
    assert PhoneCode.objects.count() == 1


def test_resident_has_one_account_however_many_browsers_they_come_in_by(committed_db):
    assert not any(at_once(lambda: resident_of("13800000000"), 4))
    assert User.objects.filter(kind=Kind.RESIDENT).count() == 1


def test_no_more_guesses_are_looked_at_than_there_are_tries(committed_db, worker_of):
    worker = worker_of(Role.LEADER, PLACE)
    said = at_once(lambda: person_with_password(worker.username, "wrong"), 8)
    assert all(said)
    looked_at = Entry.objects.filter(verb="accounts.sign_in", facts={"why": "password"})
    assert looked_at.count() == 5
