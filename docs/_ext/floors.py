"""``{floors}``: the house drawn from its own imports, and ``{imports}``: the same as a table."""

import html
import math
import random
from functools import cache

from docutils import nodes
from imports import ROOT, House, read_house, without_detours
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

PAPER, SHADE, SILK, INK, ASH = "#faf7f1", "#f4efe5", "#ffffff", "#26221d", "#6b645a"
CINNABAR, INDIGO, HEM = "#a8322a", "#2c4a73", "#e6dfd3"

COLUMNS, COLUMN, BOX, HEIGHT, GAP, GUTTER, PAD = 5, 146, 126, 40, 36, 108, 20
STARTS, UNDER_A_BOX = 4, 200.0
CHINESE = {
    "doors": "门", "demo": "演示街道", "programmes": "业务", "ground": "地基", "engine": "引擎",
    "lifecircle": "生活圈", "territory": "区划", "accounts": "账户", "journal": "留痕", "ui": "界面", "layers": "图层",
    "standards": "规则手册", "sources": "数据来源", "verdicts": "裁定", "words": "用语", "clock": "时钟",
    "network": "路网", "reach": "可达", "access": "覆盖", "projection": "投影", "snapping": "接入",
    "storage": "存取", "checks": "检查", "dial": "逐桶搜索", "lanes": "成批求和", "contraction": "路段收缩",
}  # fmt: skip
TITLES = {
    "doors": "Doors", "demo": "Demo", "programmes": "Programmes", "ground": "Ground", "engine": "Engine",
}  # fmt: skip
Place = tuple[int, int]
Point = tuple[float, float]
Line = tuple[Place, Place]


class Floors(SphinxDirective):
    """The picture."""

    def run(self) -> list[nodes.Node]:
        for path in sorted((ROOT / "src").rglob("*.py")):
            self.env.note_dependency(str(path))
        return [nodes.raw("", f'<div class="floors">{drawing()}</div>', format="html")]


class Imports(SphinxDirective):
    """The table: every import between rooms, also those that the picture leaves out."""

    def run(self) -> list[nodes.Node]:
        house = read_house()
        lines = ["| room | imports from |", "|---|---|"]
        for room in house.rooms:
            below = [f"`{b}` {count}" for (a, b), count in sorted(house.imports.items()) if a == room]
            named = [f"`{b}` (by name)" for a, b in sorted(house.named) if a == room]
            lines.append(f"| `{room}` | {', '.join(below + named) or 'nothing of ours'} |")
        return self.parse_text_to_nodes("\n".join(lines))


@cache
def drawing() -> str:
    """The house as one SVG, the same for the same code."""
    house = read_house()
    arrows = without_detours(house.imports)
    drawn = {a: {b for x, b in arrows if x == a} for a, _ in arrows}
    named = sorted(pair for pair in house.named if pair[1] not in drawn.get(pair[0], ()))
    tops, bands, height = _heights(house)
    places = _columns(house, tops, [*arrows, *named])
    width = GUTTER + COLUMNS * COLUMN + PAD
    most = max(house.imports.values())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="floors-title floors-desc" font-family="system-ui, \'Noto Sans CJK SC\', sans-serif">',
        '<title id="floors-title">The floors of the house and what imports what</title>',
        f'<desc id="floors-desc">{html.escape(_in_words(house))}</desc>',
        "<defs>"
        + "".join(_head(name, colour) for name, colour in (("i", INDIGO), ("n", ASH), ("x", CINNABAR)))
        + "</defs>",
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
    ]
    parts += [_band(floor, top, bottom, width) for floor, (top, bottom) in bands.items()]
    parts += [_arrow(places[a], places[b], "n", 1.2, dashed=True) for a, b in named]
    parts += [_arrow(places[a], places[b], "i", 1.2 + 2.6 * house.imports[a, b] / most) for a, b in arrows]
    parts += [_box(room, places[room], house.parts.get(room, [])) for room in house.rooms]
    return "".join([*parts, "</svg>"])


def _in_words(house: House) -> str:
    said = (f"{a} imports {', '.join(sorted(b for x, b in house.imports if x == a))}." for a in house.rooms)
    return " ".join(one for one in said if not one.endswith("imports ."))


def _heights(house: House) -> tuple[dict[str, int], dict[str, Place], int]:
    """Top of each room, top and bottom of each floor, and height of it all."""
    tops, bands, y = {}, {}, PAD
    for floor, rows in house.floors.items():
        start = y
        y += PAD
        for row in rows:
            for room in row:
                tops[room] = y
            y += HEIGHT + GAP
        y += PAD - GAP
        bands[floor] = (start, y)
        y += 14
    return tops, bands, y - 14 + PAD


def _columns(house: House, tops: dict[str, int], arrows: list[tuple[str, str]]) -> dict[str, Place]:
    """A column for each room such that arrows cross little: better it room by room until nothing changes."""
    column: dict[str, float] = {}
    row_of = {room: tops[room] for room in house.rooms}
    spots = [number / 2 for number in range(2 * COLUMNS - 1)]

    def cost() -> float:
        lines = [(_at(column[a], tops[a]), _at(column[b], tops[b])) for a, b in arrows]
        total = sum(0.02 * abs(a[0] - b[0]) + 0.004 * (b[1] - a[1]) for a, b in lines)
        total += sum(6.0 for i, one in enumerate(lines) for other in lines[:i] if _cross(one, other))
        for (a, b), (start, end) in zip(arrows, lines, strict=True):
            points = _points(*_bends(start, end))
            boxes = (_at(column[room], tops[room]) for room in house.rooms if room not in (a, b))
            total += sum(UNDER_A_BOX for box in boxes if _under(points, box))
        return total

    def free(room: str, spot: float) -> bool:
        beside = (other for other in column if other != room and row_of[other] == row_of[room])
        return all(abs(column[other] - spot) >= 1 for other in beside)

    def better() -> float:
        best, before = cost(), math.inf
        while best < before:
            before = best
            for room in house.rooms:
                kept = column[room]
                for spot in spots:
                    if free(room, spot):
                        column[room] = spot
                        if (tried := cost()) < best:
                            best, kept = tried, spot
                column[room] = kept
        return best

    kept: tuple[float, dict[str, float]] = (math.inf, {})
    for start in range(STARTS):
        column |= _first_columns(house, start)
        kept = min(kept, (better(), dict(column)), key=lambda found: found[0])
        if kept[0] < UNDER_A_BOX:
            break
    column = kept[1]
    return {room: _at(column[room], tops[room]) for room in house.rooms}


def _first_columns(house: House, start: int) -> dict[str, float]:
    """Rows in the middle at first, then strewn; the same every time."""
    strewn = random.Random(start)  # noqa: S311 - a layout, not a secret
    columns: dict[str, float] = {}
    for rows in house.floors.values():
        for row in rows:
            left = (COLUMNS - len(row)) / 2 if start == 0 else strewn.randint(0, 2 * (COLUMNS - len(row))) / 2
            columns |= {room: left + number for number, room in enumerate(row)}
    return columns


def _at(column: float, top: int) -> Place:
    return round(GUTTER + column * COLUMN + (COLUMN - BOX) / 2), top


def _bends(start: Place, end: Place) -> tuple[Point, Point, Point, Point]:
    """A curve from the edge of one box to the edge of another, leaning towards where it goes."""
    upwards = end[1] <= start[1]
    x0, y0 = start[0] + BOX / 2, start[1] + (0 if upwards else HEIGHT)
    x1, y1 = end[0] + BOX / 2, end[1] + (HEIGHT + 5 if upwards else -5)
    lean = max(12 - BOX / 2, min(BOX / 2 - 12, (x1 - x0) * 0.16))
    bend = math.copysign(min(60, abs(y1 - y0) * 0.4), y1 - y0)
    return (x0 + lean, y0), (x0 + lean, y0 + bend), (x1 - lean, y1 - bend), (x1 - lean, y1)


def _points(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    shares = [(t / 24, 1 - t / 24) for t in range(1, 24)]
    weights = [(u**3, 3 * u * u * t, 3 * u * t * t, t**3) for t, u in shares]
    return [
        (
            a[0] * p + b[0] * q + c[0] * r + d[0] * s,
            a[1] * p + b[1] * q + c[1] * r + d[1] * s,
        )
        for p, q, r, s in weights
    ]


def _cross(one: Line, other: Line) -> bool:
    """Whether two lines cross between their ends."""
    (a, b), (c, d) = one, other
    if {a, b} & {c, d}:
        return False

    def side(p: Place, q: Place, r: Place) -> int:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _under(points: list[Point], box: Place) -> bool:
    """Whether a curve runs beneath a box, or grazes it."""
    x, y = box
    return any(x - 6 < px < x + BOX + 6 and y - 6 < py < y + HEIGHT + 6 for px, py in points)


def _band(floor: str, top: int, bottom: int, width: int) -> str:
    middle, stitch = (top + bottom) / 2, PAD / 2 + 7
    return (
        _rect(PAD / 2, top, width - PAD, bottom - top, f'rx="8" fill="{SHADE}" stroke="{HEM}"')
        + f'<line x1="{stitch:g}" y1="{top + 10}" x2="{stitch:g}" y2="{bottom - 10}" stroke="{CINNABAR}" '
        'stroke-width="2" stroke-dasharray="7 5"/>'
        + _text(28, middle - 2, TITLES.get(floor, floor), f'fill="{INK}" font-size="15" font-weight="600"')
        + _text(28, middle + 17, CHINESE.get(floor, ""), f'fill="{ASH}" font-size="13"')
    )


def _box(room: str, place: Place, parts: list[str]) -> str:
    x, y = place
    name = room.rpartition(".")[2]
    others = [part for part in parts if part != name]
    below = CHINESE.get(name, "") if not others else _shortened(others)
    middle = 'text-anchor="middle"'
    return (
        f"<g><title>{html.escape(', '.join(parts) or room)}</title>"
        + _rect(x, y, BOX, HEIGHT, f'rx="6" fill="{SILK}" stroke="{INK}" stroke-opacity=".55"')
        + _text(x + BOX / 2, y + 17, name, f'{middle} fill="{INK}" font-size="13.5" font-weight="600"')
        + _text(x + BOX / 2, y + 32, below, f'{middle} fill="{ASH}" font-size="10.5"')
        + "</g>"
    )


def _rect(x: float, y: float, width: float, height: float, look: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" {look}/>'


def _text(x: float, y: float, words: str, look: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" {look}>{html.escape(words)}</text>'


def _shortened(names: list[str]) -> str:
    said = ""
    for number, name in enumerate(names):
        longer = f"{said}, {name}" if said else name
        if len(longer) > 17:
            return f"{said} +{len(names) - number}"
        said = longer
    return said


def _arrow(start: Place, end: Place, kind: str, thickness: float, *, dashed: bool = False) -> str:
    upwards = end[1] <= start[1]
    colour = CINNABAR if upwards else {"i": INDIGO, "n": ASH}[kind]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = _bends(start, end)
    dash = ' stroke-dasharray="4 4"' if dashed else ""
    head = f"url(#floors-{'x' if upwards else kind})"
    return (
        f'<path d="M{x0:.1f} {y0:g}C{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f} {x3:.1f} {y3:g}" fill="none" stroke="{colour}" '
        f'stroke-opacity=".75" stroke-width="{thickness:.2f}"{dash} marker-end="{head}"/>'
    )


def _head(name: str, colour: str) -> str:
    return (
        f'<marker id="floors-{name}" viewBox="0 0 8 8" refX="5" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("floors", Floors)
    app.add_directive("imports", Imports)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
