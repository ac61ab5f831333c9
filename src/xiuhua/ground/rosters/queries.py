"""What screens and commands read about imports."""

import base64
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr

from xiuhua.ground.rosters.models import RosterImport, StagedRow, State
from xiuhua.ground.rosters.rows import Outcome
from xiuhua.ground.rosters.rules import ImportFacts
from xiuhua.ground.scope.paths import within
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

COMMITTEE_DIGITS = 12


def imports(actor: Any) -> Any:
    """Imports that this person may see, newest first, each with who made it and the job at it."""
    return RosterImport.objects.visible_to(actor).select_related("made_by", "job")


def content_of(roster_import: RosterImport) -> bytes:
    """The uploaded file.

    Raises
    ------
    Refused
        It is no longer kept.
    """
    file = getattr(roster_import, "file", None)
    if file is None:
        raise Refused(Reason(_("上传的文件已经不在了"), field="file", mend=_("文件只留一天，重新上传")))
    return base64.b64decode(file.content)


def facts_of(roster_import: RosterImport) -> ImportFacts:
    """How an import stands, for the rules."""
    return ImportFacts(
        state=roster_import.state,
        faulty=roster_import.faulty,
        writes=roster_import.new + roster_import.changed,
        overtaken=_is_overtaken(roster_import),
    )


def _is_overtaken(roster_import: RosterImport) -> bool:
    """Whether another import of the kind changed the same place since this one was checked."""
    if roster_import.checked_at is None:
        return False
    later = RosterImport.objects.filter(
        kind=roster_import.kind, state=State.APPLIED, ended_at__gt=roster_import.checked_at
    ).values_list("path", flat=True)
    return any(within(path, roster_import.path) or within(roster_import.path, path) for path in later)


def counts_by_committee(roster_import: RosterImport) -> dict[str, dict[str, int]]:
    """Rows that an import would add and change, by residents' committee."""
    if roster_import.batch is None:
        return {}
    rows = (
        StagedRow.objects.filter(batch=roster_import.batch, outcome__in=[Outcome.NEW, Outcome.CHANGED])
        .exclude(path="")
        .order_by()
        .annotate(committee=Substr("path", 1, COMMITTEE_DIGITS))
        .values_list("committee", "outcome")
        .annotate(count=Count("pk"))
    )
    found: dict[str, dict[str, int]] = {}
    for committee, outcome, count in rows:
        found.setdefault(committee, {})[str(Outcome(outcome))] = count
    return found
