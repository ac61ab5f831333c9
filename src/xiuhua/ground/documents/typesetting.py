"""From a template and plain values to a PDF, in a folder of its own that the template cannot leave.

What people wrote reaches Typst as JSON, never as markup: a text that holds ``#read("/etc/passwd")`` is printed so. The
folder holds the template, the base and the pictures of this one document; packages are not fetched.
"""

import json
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from xiuhua.ground.clock import now
from xiuhua.ground.documents.letters import drawn_by, printable
from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import in_english

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
SERIF = HERE / "serif"
"""Titles and figures: what GB 2312 has of Noto Serif CJK SC in bold, under the same licence (`LICENSE` beside it)."""
REGULAR = FONTS / "NotoSansSC_400Regular.ttf"
OWN = "documents"
"""Room whose templates lie beside this module."""

_TEMPLATE = re.compile(r"(?P<room>[a-z_]+)/(?P<name>[a-z0-9_-]+\.typ)")
_PICTURE = re.compile(r"[A-Za-z0-9_-]{1,80}\.(?:png|jpg|jpeg|webp|gif|svg)")


def typeset(template: str, data: Mapping[str, Any], images: Mapping[str, bytes] | None = None) -> bytes:
    """Set a document (排版): PDF/A-2u, with title, author and language in it.

    Parameters
    ----------
    template : str
        ``room/name.typ``: a file of the folder ``documents`` of the app with that label, or of this room.
    data : mapping
        Plain values, as JSON holds them; dates and lazy words are written out. Templates of `base.typ` read `title`,
        `author`, `running`, `footer`. A character that the font lacks is printed as 〓, and a note at the end says so.
    images : mapping of str to bytes, optional
        Pictures by file name; the template finds them below ``/images/``.

    Raises
    ------
    ValueError
        There is no such template, or a picture has no plain name.
    typst.TypstError
        The template is faulty, or a picture is none.
    """
    pdf: bytes = _compiled(template, data, images or {}, format="pdf", pdf_standards="a-2u")
    return pdf


def drawn_pages(
    template: str, data: Mapping[str, Any], images: Mapping[str, bytes] | None = None, *, ppi: float = 110
) -> list[bytes]:
    """The pages of a document as PNG pictures, to look at before it is printed."""
    found = _compiled(template, data, images or {}, format="png", ppi=ppi)
    return found if isinstance(found, list) else [found]


def template_file(template: str) -> Path:
    """Where a template lies.

    Raises
    ------
    ValueError
        There is no such template.
    """
    found = _TEMPLATE.fullmatch(template)
    if found is None:
        raise ValueError(f"{template}: a template is named room/name.typ")
    folder = HERE if found["room"] == OWN else Path(apps.get_app_config(found["room"]).path) / "documents"
    path = folder / found["name"]
    if not path.is_file():
        raise ValueError(f"{template}: there is no {path}")
    return path


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS, SERIF])


def _compiled(template: str, data: Mapping[str, Any], images: Mapping[str, bytes], **wanted: Any) -> Any:
    source = template_file(template)
    with tempfile.TemporaryDirectory(prefix="xiuhua-document-") as name:
        folder = Path(name)
        (folder / "base.typ").write_bytes((HERE / "base.typ").read_bytes())
        (folder / "main.typ").write_bytes(source.read_bytes())
        (folder / "data.json").write_text(json.dumps(_prepared(data), ensure_ascii=False), "utf-8")
        _lay_pictures(folder / "images", images)
        compiler = typst.Compiler(
            str(folder / "main.typ"),
            root=str(folder),
            font_paths=_fonts(),
            package_path=str(folder / "packages"),
            package_cache_path=str(folder / "packages"),
        )
        return compiler.compile(timestamp=int(now().timestamp()), **wanted)


def _prepared(data: Mapping[str, Any]) -> dict[str, Any]:
    plain = json.loads(json.dumps(dict(data), cls=DjangoJSONEncoder))
    missing: set[str] = set()
    plain = printable(plain, drawn_by(REGULAR), missing)
    told = _("〓 是字库里没有的字：%(codes)s") % {
        "codes": "、".join(f"U+{ord(letter):04X}" for letter in sorted(missing)[:20])
    }
    return {
        "language": "en" if in_english() else "zh",
        "made_on": timezone.localtime(now()).date().isoformat(),
        "brand": _("绣花"),
        **plain,
        "missing": told if missing else "",
    }


def _lay_pictures(folder: Path, images: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, picture in images.items():
        if not _PICTURE.fullmatch(name):
            raise ValueError(f"{name!r}: a picture is named with plain letters and png, jpg, webp, gif or svg")
        (folder / name).write_bytes(picture)
