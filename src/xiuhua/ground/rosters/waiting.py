"""What waits here: one's own rosters that were checked, and wait to be imported or mended."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.rosters.lists import IMPORTS
from xiuhua.ground.rosters.models import RosterImport, State
from xiuhua.ground.ui import waiting

DECIDED_ON = (State.READY, State.FAULTY, State.REFUSED)
"""States in which whoever uploaded the file has to say how to go on."""


def register_all() -> None:
    """Tell the bell what waits here."""
    waiting.register(
        "rosters.imports",
        _("名册，等您看核对结果"),
        rows=_own,
        columns=lambda _request: [one for one in IMPORTS.columns if one.key in ("file", "place", "state", "outcome")],
        url=lambda: reverse("rosters:home"),
        fed_by="rosters.",
    )


def _own(reader: Any) -> QuerySet[Any] | None:
    if not reader.grants or getattr(reader, "pk", None) is None:
        return None
    return RosterImport.objects.visible_to(reader).filter(made_by=reader.pk, state__in=DECIDED_ON)
