"""Results that hold until something more is put on record."""

import pytest

from ground.journal.verbs import SYSTEM, rename, settle
from xiuhua.ground.journal import unchanged

HERE, THERE = "310107014", "310107015"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(unchanged, "_kept", unchanged.OrderedDict())


@pytest.fixture
def works():
    """A piece of work, and how often it was done."""
    done = []

    def work() -> int:
        done.append(1)
        return len(done)

    work.done = done
    return work


def kept(work, *, at=(HERE,), key="people", worth=True) -> int:
    return unchanged.until_recorded(key, at, work, worth=lambda _found: worth)


def test_it_is_worked_out_once_while_nothing_is_recorded(db, works):
    settle(actor=SYSTEM, path=HERE)
    assert [kept(works), kept(works)] == [1, 1]


def test_an_entry_of_the_place_makes_it_anew(db, works):
    here = settle(actor=SYSTEM, path=HERE).subject
    kept(works)
    rename(actor=SYSTEM, subdistrict=here, name="新名")
    assert kept(works) == 2


def test_an_entry_of_another_subdistrict_does_not(db, works):
    settle(actor=SYSTEM, path=HERE)
    there = settle(actor=SYSTEM, path=THERE).subject
    kept(works, at=(f"{HERE}001",))
    rename(actor=SYSTEM, subdistrict=there, name="新名")
    assert kept(works, at=(f"{HERE}001",)) == 1


def test_whoever_sees_everything_waits_for_every_chain(db, works):
    settle(actor=SYSTEM, path=HERE)
    kept(works, at=("",))
    settle(actor=SYSTEM, path=THERE)
    assert kept(works, at=("",)) == 2


def test_what_is_recorded_during_the_work_makes_it_anew(db, works):
    here = settle(actor=SYSTEM, path=HERE).subject

    def slow() -> int:
        rename(actor=SYSTEM, subdistrict=here, name=f"{works()}")
        return len(works.done)

    assert [kept(slow), kept(slow)] == [1, 2]


def test_what_is_not_worth_it_and_another_key_are_worked_out_anew(db, works):
    settle(actor=SYSTEM, path=HERE)
    assert [kept(works, worth=False), kept(works), kept(works, key="homes")] == [1, 2, 3]


def test_the_oldest_are_let_go(db, works, monkeypatch):
    monkeypatch.setattr(unchanged, "MOST", 2)
    for key in ("a", "b", "a", "c"):
        kept(works, key=key)
    assert len(works.done) == 3
    assert kept(works, key="a") == 1
    assert kept(works, key="b") == 4


def test_within_a_request_a_head_is_looked_at_once(db, works, django_assert_num_queries):
    here = settle(actor=SYSTEM, path=HERE).subject
    unchanged.look_once(True)
    try:
        with django_assert_num_queries(1):
            assert [kept(works), kept(works), kept(works, key="homes")] == [1, 1, 2]
        rename(actor=SYSTEM, subdistrict=here, name="新名")
        assert kept(works) == 3
    finally:
        unchanged.look_once(False)
