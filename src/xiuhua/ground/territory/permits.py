"""Who may do what with the territory and its people."""

from typing import Any

from xiuhua.ground.accounts.models import Kind
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.figure_books import book_named
from xiuhua.ground.territory.models import Binding, Building, Household, Resident, Stairwell, Subdistrict

KEEPERS = (Role.GRID_WORKER, Role.COMMITTEE_HEAD, Role.SECTION_HEAD)
"""Roles that keep the registers (台账) of their place."""

LISTS = {
    "committees": Sight.PLACES,
    "micro_grids": Sight.PLACES,
    "buildings": Sight.PLACES,
    "stairwells": Sight.PLACES,
    "facilities": Sight.PLACES,
    "households": Sight.HOUSEHOLDS,
    "residents": Sight.PEOPLE,
    "bindings": Sight.PEOPLE,
}
"""What one must see to take a list away."""


def may_lay_out(actor: Actor, **_: object) -> bool:
    """Only the system, on behalf of whoever runs the command line on the office's own machine."""
    return isinstance(actor, System)


def may_export(actor: Actor, *, kind: str, **_: object) -> bool:
    """Whoever sees the list; what it holds was cut to their sight."""
    return bool(actor.sees(LISTS[kind]))


def sees_at(seer: Seer, sight: Sight, path: str) -> bool:
    """Whether a kind of thing is seen at a place."""
    return any(within(path, top) for top in seer.sees(sight))


def may_open_file(actor: Actor, *, household: Household, **_: object) -> bool:
    """Whoever opens files there."""
    return sees_at(actor, Sight.OPEN_FILES, household.path)


def may_set_figure(actor: Actor, *, subdistrict: Subdistrict, key: str, **_: object) -> bool:
    """Whoever sets the figures of its book there.

    Those of safety are the security administrator's: whoever runs the system does not set its locks (GB/T 22239-2019,
    8.1.5.3).
    """
    book = book_named(key)
    return book is not None and actor.holds(*book.setters, at=subdistrict.path)


def may_judge_stairwell(actor: Actor, *, stairwell: Stairwell, **_: object) -> bool:
    """Who keeps the registers there, and the lift coordinators of the place."""
    return actor.holds(*KEEPERS, Role.LIFT_COORDINATOR, at=stairwell.path)


def may_keep_building(actor: Actor, *, building: Building, **_: object) -> bool:
    """Who keeps the registers there."""
    return actor.holds(*KEEPERS, at=building.path)


def may_keep_household(actor: Actor, *, household: Household, **_: object) -> bool:
    """Who keeps the registers there."""
    return actor.holds(*KEEPERS, at=household.path)


def may_keep_resident(actor: Actor, *, resident: Resident, **_: object) -> bool:
    """Who keeps the registers there."""
    return actor.holds(*KEEPERS, at=resident.path)


def may_ask_binding(actor: Any, **_: object) -> bool:
    """Who signed in as a resident."""
    return getattr(actor, "kind", "") == Kind.RESIDENT and bool(actor.is_active)


def may_answer_binding(actor: Actor, *, binding: Binding, **_: object) -> bool:
    """Workers of the committee in whose area the address lies."""
    return actor.holds(Role.GRID_WORKER, Role.COMMITTEE_HEAD, at=binding.path)


def may_end_binding(actor: Actor, *, binding: Binding, **_: object) -> bool:
    """Who asked it, and who keeps the registers there."""
    return actor.reference == binding.user.reference or actor.holds(*KEEPERS, at=binding.path)
