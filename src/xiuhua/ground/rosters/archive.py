"""The zip archive of a workbook, opened with care (解包): what it inflates to is counted before anybody parses it.

A small archive can inflate to gigabytes, its directory can lie about that, and two readers of one archive can see
different parts. So every part that matters is inflated piece by piece and looked at here, and what the reader of sheets
then gets is an archive written anew from the parts that were looked at: the same compressed bytes under a directory of
our own.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from xiuhua.ground.rosters import limits
from xiuhua.ground.rosters.parts import Contents, PartScan
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_PIECE = 256 * 1024
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_ENCRYPTED = 0x1


@dataclass(slots=True)
class _Part:
    """A member of the archive that was inflated once and found sound."""

    name: bytes
    method: int
    crc: int
    compressed: memoryview
    size: int


def sound_workbook(content: bytes) -> tuple[bytes, Contents]:
    """Return the workbook with nothing but the parts that a reader of sheets needs, and what was seen in them.

    Raises
    ------
    Refused
        It is damaged, encrypted, holds macros, external entities or names outside the archive, or is too large.
    """
    contents = Contents()
    parts = []
    budget = limits.INFLATED_BYTES
    for entry in _directory(content):
        part = _inflate(content, entry, contents, budget)
        budget -= part.size
        parts.append(part)
    return _written(parts), contents


def _directory(content: bytes) -> list[zipfile.ZipInfo]:
    """Members worth reading, after a look at what the archive's directory says."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError) as error:
        raise _damaged() from error
    names = [entry.filename for entry in entries]
    if len(names) > limits.PARTS:
        raise _too_large()
    if len({name.casefold() for name in names}) < len(names) or any(map(_leads_outside, names)):
        raise _damaged()
    if any(_is_macro(name) for name in names):
        raise Refused(
            Reason(
                _("文件里有宏，不能导入"), field="file", mend=_("在 Excel 里另存为「Excel 工作簿（.xlsx）」，不带宏")
            )
        )
    if "xl/workbook.xml" not in names:
        raise Refused(
            Reason(_("这不是 Excel 工作簿"), field="file", mend=_("在 Excel 或 WPS 里另存为「Excel 工作簿（.xlsx）」"))
        )
    wanted = [entry for entry in entries if _is_wanted(entry.filename)]
    if sum(entry.file_size for entry in wanted) > limits.INFLATED_BYTES:
        raise _too_large()
    return wanted


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _is_macro(name: str) -> bool:
    folded = name.casefold()
    return folded.endswith("vbaproject.bin") or folded.startswith("xl/macrosheets/")


def _is_wanted(name: str) -> bool:
    return name == "[Content_Types].xml" or (
        name.startswith(("xl/", "_rels/")) and name.endswith((".xml", ".rels")) and not name.startswith(_UNREAD)
    )


_UNREAD = ("xl/drawings/", "xl/charts/", "xl/media/", "xl/externalLinks/", "xl/comments", "xl/printerSettings/")
"""Parts without which a sheet's cells read the same."""


def _inflate(content: bytes, entry: zipfile.ZipInfo, contents: Contents, budget: int) -> _Part:
    compressed = _compressed(content, entry)
    scan = PartScan(entry.filename, contents)
    size = crc = 0
    for piece in _pieces(compressed, entry.compress_type):
        size += len(piece)
        if size > min(budget, scan.most_bytes):
            raise _too_large()
        crc = zlib.crc32(piece, crc)
        scan.feed(piece)
    scan.finish()
    if size != entry.file_size or crc != entry.CRC:
        raise _damaged()
    return _Part(entry.filename.encode(), entry.compress_type, crc, compressed, size)


def _compressed(content: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """The bytes of a member as they lie in the archive."""
    if entry.flag_bits & _ENCRYPTED:
        raise encrypted()
    try:
        header = _LOCAL.unpack_from(content, entry.header_offset)
    except struct.error as error:
        raise _damaged() from error
    start = entry.header_offset + _LOCAL.size + header[9] + header[10]
    found = memoryview(content)[start : start + entry.compress_size]
    if header[0] != b"PK\x03\x04" or len(found) < entry.compress_size:
        raise _damaged()
    return found


def _pieces(compressed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(compressed), _PIECE):
            yield bytes(compressed[start : start + _PIECE])
        return
    if method != zipfile.ZIP_DEFLATED:
        raise _damaged()
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = compressed
    try:
        while not stream.eof:
            piece = stream.decompress(waiting, _PIECE)
            waiting = stream.unconsumed_tail
            if not piece and not waiting:
                break
            yield piece
    except zlib.error as error:
        raise _damaged() from error
    if not stream.eof or stream.unused_data:
        raise _damaged()


def _written(parts: list[_Part]) -> bytes:
    """An archive of these parts, their bytes as they were compressed."""
    out = BytesIO()
    directory = []
    for part in parts:
        sizes = (part.crc, len(part.compressed), part.size, len(part.name))
        directory.append(
            _CENTRAL.pack(b"PK\x01\x02", 20, 20, 0x800, part.method, 0, 0x21, *sizes, 0, 0, 0, 0, 0, out.tell())
            + part.name
        )
        out.write(_LOCAL.pack(b"PK\x03\x04", 20, 0x800, part.method, 0, 0x21, *sizes, 0))
        out.write(part.name)
        out.write(part.compressed)
    start = out.tell()
    out.writelines(directory)
    out.write(_END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), out.tell() - start, start, 0))
    return out.getvalue()


def encrypted() -> Refused:
    """Refuse a file that asks for a password."""
    return Refused(
        Reason(_("文件加了密码"), field="file", mend=_("在 Excel 里「文件、信息、保护工作簿」去掉密码，再传一次"))
    )


def _damaged() -> Refused:
    return Refused(Reason(_("文件已损坏，读不出来"), field="file", mend=_("在 Excel 或 WPS 里打开，重新另存一次再传")))


def _too_large() -> Refused:
    return Refused(
        Reason(
            _("文件展开后太大，超过 %(limit)s MB") % {"limit": limits.INFLATED_BYTES // 2**20},
            field="file",
            mend=_("只留下名册这一张表，删掉别的表、图片和空行，再传一次"),
        )
    )
