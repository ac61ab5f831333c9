"""The five-colour map on an A3 sheet (打印图), for a wall or a meeting, drawn from the same rows as the screen's."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.html import escape
from shapely import Geometry

from xiuhua.ground.documents import typeset
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory import drawn
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.layers import UNSUITABLE, mark_of
from xiuhua.programmes.lifts.screens.map import IN_LEGEND, MARKS, LiftMap, Tile

WIDTH = 7200
"""Units across the sheet's map: so fine that a house keeps its corners."""
SPARE = 0.0006
"""Degrees around the subdistrict: some sixty metres."""
SYMBOL = 66
"""Units across a symbol: some four millimetres on paper."""

COLOURS = {
    "waiting": ("#b9b4aa", "#767065"),
    "consult": ("#e3b23c", "#8a6208"),
    "signed": ("#d9772b", "#9c4a10"),
    "building": ("#2e6f9e", "#1f527a"),
    "running": ("#2f8f5b", "#1d6a40"),
    UNSUITABLE: ("#7d776c", "#7d776c"),
}
"""Body and edge of each mark, as the tokens have them."""

STYLE = """
.tr-green{fill:#d8e3c8}.tr-water{fill:#cbdde2}.tr-campus{fill:#ece8d6}.tr-square{fill:#efe9dd}.tr-quarter{fill:#f3ede2}
.tr-street,.tr-lane{fill:none;stroke:#fffefb;stroke-linecap:round;stroke-linejoin:round}
.tr-path,.tr-wall{fill:none;stroke:none}.tr-rail{fill:none;stroke:#b9b0a1;stroke-width:6}
.tr-building{fill:#e2dac9;stroke:#cbbfab;stroke-width:2}
.tr-lift-waiting{fill:#e2d9c8;stroke:#b9ab92;stroke-width:3}.tr-lift-consult{fill:#f2dc94;stroke:#8a6208;stroke-width:3}
.tr-lift-signed{fill:#f2c39b;stroke:#9c4a10;stroke-width:3}.tr-lift-building{fill:#aecfe6;stroke:#1f527a;stroke-width:3}
.tr-lift-running{fill:#a9d6bb;stroke:#1d6a40;stroke-width:3}
.tr-lift-unsuitable{fill:url(#hatch);stroke:#7d776c;stroke-width:3}
.tr-committee{fill:none;stroke:#8c8375;stroke-width:5;stroke-dasharray:16 20}
.tr-subdistrict{fill:none;stroke:#6b645a;stroke-width:9;stroke-dasharray:34 24}
text{font-family:"Noto Sans SC";text-anchor:middle}
.street{font-size:58px;fill:#6b645a}.place{font-size:84px;fill:#26221d}
.place.halo{fill:none;stroke:#f6f2ea;stroke-width:18;stroke-linejoin:round}
"""


def lift_sheet(actor: Actor, subdistrict: Subdistrict, day: date) -> bytes:
    """Set the sheet as a PDF, for what this reader may see."""
    found = LiftMap(actor, subdistrict.path, day)
    tiles = found.tiles()
    committees = list(Committee.objects.visible_to(actor).under(subdistrict.path).order_by("path"))
    data = {
        "title": _("五色加梯地图"),
        "running": [subdistrict.name, _("%(day)s 止") % {"day": day.isoformat()}],
        "footer": _("边界与站点 © OpenStreetMap 贡献者；一个符号是一个门洞。"),
        "sentence": found.sentence,
        "place": subdistrict.name,
        "legend": [_legend(tile) for tile in _won_first(tiles)],
        "heads": [_("居委会"), _("适合"), *(tile.name for tile in _won_first(tiles)), _("占比")],
        "rows": _rows(found, committees),
    }
    pictures = {f"{mark}.svg": _alone(mark) for mark in MARKS}
    return typeset("lifts/map.typ", data, {"map.svg": _map(found, actor, subdistrict, committees), **pictures})


def _won_first(tiles: list[Tile]) -> list[Tile]:
    return sorted(tiles, key=lambda tile: IN_LEGEND.index(tile.mark))


def _legend(tile: Tile) -> dict[str, Any]:
    return {"mark": tile.mark, "name": tile.name, "count": tile.count}


def _rows(found: LiftMap, committees: list[Committee]) -> list[list[str]]:
    counts = Counter((committee_of(row.path), mark_of(row)) for row in found.rows)
    suitable = Counter(committee_of(row.path) for row in found.rows if row.stairwell.lift_suitable)
    rows = []
    for one in committees:
        marks = [counts[one.path, mark] for mark in IN_LEGEND]
        won = sum(marks[:3])
        share = f"{100 * won / suitable[one.path]:.1f}%" if suitable[one.path] else "—"
        if any(marks):
            rows.append([one.name, *(str(count) for count in (suitable[one.path], *marks)), share])
    return rows


def _map(found: LiftMap, actor: Actor, subdistrict: Subdistrict, committees: list[Committee]) -> bytes:
    """The map as an SVG that needs nothing from outside."""
    marks = _marks_of_houses(found)
    areas: list[tuple[str, str, Geometry]] = [("committee", one.name, one.geometry) for one in committees]
    areas.append(("subdistrict", "", subdistrict.geometry))
    plan = drawn.drawing_of(
        actor,
        (subdistrict.west - SPARE, subdistrict.south - SPARE, subdistrict.east + SPARE, subdistrict.north + SPARE),
        label=_("五色加梯地图"),
        kind_of=lambda row: f"lift-{marks[row.pk]}" if row.pk in marks else drawn.HOUSE,
        doors=[((row.stairwell.door_lon, row.stairwell.door_lat), "", mark_of(row), "") for row in _least_last(found)],
        areas=areas,
        width=WIDTH,
    )
    ground = replace(plan, shapes=[replace(shape, url="") for shape in plan.shapes], marks=(), names=())
    names = "".join(_named(name, {one.name for one in committees}) for name in plan.names)
    symbols = "".join(
        f'<g transform="translate({mark.x - SYMBOL // 2} {mark.y - SYMBOL // 2}) scale({SYMBOL / 24:.3f})">'
        f"{_symbol(mark.title)}</g>"
        for mark in plan.marks
    )
    hatch = (
        '<defs><pattern id="hatch" width="22" height="22" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="22" height="22" fill="#f1ebe0"/><rect width="8" height="22" fill="#a89e8e"/></pattern></defs>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plan.width} {plan.height}" width="{plan.width}" '
        f'height="{plan.height}"><style>{STYLE}</style>{hatch}<rect width="{plan.width}" height="{plan.height}" '
        f'fill="#f6f2ea"/>{ground.markup}{symbols}{names}</svg>'
    ).encode()


def _named(name: drawn.Mark, places: set[str]) -> str:
    """A name: of a street along it, of a committee where it lies, with a rim that keeps it legible."""
    words = escape(name.text)
    if name.text not in places:
        turn = f"translate({name.x} {name.y}) rotate({name.turned})"
        return f'<text class="street" transform="{turn}" dy="20">{words}</text>'
    at = f'x="{name.x}" y="{name.y}" dy="28"'
    return f'<text class="place halo" {at}>{words}</text><text class="place" {at}>{words}</text>'


def _marks_of_houses(found: LiftMap) -> dict[int, str]:
    """The mark of each house: of its stairwells the one that has come farthest."""
    marks: dict[int, str] = {}
    for row in found.rows:
        house, mark = row.stairwell.building_id, mark_of(row)
        if house not in marks or IN_LEGEND.index(mark) < IN_LEGEND.index(marks[house]):
            marks[house] = mark
    return marks


def _least_last(found: LiftMap) -> list[Any]:
    """Stairwells so that what is won lies on top."""
    return sorted(found.rows, key=lambda row: IN_LEGEND.index(mark_of(row)), reverse=True)


def _alone(mark: str) -> bytes:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
    return f"{head}{_symbol(mark)}</svg>".encode()


@cache
def _symbol(mark: str) -> str:
    """Markup of a mark's symbol in its own colours, from the sprite of the pages."""
    sprite = Path(str(finders.find("ui/icons/sprite.svg"))).read_text("utf-8")
    found = re.search(rf'<symbol id="lift-{mark}"[^>]*>(.*?)</symbol>', sprite, re.DOTALL)
    fill, edge = COLOURS[mark]
    body = re.sub(r"var\(--mark-fill[^)]*\)", fill, found[1] if found else "")
    return re.sub(r"var\(--mark-[a-z]+, (#fff)\)", r"\1", body).replace("currentColor", edge)
