"""Checking a file (核对): every row read, cleaned, compared with what is on record, and staged.

It goes through the file in chunks, each written in a transaction of its own, so that the office goes on working. What
it stages counts only once `actions.record_check` has named its batch: a worker that dies halfway leaves nothing behind
that anybody would see.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.rosters import queries
from xiuhua.ground.rosters.bulk import insert_rows
from xiuhua.ground.rosters.headings import Found, Table, find_table
from xiuhua.ground.rosters.kinds import RosterKind
from xiuhua.ground.rosters.models import RosterImport, StagedRow, StagedWrite
from xiuhua.ground.rosters.rows import Outcome, Row, Write
from xiuhua.ground.rosters.sheets import Cells, read_sheets
from xiuhua.ground.rosters.writing import prepared
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

CHUNK = 2_000
"""Rows that are compared and staged at a time."""
SHOWN = 40
"""Characters of a cell that the preview keeps."""
_KNOWN_CELLS = 5_000
"""Cells of a column that are remembered as read: committees, doors and rooms stand in a sheet many times over."""
_ROW = ("number", "outcome", "path", "shown", "fields", "faults", "reminders")
_WRITE = ("model", "target", "data")


@dataclass(slots=True)
class Findings:
    """What a check found: the batch it staged, rows by outcome, and how the sheet is laid out."""

    batch: UUID = field(default_factory=uuid4)
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    faults: int = 0
    reminded: int = 0
    reminders: dict[str, list[int]] = field(default_factory=dict)
    """By words, how many rows, and the first of them."""
    layout: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


def open_table(content: bytes, file_name: str, kind: type[RosterKind], path: str) -> Table:
    """Read a file and find its table, as the office there names its columns; `Refused` where it cannot be used."""
    return find_table(read_sheets(content, file_name), kind, queries.chosen_headings(kind, path))


def stage(
    roster_import: RosterImport, kind: type[RosterKind], table: Table, actor: Any, progress: Progress = silent
) -> Findings:
    """Check every row of a table and stage what it would write; returns what was found.

    Parameters
    ----------
    roster_import : RosterImport
        What the staged rows belong to.
    kind : type of RosterKind
        Its kind.
    table : Table
        The sheet, with the columns that were found in it.
    actor : Actor
        Who imports, as the kind asks about.
    progress : callable
        Told how far it is.

    Raises
    ------
    Refused
        There is no row below the heading.
    """
    total = sum(1 for _line in table.rows())
    if not total:
        mend = _("把名册填在表头下面；示例行不算")
        raise Refused(Reason(_("表头下面没有名册"), field="file", mend=mend))
    findings = Findings()
    stager = _Stager(roster_import, kind, table, actor, findings)
    rows = table.rows()
    try:
        while chunk := list(islice(rows, CHUNK)):
            stager.take(chunk)
            progress(_("核对第 %(number)s 行") % {"number": chunk[-1][0]}, findings.rows / total)
    except Refused:
        for model in (StagedWrite, StagedRow):
            model.objects.filter(batch=findings.batch).delete()
        raise
    findings.layout = _layout(table, findings)
    if findings.counts[Outcome.ERROR]:
        StagedWrite.objects.filter(batch=findings.batch).delete()
    return findings


class _Stager:
    """Takes the rows of one file, chunk by chunk."""

    def __init__(
        self, roster_import: RosterImport, kind: type[RosterKind], table: Table, actor: Any, findings: Findings
    ) -> None:
        self._import = roster_import
        self._columns = table.columns
        self._findings = findings
        self._kind = kind(path=roster_import.path, actor=actor, given=[found.name for found in table.columns])
        self._kind.begin()
        self._written = {label.lower() for label in kind.writes}
        self._required = [found for found in table.columns if found.column.required]
        self._known: dict[str, dict[str, tuple[Any, str]]] = {}
        self._seen: dict[tuple[Any, ...], int] = {}
        self._shared: dict[int, Any] = {}
        self._targets: dict[tuple[str, int], int] = {}

    def take(self, lines: Sequence[tuple[int, Cells]]) -> None:
        taken = [self._cleaned(number, cells) for number, cells in lines]
        rows = [row for row, _shown in taken]
        for row in rows:
            self._find_repetition(row)
        self._kind.resolve(rows)
        for row in rows:
            self._find_second_write(row)
            if row.faults:
                row.outcome = Outcome.ERROR
            elif row.writes and row.outcome is Outcome.SAME:
                row.outcome = Outcome.CHANGED
            self._count(row)
        whose = {"roster_import": self._import.pk, "batch": self._findings.batch}
        insert_rows(StagedRow, whose, _ROW, (_staged(row, shown) for row, shown in taken))
        if not self._findings.counts[Outcome.ERROR]:
            insert_rows(StagedWrite, whose, _WRITE, (prepared(write) for write in self._writes(rows)))

    def _count(self, row: Row) -> None:
        self._findings.counts[row.outcome] += 1
        self._findings.faults += len(row.faults)
        self._findings.reminded += bool(row.reminders)
        for reason in row.reminders.values():
            self._findings.reminders.setdefault(reason.text, [0, row.number])[0] += 1

    def _cleaned(self, number: int, cells: Cells) -> tuple[Row, list[str]]:
        """A row with its cells cleaned, and how each reads in the preview."""
        row = Row(number, {})
        shown = []
        for found in self._columns:
            cell = cells[found.index] if found.index < len(cells) else ""
            try:
                value, words = self._read(found, cell)
            except Refused as refused:
                value, words = None, found.column.raw_shown(cell)[:SHOWN]
                row.faults[found.name] = refused.reasons[0]
            shown.append(words)
            row.values[found.name] = value
        for found in self._required:
            if row.values[found.name] is None and found.name not in row.faults:
                row.refuse(found.name, _("空着"), _filled_in(found.column.examples))
        return row, shown

    def _read(self, found: Found, cell: Any) -> tuple[Any, str]:
        """What a cell means and how the preview shows it; remembered, unless it is somebody's own."""
        known = self._known.setdefault(found.name, {})
        if type(cell) is str and cell in known:
            return known[cell]
        value = found.column.widget.clean(cell)
        told = value, found.column.shown(value)[:SHOWN]
        if type(cell) is str and len(known) < _KNOWN_CELLS and not found.column.sensitive:
            known[cell] = told
        return told

    def _find_repetition(self, row: Row) -> None:
        for names in self._kind.unique:
            if not row.tells(*names):
                continue
            first = self._seen.setdefault((names, *(row[name] for name in names)), row.number)
            if first != row.number:
                row.refuse(names[-1], _("和第 %(number)s 行重复") % {"number": first}, _("两行留一行"))

    def _find_second_write(self, row: Row) -> None:
        """No two rows of a file may change the same thing."""
        for write in row.writes:
            if write.fields:
                target = (write.instance._meta.label_lower, write.instance.pk)
                first = self._targets.setdefault(target, row.number)
                if first != row.number:
                    row.refuse("", _("和第 %(number)s 行说的是同一个") % {"number": first}, _("两行留一行"))

    def _writes(self, rows: Sequence[Row]) -> Iterator[Write]:
        for row in rows:
            for write in row.writes:
                if write.shared:
                    if id(write.instance) in self._shared:
                        continue
                    self._shared[id(write.instance)] = write.instance  # kept, so that its id stays its own
                if write.instance._meta.label_lower not in self._written:
                    message = f"roster kind {self._kind.key!r} writes {write.instance._meta.label}, undeclared"
                    raise ValueError(message)
                yield write


def _staged(row: Row, shown: list[str]) -> tuple[Any, ...]:
    return row.number, row.outcome, row.path, shown, row.changed_fields, _told(row.faults), _told(row.reminders)


def _told(reasons: Mapping[str, Reason]) -> list[list[str]]:
    return [[name, reason.text, reason.mend or ""] for name, reason in reasons.items()]


def _filled_in(examples: Sequence[str]) -> str:
    return _("写上，例如 %(example)s") % {"example": examples[0]} if examples else _("写上")


def _layout(table: Table, findings: Findings) -> dict[str, Any]:
    reminders = [[text, *told] for text, told in findings.reminders.items()]
    return {
        "faults": findings.faults,
        "reminders": reminders[:20],
        "sheet": table.sheet.name,
        "heading_line": table.heading_line,
        "columns": [[found.name, found.heading, found.letters] for found in table.columns],
        "ignored": list(table.ignored),
        "skipped": table.skipped[:50],
        "other_sheets": list(table.other_sheets),
    }
