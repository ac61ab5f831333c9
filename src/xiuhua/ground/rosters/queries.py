"""What screens and commands read about imports."""

import base64
from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from xiuhua.ground.rosters.headings import first_headings
from xiuhua.ground.rosters.kinds import RosterKind, kind_named
from xiuhua.ground.rosters.models import HeadingChoice, RosterImport, StagedRow, State
from xiuhua.ground.rosters.parts import column_number
from xiuhua.ground.rosters.rows import Outcome
from xiuhua.ground.rosters.rules import ImportFacts
from xiuhua.ground.rosters.sheets import read_sheets
from xiuhua.ground.rosters.workbooks import marked
from xiuhua.ground.scope.paths import within
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

COMMITTEE_DIGITS = 12
Tell = Callable[[float], None]


def imports(actor: Any) -> Any:
    """Imports that this person may see, newest first, each with who made it and the job at it."""
    return RosterImport.objects.visible_to(actor).select_related("made_by", "job")


def staged_rows(roster_import: RosterImport) -> QuerySet[StagedRow]:
    """Rows of the check that counts, in the order of the sheet."""
    if roster_import.batch is None:
        return StagedRow.objects.none()
    return StagedRow.objects.filter(batch=roster_import.batch)


def chosen_headings(kind: type[RosterKind], path: str) -> dict[str, str]:
    """What the office said that headings mean, in files of a kind for a place: column names by heading."""
    if not kind.learns_headings:
        return {}
    return dict(HeadingChoice.objects.filter(kind=kind.key, path=path).values_list("heading", "column"))


def headings_of(roster_import: RosterImport) -> dict[str, str]:
    """Headings of an uploaded file as they are written, and the column that each means as far as that is known."""
    kind = kind_named(roster_import.kind)
    sheets = read_sheets(content_of(roster_import), roster_import.file_name)
    return first_headings(sheets, kind, chosen_headings(kind, roster_import.path))


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


def marked_copy(roster_import: RosterImport, tell: Tell | None = None) -> bytes:
    """The uploaded table with its faults in red and its reminders in amber.

    Parameters
    ----------
    tell : callable, optional
        Hears now and then how much of it is written, from 0 to 1.

    Raises
    ------
    Refused
        The file is no longer kept.
    """
    sheet = next(
        sheet
        for sheet in read_sheets(content_of(roster_import), roster_import.file_name)
        if sheet.name == roster_import.layout["sheet"]
    )
    letters = {name: letters for name, _heading, letters in roster_import.layout["columns"]}
    first = roster_import.layout["columns"][0][0]
    marks: dict[tuple[int, int], tuple[bool, str]] = {}
    rows = staged_rows(roster_import).exclude(faults=[], reminders=[])
    for row in rows.iterator():
        for is_fault, told in ((False, row.reminders), (True, row.faults)):
            for name, text, mend in told:
                place = (row.number, column_number(letters[name or first]))
                marks[place] = (is_fault, "\n".join(filter(None, (text, mend))))

    def told_rows(rows: int) -> None:
        if tell is not None:
            tell(min(rows / max(roster_import.rows, 1), 1.0))

    return marked(sheet, marks, told_rows)


def facts_of(roster_import: RosterImport) -> ImportFacts:
    """How an import stands, for the rules."""
    return ImportFacts(
        state=roster_import.state,
        faulty=roster_import.faulty,
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
    rows = (
        staged_rows(roster_import)
        .filter(outcome__in=[Outcome.NEW, Outcome.CHANGED])
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
