"""Which subdistrict a page is about."""

from typing import Any

from django.http import HttpRequest

from xiuhua.ground import clock
from xiuhua.ground.territory.models import Subdistrict

CHOSEN = "subdistrict"


def current_subdistrict(request: HttpRequest) -> Subdistrict | None:
    """Return the subdistrict that this browser chose, else the first on record, else None.

    A page about one thing sets ``request.subdistrict`` itself, so that a deep link shows its own subdistrict.
    """
    own = getattr(request, "subdistrict", None)
    if own is not None:
        return own  # type: ignore[no-any-return]
    session = getattr(request, "session", {})
    rows = Subdistrict.objects.all()
    return rows.filter(path=session.get(CHOSEN, "")).first() or rows.first()


def where_we_are(request: HttpRequest) -> dict[str, Any]:
    """Template context: the subdistrict, whether its people are invented, and the time there."""
    subdistrict = current_subdistrict(request)
    return {
        "subdistrict": subdistrict,
        "demo_notice": bool(subdistrict and subdistrict.invented),
        "clock": clock.now(),
    }
