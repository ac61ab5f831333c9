from dataclasses import dataclass

from xiuhua.ground.scope.grants import Grant, Holder, topmost
from xiuhua.ground.scope.roles import ADMINISTRATIONS, Role, Sight, sights_of

WEST, EAST = "310107014001", "310107014002"


@dataclass
class Person(Holder):
    grants: tuple[Grant, ...] = ()


def test_a_role_sees_its_subtree():
    worker = Person((Grant(Role.GRID_WORKER, WEST),))
    assert worker.sees(Sight.PEOPLE) == (WEST,)
    assert worker.holds(Role.GRID_WORKER, at=f"{WEST}001")
    assert not worker.holds(Role.GRID_WORKER, at=EAST)
    assert not worker.holds(Role.GRID_WORKER, at="310107014")


def test_two_roles_see_together_but_not_crosswise():
    person = Person((Grant(Role.GRID_WORKER, WEST), Grant(Role.CENTRE_STAFF, "310107014")))
    assert person.sees(Sight.PEOPLE) == (WEST,)
    assert person.sees(Sight.PLACES) == ("310107014",)


def test_nobody_sees_nothing():
    assert Person().sees(Sight.PLACES) == ()
    assert not Person().holds(*Role)


def test_only_the_topmost_paths_count():
    assert topmost([f"{WEST}001", WEST, EAST]) == (WEST, EAST)


def test_every_role_is_described():
    assert all(sights_of(role) for role in Role)


def test_administrators_open_no_files():
    assert not any(sights_of(role) & {Sight.PEOPLE, Sight.HOUSEHOLDS, Sight.OPEN_FILES} for role in ADMINISTRATIONS)
