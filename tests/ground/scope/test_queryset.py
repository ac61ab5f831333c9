"""The one door to rows: what a place within a reader's scope asks of the database."""

from dataclasses import dataclass

from xiuhua.ground.scope.grants import Grant, Holder
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Resident

TOWN, HOUSE = "310107014", "31010701400100200003"


@dataclass(frozen=True)
class Head(Holder):
    """Somebody who sees the whole subdistrict."""

    grants: tuple[Grant, ...] = (Grant(Role.SECTION_HEAD, TOWN),)


def test_the_range_of_the_place_stands_before_the_range_of_the_reader():
    asked = str(Resident.objects.visible_to(Head()).here().under(HOUSE).query)
    assert asked.index(HOUSE) < asked.index(f">= {TOWN} ")


def test_both_ranges_are_asked():
    asked = str(Resident.objects.visible_to(Head()).under(HOUSE).query)
    assert all(f"{bound} " in f"{asked} " for bound in (f">= {HOUSE}", f"< {int(HOUSE) + 1}", f">= {TOWN}"))
