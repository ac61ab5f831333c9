"""What a PDF says, read from its pages as a reader's program does: by the fonts' own tables."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\((?:\\.|[^\\()])*\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_MARKS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Every text of a PDF in order, blanks left out."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
    pages = [body for body in objects.values() if body.startswith(b"<</Type/Page/")]
    return "".join(_text_of_page(objects, page) for page in pages)


def _text_of_page(objects, page):
    resources, contents = (int(re.search(rb"/%s (\d+)" % name, page)[1]) for name in (b"Resources", b"Contents"))
    fonts = dict(re.findall(rb"/(f\d+) (\d+) 0 R", objects[resources]))
    tables = {name: _table(objects, int(number)) for name, number in fonts.items()}
    text, table = "", {}
    for found in _SHOWN.finditer(_stream(objects[contents])):
        if found[1]:
            table = tables[found[1]]
        else:
            glyphs = _ESCAPED.sub(_plain, found[0][1:-1])
            text += "".join(table.get(glyphs[at : at + 2], "") for at in range(0, len(glyphs), 2))
    return re.sub(r"\s", "", text)


def _table(objects, font):
    written = _stream(objects[int(re.search(rb"/ToUnicode (\d+)", objects[font])[1])])
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", written)
    }


def _stream(body):
    start = body.index(b"stream\n") + len(b"stream\n")
    data = body[start : start + int(re.search(rb"/Length (\d+)", body)[1])]
    return zlib.decompress(data) if b"FlateDecode" in body else data


def _plain(found):
    mark = found[1]
    return bytes([int(mark, 8)]) if mark[:1].isdigit() else _MARKS.get(mark, mark)
