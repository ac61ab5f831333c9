"""One thing of the territory for a page about it: with what lies above it, as far as the reader may see."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.accounts.models import RoleGrant
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.models import (
    Building,
    Committee,
    Facility,
    Household,
    MicroGrid,
    Node,
    Resident,
    Stairwell,
    Subdistrict,
)
from xiuhua.ground.territory.names import building_name, committee_name
from xiuhua.ground.territory.permits import KEEPERS
from xiuhua.ground.words import gettext as _

Thing = TypeVar("Thing", bound=Node | Facility)

_PARENT: dict[type[Any], str] = {
    Committee: "subdistrict",
    MicroGrid: "committee",
    Building: "committee",
    Facility: "subdistrict",
    Stairwell: "building",
    Household: "stairwell",
    Resident: "household",
}
"""Name of the column that says what a thing belongs to."""
_ABOVE: dict[type[Any], tuple[str, ...]] = {
    Subdistrict: (),
    Committee: ("subdistrict",),
    MicroGrid: ("committee__subdistrict",),
    Building: ("micro_grid", "committee__subdistrict"),
    Facility: ("building", "subdistrict"),
    Stairwell: ("building__micro_grid", "building__committee__subdistrict"),
    Household: ("stairwell__building__micro_grid", "stairwell__building__committee__subdistrict"),
    Resident: (
        "household__stairwell__building__micro_grid",
        "household__stairwell__building__committee__subdistrict",
    ),
}
_DRAWN = {"subdistrict", "committee", "micro_grid", "building"}


def thing_or_404(request: HttpRequest, model: type[Thing], pk: int) -> Thing:
    """One row and what lies above it, in one query; the frame around the page then speaks of its subdistrict.

    Raises
    ------
    Http404
        There is none, or none for this reader.
    """
    rows = model._default_manager.select_related(*_ABOVE[model]).defer(*_outlines(_ABOVE[model]))
    thing: Thing = get_visible_or_404(rows, actor_of(request), pk=pk)
    request.subdistrict = subdistrict_above(thing)  # type: ignore[attr-defined]
    return thing


def subdistrict_above(thing: Any) -> Subdistrict:
    """The subdistrict in which a thing of `thing_or_404` lies."""
    here = thing
    while not isinstance(here, Subdistrict):
        here = _parent(here)
    return here


def crumbs_to(thing: Any) -> list[tuple[str, str]]:
    """The way to a thing, from the subdistrict down; the thing itself left out."""
    found: list[tuple[str, str]] = []
    here = thing
    while not isinstance(here, Subdistrict):
        if isinstance(here, Building) and here.micro_grid is not None:
            found.append((here.micro_grid.name, here.micro_grid.get_absolute_url()))
        here = _parent(here)
        found.append((_called(here), here.get_absolute_url()))
    return found[::-1]


def keepers_of(path: str) -> list[str]:
    """Who keeps the registers of a place: names with roles; those who hold it above are not repeated here."""
    rows = RoleGrant.objects.filter(path=path, role__in=KEEPERS, ended_at__isnull=True, user__is_active=True)
    return [
        _("%(name)s（%(role)s）") % {"name": row.user.name, "role": Role(row.role).label}
        for row in rows.select_related("user").order_by("role", "given_at")
    ]


def list_below(name: str, path: str) -> str:
    """Address of a list, cut to one committee."""
    return f"{reverse(f'territory:{name}')}?committee={path}"


def sees(request: HttpRequest, sight: Sight) -> bool:
    """Whether the reader sees a kind of thing anywhere; rows say for themselves whether here."""
    return bool(actor_of(request).sees(sight))


def _parent(thing: Any) -> Any:
    return getattr(thing, _PARENT[type(thing)])


def _outlines(above: tuple[str, ...]) -> set[str]:
    """Columns of outlines on the way up, which nobody draws."""
    found = set()
    for way in above:
        names = way.split("__")
        for place, name in enumerate(names):
            if name in _DRAWN:
                found.add("__".join([*names[: place + 1], "geometry"]))
    return found


def _called(thing: Any) -> str:
    if isinstance(thing, Building):
        return building_name(thing)
    if isinstance(thing, Committee):
        return committee_name(thing)
    return str(thing.address if isinstance(thing, Stairwell | Household) else thing.name)
