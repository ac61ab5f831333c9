"""Names of the nodes at which roles are held, for the rooms below."""

from collections.abc import Iterable

from xiuhua.ground.accounts.places import Place
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.counts import DIGITS
from xiuhua.ground.territory.models import Committee, MicroGrid, Subdistrict

LEVELS = (Subdistrict, Committee, MicroGrid)


def node_names(paths: Iterable[str]) -> dict[str, str]:
    """Full name of each subdistrict, committee or micro-grid, by its path; those not on record are left out."""
    wanted: dict[int, list[str]] = {}
    for path in paths:
        wanted.setdefault(len(path), []).append(path)
    names: dict[str, str] = {}
    for model in (Subdistrict, Committee):
        if at := wanted.get(DIGITS[model]):
            names |= dict(model.objects.filter(path__in=at).values_list("path", "name"))
    if at := wanted.get(DIGITS[MicroGrid]):
        rows = MicroGrid.objects.filter(path__in=at).values_list("path", "name", "committee__name")
        names |= {path: name if name.startswith(above) else f"{above} {name}" for path, name, above in rows}
    return names


def places_seen(seer: Seer) -> list[Place]:
    """Nodes at which a reader who keeps accounts may give roles, each committee before its micro-grids."""
    tops = seer.sees(Sight.STAFF)
    found: dict[str, str] = {}
    for top in tops:
        for model in LEVELS:
            found |= node_names(model.objects.under(top).values_list("path", flat=True))
    return [Place(path, found[path]) for path in sorted(found, key=lambda path: (committee_of(path), path))]
