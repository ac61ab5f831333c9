"""``{floors}``: the house drawn from its own imports, and ``{imports}``: the same as a table."""

import html
from functools import cache
from pathlib import Path

from docutils import nodes
from imports import ROOT, House, read_house, without_detours
from ink import ASH, CINNABAR, HEM, INDIGO, INK, PAPER, SHADE, SILK, rect, text
from layout import BOX, COLUMN, COLUMNS, GAP, GUTTER, HEIGHT, PAD, Place, bends, placed
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

CHINESE = {
    "doors": "门", "demo": "演示街道", "programmes": "业务", "ground": "地基", "engine": "引擎",
    "lifecircle": "生活圈", "territory": "区划", "accounts": "账户", "journal": "留痕", "ui": "界面", "layers": "图层",
    "standards": "规则手册", "sources": "数据来源", "verdicts": "裁定", "words": "用语", "clock": "时钟",
    "progress": "进度", "network": "路网", "reach": "可达", "access": "覆盖", "projection": "投影", "snapping": "接入",
    "suggestions": "人民建议", "projects": "项目清单", "files": "附件", "messages": "消息", "bookings": "预约",
    "documents": "公文", "rosters": "名册", "jobs": "任务", "privacy": "个人信息", "sealing": "封存", "scope": "权限",
    "workflow": "流程", "api": "接口", "texts": "文字", "tables": "表格",
    "storage": "存取", "checks": "检查", "dial": "逐桶搜索", "lanes": "成批求和", "contraction": "路段收缩",
}  # fmt: skip
TITLES = {
    "doors": "Doors", "demo": "Demo", "programmes": "Programmes", "ground": "Ground", "engine": "Engine",
}  # fmt: skip


class Floors(SphinxDirective):
    """The picture."""

    def run(self) -> list[nodes.Node]:
        for path in [*Path(__file__).parent.glob("*.py"), *(ROOT / "src").rglob("*.py"), ROOT / "pyproject.toml"]:
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
    places = placed(house.floors, tops, [*arrows, *named])
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


def _band(floor: str, top: int, bottom: int, width: int) -> str:
    middle, stitch = (top + bottom) / 2, PAD / 2 + 7
    return (
        rect(PAD / 2, top, width - PAD, bottom - top, f'rx="8" fill="{SHADE}" stroke="{HEM}"')
        + f'<line x1="{stitch:g}" y1="{top + 10}" x2="{stitch:g}" y2="{bottom - 10}" stroke="{CINNABAR}" '
        'stroke-width="2" stroke-dasharray="7 5"/>'
        + text(28, middle - 2, TITLES.get(floor, floor), f'fill="{INK}" font-size="15" font-weight="600"')
        + text(28, middle + 17, CHINESE.get(floor, ""), f'fill="{ASH}" font-size="13"')
    )


def _box(room: str, place: Place, parts: list[str]) -> str:
    x, y = place
    name = room.rpartition(".")[2]
    others = [part for part in parts if part != name]
    below = CHINESE.get(name, "") if not others else _shortened(others)
    middle = 'text-anchor="middle"'
    return (
        f"<g><title>{html.escape(', '.join(parts) or room)}</title>"
        + rect(x, y, BOX, HEIGHT, f'rx="6" fill="{SILK}" stroke="{INK}" stroke-opacity=".55"')
        + text(x + BOX / 2, y + 17, name, f'{middle} fill="{INK}" font-size="13.5" font-weight="600"')
        + text(x + BOX / 2, y + 32, below, f'{middle} fill="{ASH}" font-size="10.5"')
        + "</g>"
    )


def _shortened(names: list[str]) -> str:
    said = ""
    for number, name in enumerate(names):
        longer = f"{said}, {name}" if said else name
        if len(longer) > 13:
            return f"{said} +{len(names) - number}"
        said = longer
    return said


def _arrow(start: Place, end: Place, kind: str, thickness: float, *, dashed: bool = False) -> str:
    upwards = end[1] <= start[1]
    colour = CINNABAR if upwards else {"i": INDIGO, "n": ASH}[kind]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = bends(start, end)
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
