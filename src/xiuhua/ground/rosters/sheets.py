"""Reading a spreadsheet (读表): a workbook or a CSV file as rows of cells, merged cells filled.

What cannot be used is refused with what to do about it; nothing here trusts the file.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from xiuhua.ground.rosters import limits
from xiuhua.ground.rosters.archive import encrypted, sound_workbook
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

Cells = list[Any]
Line = tuple[int, Cells]
"""A line's number as Excel shows it, and its cells from column A on: text, numbers, dates, ``""`` where empty."""

Area = tuple[tuple[int, int], tuple[int, int]]

_ZIP = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = ",\t;"


class Broken:
    """Stands in a cell whose formula could not be worked out (``#N/A``)."""

    def __str__(self) -> str:
        return "#N/A"


BROKEN = Broken()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file; its lines are read anew each time they are asked for."""

    name: str
    source: CalamineSheet | Sequence[Cells]
    broken: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @property
    def merged(self) -> Sequence[Area]:
        """Areas of merged cells, their corners as (row, column) from zero."""
        ranges = self.source.merged_cell_ranges if isinstance(self.source, CalamineSheet) else None
        return [area for area in ranges or () if area[0] != area[1]]

    def lines(self, *, filled: bool = True) -> Iterator[Line]:
        """Lines in which something is written, in order, with the value of a merged area in each of its cells.

        Parameters
        ----------
        filled : bool
            Without it, merged areas hold their value in the first cell only, as in the file.
        """
        for number, cells in self._all(_MergedCells(self.merged if filled else ())):
            if any(cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in cells):
                yield number, cells

    def _all(self, merged: "_MergedCells") -> Iterator[Line]:
        if not isinstance(self.source, CalamineSheet):
            yield from enumerate(self.source, 1)
            return
        offset = [""] * self.source.start[1] if self.source.start else []
        for number, found in enumerate(self.source.iter_rows(), 1):
            cells: Cells = offset + found
            merged.fill(number, cells)
            for column in self.broken.get(number, ()):
                if column <= len(cells):
                    cells[column - 1] = BROKEN
            yield number, cells


class _MergedCells:
    """Fills the areas that are merged, as the lines pass by."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = sorted(areas, reverse=True)
        self._open: dict[int, tuple[Any, int]] = {}

    def fill(self, number: int, cells: Cells) -> None:
        """Put the value of each area that covers this line into its cells."""
        while self._areas and self._areas[-1][0][0] < number:
            (top, left), (bottom, right) = self._areas.pop()
            if top == number - 1 and left < len(cells):
                for column in range(left, min(right + 1, len(cells))):
                    self._open[column] = (cells[left], bottom + 1)
        if not self._open:
            return
        for column, (value, last) in list(self._open.items()):
            if last < number:
                del self._open[column]
            elif cells[column] == "":
                cells[column] = value


def read_sheets(content: bytes, name: str = "") -> list[Sheet]:
    """Read the sheets of an uploaded file that a person can see, in their order.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, which decides nothing: what a file is shows in its first bytes.

    Raises
    ------
    Refused
        It is no workbook or CSV file, or one that cannot be read safely; the reason says what to do.
    """
    if len(content) > limits.FILE_BYTES:
        raise too_heavy(len(content))
    if not content.strip():
        raise Refused(Reason(_("文件是空的"), field="file", mend=_("选一个填好的表再传")))
    if content.startswith(_ZIP):
        return _workbook(content)
    if content.startswith(_OLE):
        raise encrypted() if _ENCRYPTED_PACKAGE in content else _old_format()
    if not content.startswith(_UTF_16) and (content.lstrip()[:1] == b"<" or b"\x00" in content):
        raise _unreadable(name)
    return [Sheet(name or "CSV", _csv(content, name))]


def too_heavy(size: int) -> Refused:
    """Refuse a file for its weight, before it is read."""
    sizes = {"size": -(-size // 2**20), "limit": limits.FILE_BYTES // 2**20}
    return Refused(
        Reason(
            _("文件有 %(size)s MB，最多 %(limit)s MB") % sizes,
            field="file",
            mend=_("删掉表里的图片和别的表，或者分成几个文件"),
        )
    )


def _workbook(content: bytes) -> list[Sheet]:
    sound, contents = sound_workbook(content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(sound))
        seen = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        sheets = [Sheet(name, workbook.get_sheet_by_name(name), contents.broken_in(name)) for name in seen]
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, ValueError, OSError) as error:
        raise Refused(
            Reason(_("文件读不出来"), field="file", mend=_("在 Excel 或 WPS 里打开，重新另存一次再传"))
        ) from error
    if not sheets:
        raise Refused(Reason(_("文件里没有表"), field="file", mend=_("取消隐藏名册那张表，再传一次")))
    return sheets


def _text(content: bytes, name: str) -> str:
    """Text of a CSV file: in UTF-8, in the GB encodings that Excel writes in China, or in UTF-16 ("Unicode text")."""
    for encoding in ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise _unreadable(name)


def _csv(content: bytes, name: str) -> list[Cells]:
    """Cells of a CSV file."""
    text = _text(content, name)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(limits.CELL_CHARACTERS * 4)
    rows: list[Cells] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            rows.append(list(row))
            if len(rows) > limits.ROWS or len(row) > limits.COLUMNS:
                raise Refused(
                    Reason(
                        _("表太大，最多 %(rows)s 行、%(columns)s 列")
                        % {"rows": limits.ROWS, "columns": limits.COLUMNS},
                        field="file",
                        mend=_("删掉多出来的行和列，或者分成几个文件导入"),
                    )
                )
    except csv.Error as error:
        raise _unreadable(name) from error
    return rows


def _unreadable(name: str) -> Refused:
    """Why something that is no workbook cannot be read: a CSV file by its name, or neither."""
    if not name.casefold().endswith(".csv"):
        return _old_format()
    mend = _("在 Excel 或 WPS 里打开看是不是乱码，另存为「CSV UTF-8」或者「Excel 工作簿（.xlsx）」再传")
    return Refused(Reason(_("这个 CSV 文件读不懂，编码不对或者已损坏"), field="file", mend=mend))


def _old_format() -> Refused:
    return Refused(
        Reason(
            _("只能读 .xlsx 和 .csv 文件"),
            field="file",
            mend=_("在 Excel 或 WPS 里另存为「Excel 工作簿（.xlsx）」再传"),
        )
    )
