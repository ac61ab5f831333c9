"""Which subdistrict a page is about."""

from django.http import HttpRequest

from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.ui.shell import Place, invented_people_notice
from xiuhua.ground.words import gettext as _

CHOSEN = "subdistrict"


def current_subdistrict(request: HttpRequest) -> Subdistrict | None:
    """Return the subdistrict that this reader chose, else the first that they see, else None.

    A page about one thing sets ``request.subdistrict`` itself, so that a deep link shows its own subdistrict.
    """
    own = getattr(request, "subdistrict", None)
    if own is not None:
        return own  # type: ignore[no-any-return]
    chosen = getattr(request, "session", {}).get(CHOSEN)
    # A request that was turned away at the door, such as one for another host, has no actor yet.
    rows = Subdistrict.objects.visible_to(getattr(request, "actor", Visitor())).defer("geometry")
    return (rows.filter(path=chosen).first() if chosen else None) or rows.first()


def place_of(request: HttpRequest) -> Place | None:
    """Where a request is, for the frame around the page."""
    subdistrict = current_subdistrict(request)
    subdistrict = subdistrict or _only()
    if subdistrict is None:
        return None
    return Place(subdistrict.name, invented_people_notice(subdistrict.name) if subdistrict.invented else "")


def _only() -> Subdistrict | None:
    """The one subdistrict that this office is, for residents and visitors, who are nowhere in particular."""
    only = list(Subdistrict.objects.defer("geometry")[:2])
    return only[0] if len(only) == 1 else None


def place_at_the_door() -> Place | None:
    """Whose door it is, for people who have not come in yet: name, area and committees of the one subdistrict here."""
    from xiuhua.ground.territory.queries import area_km2

    subdistrict = _only()
    if subdistrict is None:
        return None
    words = _("%(name)s　%(area)s 平方公里　%(committees)s 个居委会") % {
        "name": subdistrict.name,
        "area": f"{area_km2(subdistrict):.1f}",
        "committees": Committee.objects.under(subdistrict.path).count(),
    }
    return Place(words, invented_people_notice(subdistrict.name) if subdistrict.invented else "")
