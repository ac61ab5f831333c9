"""Names of the nodes at which roles are held, for the rooms below."""

from collections.abc import Iterable
from typing import Any

from xiuhua.ground.accounts.places import Place
from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import committee_of, subdistrict_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.counts import DIGITS
from xiuhua.ground.territory.models import Committee, MicroGrid, Subdistrict

LEVELS = (Subdistrict, Committee, MicroGrid)
MANY = 20
"""So many names are worth keeping."""


def node_names(paths: Iterable[str]) -> dict[str, str]:
    """Full name of each subdistrict, committee or micro-grid, by its path; those not on record are left out."""
    wanted = set(paths)
    deeper = {subdistrict_of(path) for path in wanted if len(path) > DIGITS[Subdistrict]}
    names: dict[str, str] = {}
    for top in deeper:
        names |= _names_in(top)
    if tops := {path for path in wanted - deeper if len(path) == DIGITS[Subdistrict]}:
        names |= Subdistrict.objects.filter(path__in=tops).values_list("path", "name")
    return {path: names[path] for path in wanted if path in names}


def places_of_sessions(seer: Seer) -> list[tuple[str, str]]:
    """Subdistricts and committees at which a reader holds sessions (预约场次), by path and name; their micro-grid, if
    that is all they look after.
    """
    tops = seer.sees(Sight.BOOKINGS)
    models: tuple[Any, ...] = (
        Subdistrict,
        Committee,
        *([MicroGrid] if any(len(top) > DIGITS[Committee] for top in tops) else []),
    )
    paths = [
        path for top in tops for model in models for path in model.objects.under(top).values_list("path", flat=True)
    ]
    found = node_names(paths)
    return [(path, found[path]) for path in sorted(found)]


def _names_in(top: str) -> dict[str, str]:
    """Names of a subdistrict, its committees and micro-grids, kept until something is put on record there."""

    def read() -> dict[str, str]:
        names = dict(Subdistrict.objects.filter(path=top).values_list("path", "name"))
        names |= Committee.objects.under(top).values_list("path", "name")
        rows = MicroGrid.objects.under(top).values_list("path", "name", "committee__name")
        return names | {path: name if name.startswith(above) else f"{above} {name}" for path, name, above in rows}

    return until_recorded(("names", top), [top], read, worth=lambda names: len(names) >= MANY)


def places_seen(seer: Seer) -> list[Place]:
    """Nodes at which a reader who keeps accounts may give roles, each committee before its micro-grids."""
    tops = seer.sees(Sight.STAFF)
    found: dict[str, str] = {}
    for top in tops:
        for model in LEVELS:
            found |= node_names(model.objects.under(top).values_list("path", flat=True))
    return [Place(path, found[path]) for path in sorted(found, key=lambda path: (committee_of(path), path))]
