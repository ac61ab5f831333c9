"""``lifecircle.html``: the findings, the map and the words in one file that opens from anywhere."""

from __future__ import annotations

import base64
import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xiuhua.ground
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.report.payload import payload

if TYPE_CHECKING:
    from xiuhua.programmes.lifecircle.work import Finding

HERE = Path(__file__).parent
STATIC = Path(xiuhua.ground.__file__).parent / "ui" / "static"
MAPLIBRE = STATIC / "vendor" / "maplibre"
WORKER = MAPLIBRE / "maplibre-gl-worker.js"
STYLES = (MAPLIBRE / "maplibre-gl.css", STATIC / "ui" / "tokens.css", STATIC / "ui" / "shared.css", HERE / "report.css")
SPRITE = STATIC / "ui" / "icons" / "sprite.svg"
FAVICON = STATIC / "ui" / "icons" / "favicon.svg"

_IMPORT = re.compile(r'(\bfrom\s*|\bimport\s*)"(\.{1,2}/[^"]+)"')
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def write_page(finding: Finding, path: Path) -> None:
    """Write the page.

    Raises
    ------
    Refused
        The front-end assets were not built.
    """
    refuse_without_assets()
    facts = payload(finding, SPRITE.read_text(encoding="utf-8"))
    parts = {
        "title": html.escape(f"{facts['place']} · {_('15 分钟社区生活圈')}"),
        "favicon": "data:image/svg+xml;base64," + base64.b64encode(FAVICON.read_bytes()).decode(),
        "styles": "\n".join(style.read_text(encoding="utf-8") for style in STYLES).replace("</", "<\\/"),
        "data": _inert(facts),
        "modules": _inert(_modules(HERE / "main.js")),
    }
    template = (HERE / "page.html").read_text(encoding="utf-8")
    path.write_text(_PLACE.sub(lambda place: parts[place[1]], template), encoding="utf-8")


def refuse_without_assets() -> None:
    """Refuse when the map's library is not there, before any work is done.

    Raises
    ------
    Refused
        The front-end assets were not built.
    """
    for asset in (MAPLIBRE / "maplibre-gl.js", WORKER, *STYLES, SPRITE, FAVICON):
        if not asset.is_file():
            raise Refused(
                Reason(
                    _("网页用的 %(file)s 还没有") % {"file": asset.name},
                    field="lifecircle.html",
                    mend=_("请先运行 make setup（或 python tools/build_assets.py）"),
                )
            )


def _modules(entry: Path) -> dict[str, str]:
    """Our scripts and what they import, by bare name, with relative imports rewritten to those names.

    A page in a single file has no folder to import from: its loader gives each name an address by an import map.
    """
    found: dict[str, str] = {f"xiuhua/{WORKER.name}": WORKER.read_text(encoding="utf-8")}
    waiting = [entry.resolve()]
    while waiting:
        script = waiting.pop()
        if _bare(script) in found:
            continue
        targets: list[Path] = []

        def bare(match: re.Match[str], folder: Path = script.parent, targets: list[Path] = targets) -> str:
            target = (folder / match[2]).resolve()
            targets.append(target)
            return f'{match[1]}"{_bare(target)}"'

        found[_bare(script)] = _IMPORT.sub(bare, script.read_text(encoding="utf-8"))
        waiting += targets
    return found


def _bare(script: Path) -> str:
    return f"xiuhua/{script.name}"


def _inert(value: Any) -> str:
    """JSON that cannot end the script element that it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
