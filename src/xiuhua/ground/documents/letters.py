"""Which characters the documents' font can draw: read from the font itself."""

import struct
from functools import cache
from pathlib import Path
from typing import Any

STAND_IN = "〓"
"""What printers set for a character that they have no type of (下駄 geta)."""

_ALWAYS = frozenset("\n\r\t")


@cache
def drawn_by(font: Path) -> frozenset[int]:
    """Code points that a TrueType font draws, by its format 12 table.

    Raises
    ------
    ValueError
        The font has no such table.
    """
    data = font.read_bytes()
    tables = struct.unpack(">H", data[4:6])[0]
    records = (struct.unpack(">4sIII", data[12 + 16 * n : 28 + 16 * n]) for n in range(tables))
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    for number in range(struct.unpack(">H", data[start + 2 : start + 4])[0]):
        at = start + struct.unpack(">I", data[start + 8 + 8 * number : start + 12 + 8 * number])[0]
        if struct.unpack(">H", data[at : at + 2])[0] == 12:
            return frozenset(_points(data, at))
    message = f"{font.name}: no table of characters in format 12"
    raise ValueError(message)


def _points(data: bytes, at: int) -> set[int]:
    groups = struct.unpack(">I", data[at + 12 : at + 16])[0]
    found: set[int] = set()
    for number in range(groups):
        first, last, glyph = struct.unpack(">III", data[at + 16 + 12 * number : at + 28 + 12 * number])
        found.update(range(first if glyph else first + 1, last + 1))
    return found


def printable(value: Any, drawn: frozenset[int], missing: set[str]) -> Any:
    """Plain values with every character that the font lacks replaced by `STAND_IN`; those are added to `missing`.

    Control characters, marks of direction and joiners, which draw nothing, are left out.
    """
    if isinstance(value, str):
        return "".join(_drawn(letter, drawn, missing) for letter in value)
    if isinstance(value, dict):
        return {name: printable(one, drawn, missing) for name, one in value.items()}
    if isinstance(value, list):
        return [printable(one, drawn, missing) for one in value]
    return value


def _drawn(letter: str, drawn: frozenset[int], missing: set[str]) -> str:
    if ord(letter) in drawn or letter in _ALWAYS:
        return letter
    if not letter.isprintable():
        return ""
    missing.add(letter)
    return STAND_IN
