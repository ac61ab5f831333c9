"""Which office a page for everybody belongs to."""

from django.http import HttpRequest

from xiuhua.ground.scope.paths import subdistrict_of
from xiuhua.ground.territory import queries
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions.models import Spot

FIELD = "office"


def offices() -> list[Subdistrict]:
    """All subdistricts here, by their path."""
    return queries.subdistricts()


def office_of(request: HttpRequest, spot: Spot | None = None, chosen: str = "") -> Subdistrict | None:
    """The office of a scanned place, of the reader's own home, the one that was chosen, or the only one there is.

    None where there are several and nothing tells which.
    """
    rows = offices()
    binding = queries.latest_binding(request.user) if request.user.is_authenticated else None
    for path in filter(None, (spot.path if spot else "", chosen, binding.path if binding else "")):
        found = next((row for row in rows if row.path == subdistrict_of(path)), None)
        if found is not None:
            return found
    return rows[0] if len(rows) == 1 else None
