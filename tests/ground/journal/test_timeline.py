import pytest

from ground.journal.verbs import SYSTEM, rename, settle
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.journal.timeline import timeline_of
from xiuhua.ground.scope.roles import Role


@pytest.fixture
def subdistrict(db, noon):
    return settle(actor=SYSTEM).subject


def told(thing, reader):
    return [(item.what, item.who) for item in timeline_of(thing, reader)]


def test_it_tells_what_was_done_newest_first(subdistrict, worker_of):
    rename(
        actor=System("elsewhere", behalf=worker_of(Role.LEADER, subdistrict.path).reference),
        subdistrict=subdistrict,
        name="乙",
    )
    leader = worker_of(Role.LEADER, subdistrict.path)
    assert told(subdistrict, leader) == [("改名", "系统（代李四）"), ("落地", "系统")]


def test_who_does_not_see_the_place_is_told_nothing(subdistrict, worker_of):
    assert told(subdistrict, worker_of(Role.LEADER, "310107015")) == []
    assert told(subdistrict, Visitor()) == []


def test_it_asks_a_fixed_number_of_queries(subdistrict, worker_of, django_assert_max_num_queries):
    leader = worker_of(Role.LEADER, subdistrict.path)
    for number in range(20):
        rename(actor=leader, subdistrict=subdistrict, name=f"第 {number} 名")
    with django_assert_max_num_queries(3):
        assert len(timeline_of(subdistrict, leader)) == 21
