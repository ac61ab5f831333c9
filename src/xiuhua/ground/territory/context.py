"""Which subdistrict a page is about."""

from django.http import HttpRequest

from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.ui.shell import Place, invented_people_notice

CHOSEN = "subdistrict"


def current_subdistrict(request: HttpRequest) -> Subdistrict | None:
    """Return the subdistrict that this reader chose, else the first that they see, else None.

    A page about one thing sets ``request.subdistrict`` itself, so that a deep link shows its own subdistrict.
    """
    own = getattr(request, "subdistrict", None)
    if own is not None:
        return own  # type: ignore[no-any-return]
    session = getattr(request, "session", {})
    rows = Subdistrict.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return rows.filter(path=session.get(CHOSEN, "")).first() or rows.first()


def place_of(request: HttpRequest) -> Place | None:
    """Where a request is, for the frame around the page."""
    subdistrict = current_subdistrict(request)
    if subdistrict is None:
        return None
    return Place(subdistrict.name, invented_people_notice(subdistrict.name) if subdistrict.invented else "")
