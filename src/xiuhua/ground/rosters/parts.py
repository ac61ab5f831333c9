"""What lies in the XML parts of a workbook (工作簿的部件), seen in one pass while they inflate.

The reader of sheets lays a sheet out as a full rectangle and holds all strings at once, so one cell in the far corner
would cost it gigabytes. This pass finds out how far the written cells reach, and refuses what lies outside the limits,
before the reader sees anything.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from xiuhua.ground.rosters import limits
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

Handler = Callable[[str, dict[str, str]], None]

_DIGITS = "0123456789"
_ROW_DIGITS = 7
_RELATIONS = "xl/_rels/workbook.xml.rels"
_KEPT_BROKEN = 10_000
"""Cells with a broken formula that are told apart; a sheet with more is told about these."""


@dataclass(slots=True)
class Contents:
    """What was seen in the parts of a workbook.

    Attributes
    ----------
    broken : dict
        By part, the cells whose formula broke (``#N/A``), as (row, column) from one.
    sheets, targets : dict of str to str
        The relation by which the workbook names a sheet, and the part that a relation leads to.
    """

    broken: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)

    def broken_in(self, sheet: str) -> dict[int, list[int]]:
        """Columns of the cells with a broken formula in the sheet of that name, by row."""
        target = self.targets.get(self.sheets.get(sheet, ""), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found: dict[int, list[int]] = {}
        for row, column in self.broken.get(part, ()):
            found.setdefault(row, []).append(column)
        return found


class PartScan:
    """Looks at one part as its pieces come in."""

    def __init__(self, name: str, contents: Contents) -> None:
        self._name = name
        self._contents = contents
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._root
        self._parser.StartDoctypeDeclHandler = self._doctype
        self.most_bytes = limits.OTHER_PART_BYTES

    def feed(self, piece: bytes) -> None:
        """Look at the next bytes.

        Raises
        ------
        Refused
            They are no XML that a spreadsheet would hold, or reach outside the limits.
        """
        self._parse(piece, final=False)

    def finish(self) -> None:
        """Say that the part ends here; raises as `feed` does."""
        self._parse(b"", final=True)
        self._parser.StartElementHandler = self._parser.StartDoctypeDeclHandler = None

    def _parse(self, piece: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(piece, final)
        except ExpatError as error:
            raise _unreadable() from error

    def _doctype(self, *_declaration: object) -> None:
        raise _unreadable()

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        """Decide by the outermost element how closely the rest is looked at; its name in the archive proves nothing."""
        kind = _local(name)
        if kind == "worksheet":
            self.most_bytes = limits.INFLATED_BYTES
            self._parser.StartElementHandler = _cells_counted(self._contents.broken.setdefault(self._name, set()))
        elif kind == "sst":
            self.most_bytes = limits.STRINGS_BYTES
            self._parser.StartElementHandler = _strings_counted()
        elif kind == "workbook" or self._name == _RELATIONS:
            self._parser.StartElementHandler = self._in_directory
        else:
            self._parser.StartElementHandler = None

    def _in_directory(self, name: str, attributes: dict[str, str]) -> None:
        element = _local(name)
        if element == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self._contents.sheets[attributes.get("name", "")] = relation
        elif element == "Relationship":
            self._contents.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def _strings_counted() -> Handler:
    """Count the shared strings."""
    count = 0

    def handle(name: str, _attributes: dict[str, str]) -> None:
        nonlocal count
        if _local(name) == "si":
            count += 1
            if count > limits.SHARED_STRINGS:
                raise _too_many_cells()

    return handle


def _cells_counted(broken: set[tuple[int, int]]) -> Handler:
    """See that every written cell of a sheet lies within the limits, and note those whose formula broke.

    It is called some five million times for a subdistrict's residents, hence one function with its state around it, and
    a closer look only at what differs from the cell before.
    """
    locals_of = {"c": "c", "v": "v", "is": "v", "row": "row", "mergeCell": "mergeCell"}
    within: set[str] = set()
    reference, row_text, row, column, cells, merged = "", "", 0, 0, 0, 0

    def handle(name: str, attributes: dict[str, str]) -> None:
        nonlocal reference, row_text, row, column, cells, merged
        element = locals_of.get(name)
        if element == "c":
            column += 1
            reference = attributes.get("r", "")
            if attributes.get("t") == "e" and len(broken) < _KEPT_BROKEN:
                broken.add(_place(reference, row, column))
        elif element == "v":
            cells += 1
            letters = reference.rstrip(_DIGITS)
            if letters not in within or reference[len(letters) :] != row_text:
                _see_that_it_is_near(*_place(reference, row, column))
                if letters:
                    within.add(letters)
            if cells > limits.CELLS:
                raise _too_many_cells()
        elif element == "row":
            column = 0
            row_text = attributes.get("r", "")
            row = int(row_text) if row_text.isdecimal() and len(row_text) <= _ROW_DIGITS else row + 1
            if row > limits.ROWS:
                row_text = ""  # each of its written cells is looked at
        elif element == "mergeCell":
            merged += 1
            if merged > limits.MERGED_RANGES:
                raise _too_many_cells()
        elif ":" in name:
            locals_of[name] = locals_of.get(_local(name), "")
            if locals_of[name]:
                handle(name, attributes)

    return handle


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell by its reference, else where it stands."""
    if not reference:
        return row, column
    letters = reference.rstrip(_DIGITS)
    digits = reference[len(letters) :]
    number = column_number(letters)
    if not number or not digits or len(digits) > _ROW_DIGITS:
        raise _unreadable()
    return int(digits), number


def _see_that_it_is_near(row: int, column: int) -> None:
    if row > limits.ROWS:
        raise _too_many_rows(row)
    if column > limits.COLUMNS:
        raise _too_many_columns(row, column)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def column_number(letters: str) -> int:
    """Number of a column from one, by its letters: ``A`` is 1, ``AA`` 27; 0 where these are no such letters."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Letters of a column by its number from one."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _unreadable() -> Refused:
    return Refused(Reason(_("文件里有读不懂的内容"), field="file", mend=_("在 Excel 或 WPS 里打开，重新另存一次再传")))


def _too_many_rows(row: int) -> Refused:
    return Refused(
        Reason(
            _("表太长：第 %(row)s 行还写着东西，最多 %(limit)s 行") % {"row": row, "limit": limits.ROWS},
            field="file",
            mend=_("删掉下面多出来的行；如果都是名册，分成几个文件导入"),
        )
    )


def _too_many_columns(row: int, column: int) -> Refused:
    cell = f"{column_letters(column)}{row}"
    return Refused(
        Reason(
            _("表太宽：%(cell)s 还写着东西，最多 %(limit)s 列") % {"cell": cell, "limit": limits.COLUMNS},
            field="file",
            mend=_("删掉右边多出来的列"),
        )
    )


def _too_many_cells() -> Refused:
    return Refused(
        Reason(
            _("表里的格子太多，最多 %(limit)s 个") % {"limit": limits.CELLS},
            field="file",
            mend=_("分成几个文件导入"),
        )
    )
