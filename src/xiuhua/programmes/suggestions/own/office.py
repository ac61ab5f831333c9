"""Which office a page for everybody belongs to."""

from django.http import HttpRequest

from xiuhua.ground.territory import queries
from xiuhua.ground.territory.everybody import office_for
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions.models import Spot

FIELD = "office"


def offices() -> list[Subdistrict]:
    """All subdistricts here, by their path."""
    return queries.subdistricts()


def office_of(request: HttpRequest, spot: Spot | None = None, chosen: str = "") -> Subdistrict | None:
    """The office of a scanned place, of the one that was chosen, of the reader's own home, or the only one there is.

    None where there are several and nothing tells which.
    """
    return office_for(request, spot.path if spot else "", chosen)
