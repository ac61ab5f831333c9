"""What the command says at the end: a table for people, an object for scripts."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle import outputs
from xiuhua.programmes.lifecircle.analysis import MAIN, MINUTES
from xiuhua.programmes.lifecircle.hours import words_of
from xiuhua.programmes.lifecircle.work import name_of

if TYPE_CHECKING:
    from rich.table import Table

    from xiuhua.ground.standards import PersonaStandard, Standards
    from xiuhua.programmes.lifecircle.analysis import Analysis
    from xiuhua.programmes.lifecircle.scale.tally import Outcome
    from xiuhua.programmes.lifecircle.work import Finding

OSM_CREDIT = "© OpenStreetMap contributors, ODbL 1.0"
_FEW = 3
_NAME_WIDTH, _SHARE_WIDTH, _GAP = 26, 4, 3


def as_object(finding: Finding) -> dict[str, Any]:
    """Everything that the tables say, as plain values."""
    analysis, snapping = finding.analysis, finding.analysis.snapping()
    compliance = [
        {
            **{name: value for name, value in asdict(row).items() if name != "radius"},
            "radius_m": row.radius.number,
            "status": row.radius.status.value,
            "source": row.radius.source,
        }
        for row in analysis.compliance()
    ]
    return {
        "extract": str(finding.order.extract),
        "out": str(finding.order.out),
        "files": sorted(outputs.FILES),
        "standard": finding.order.standard,
        "hour_of_week": analysis.hour,
        "counts": {
            **finding.extract.counts,
            "origins": len(analysis.town.origins),
            "walk_nodes": finding.extract.network.node_count,
            "walk_edges": finding.extract.network.edge_count,
            "islands": analysis.islands,
        },
        "residents": _residents(finding),
        "origins": asdict(snapping),
        "facilities": _facility_counts(finding),
        "unmapped": [kind for kind in analysis.types if kind in analysis.town.unmapped],
        "scored": list(analysis.scored),
        "score": {persona.key: number(analysis.score(persona.key)) for persona in analysis.personas},
        "coverage": [asdict(row) for row in analysis.coverage()],
        "compliance": compliance,
        "remarks": remarks(finding),
        "attribution": OSM_CREDIT,
    }


def print_summary(finding: Finding) -> None:
    """Print the tables and what one should know beside them."""
    from rich.console import Console

    console = Console()
    console.print(coverage_table(finding.analysis, finding.book, _title(finding), console.width))
    if finding.analysis.scored:
        console.print(score_line(finding.analysis), highlight=False, soft_wrap=True)
    for remark in filter(None, [*remarks(finding), absent(finding.analysis, finding.book)]):
        console.print(f"· {remark}", highlight=False, markup=False, soft_wrap=True)
    console.print(
        _("结果在 %(out)s ，用浏览器打开 %(page)s") % {"out": finding.order.out, "page": outputs.PAGE},
        highlight=False,
        markup=False,
        soft_wrap=True,
    )
    console.print(OSM_CREDIT, style="dim", highlight=False)


def remarks(finding: Finding) -> list[str]:
    """What had to be assumed, and who could not be placed."""
    analysis, snapping = finding.analysis, finding.analysis.snapping()
    counted = analysis.town.origins.counted
    said = list(finding.made.remarks)
    said.append(_("出行时刻：%(hour)s（大门按此时的开放时间）") % {"hour": words_of(analysis.hour)})
    if broken := finding.extract.counts.get("broken_areas"):
        said.append(_("%(count)s 个楼栋或多边形的轮廓不完整或自相交，没有用上") % {"count": broken})
    if snapping.island:
        what = {"count": snapping.island, "parts": analysis.islands, "names": _named(snapping.islanded)}
        said.append(_("%(count)s 个起点在与主路网不相连的路上（路网共 %(parts)s 块孤岛）：%(names)s") % what)
    if snapping.unsnapped:
        limit = f"{finding.book.buildings.snap_limit_m.number:g}"
        what = {"count": snapping.unsnapped, "limit": limit, "names": _named(snapping.unconnected)}
        said.append(_("%(count)s 个起点 %(limit)s 米内没有路，或被墙挡住：%(names)s") % what)
    if counted and (snapping.island or snapping.unsnapped):
        cut_off = f"{snapping.residents_island + snapping.residents_unsnapped:,.0f}"
        said.append(_("以上起点住着 %(residents)s 位居民，都计入总数") % {"residents": cut_off})
    entries = int((analysis.facility_state != MAIN).sum())
    if entries:
        said.append(_("%(count)s 处设施入口不在主路网上") % {"count": entries})
    return said


def absent(analysis: Analysis | Outcome, book: Standards) -> str:
    """Types about which the map says nothing; empty if there are none."""
    silent = [kind for kind in analysis.types if not analysis.tells_of(kind)]
    names = _("、").join(name_of(book.facility_types[kind]) for kind in silent)
    return _("地图上没有，不计分（可能没画，也可能真没有）：%(names)s") % {"names": names} if names else ""


def coverage_table(analysis: Analysis | Outcome, book: Standards, title: str, width: int) -> Table:
    """Shares of the first persona by minutes, and of as many others as the width bears; figures are never cut."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    asked = [(analysis.personas[0], minutes) for minutes in MINUTES]
    asked += [(persona, MINUTES[-1]) for persona in analysis.personas[1:]]
    count = _("处")
    heads = _fitting([_head(persona, minutes) for persona, minutes in asked], width - _width_of(count) - _GAP)
    shares = [analysis.shares(persona.key, minutes) for persona, minutes in asked[: len(heads)]]
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("")
    table.add_column(_("设施"), overflow="fold")
    for head in (count, *heads):
        table.add_column(head, justify="right", no_wrap=True, min_width=_width_of(head))
    required = analysis.standard.required
    for place, kind in enumerate(analysis.types):
        if analysis.tells_of(kind):
            cells = (f"{share[place]:.0%}" for share in shares)
            name = name_of(book.facility_types[kind])
            table.add_row("▲" if kind in required else "", name, str(analysis.facilities_of(kind)), *cells)
    return table


def _head(persona: PersonaStandard, minutes: int) -> str:
    """Head of a column, a word a line, so that it is hardly wider than its figures."""
    words = name_of(persona).replace("（", " （").split()
    return "\n".join([*words, f"{minutes} {_('分钟')}"])


def _fitting(heads: list[str], width: int) -> list[str]:
    """As many heads as leave room for the names of the facilities, those of the first persona in any case."""
    left = width - _NAME_WIDTH
    fitting: list[str] = []
    for head in heads:
        left -= _width_of(head) + _GAP
        if left < 0 and len(fitting) >= len(MINUTES):
            break
        fitting.append(head)
    return fitting


def _width_of(head: str) -> int:
    from rich.cells import cell_len

    return max(_SHARE_WIDTH, *(cell_len(line) for line in head.split("\n")))


def _title(finding: Finding) -> str:
    origins = finding.analysis.town.origins
    if not origins.counted:
        return _("%(file)s：%(origins)s 个路网节点走得到什么") % {
            "file": finding.order.extract.name,
            "origins": len(origins),
        }
    return _("%(file)s：%(residents)s 位居民（%(origins)s 处起点）走得到什么") % {
        "file": finding.order.extract.name,
        "residents": f"{_residents(finding) or 0:,.0f}",
        "origins": len(origins),
    }


def score_line(analysis: Analysis | Outcome) -> str:
    """The score of each persona."""
    scores = "  ".join(f"{name_of(persona)} {100 * analysis.score(persona.key):.1f}" for persona in analysis.personas)
    words = _("生活圈得分（▲ 必配设施中地图上有的 %(count)s 类，各按标准的时间，到得了的居民占比的平均）：%(scores)s")
    return words % {"count": len(analysis.scored), "scores": scores}


def _facility_counts(finding: Finding) -> dict[str, int]:
    points = finding.extract.facilities
    counted = Counter(kind for _one, kind in set(zip(points.facility_id, points.facility_type, strict=True)))
    return {kind: counted[kind] for kind in finding.analysis.types if counted[kind]}


def _residents(finding: Finding) -> float | None:
    origins = finding.analysis.town.origins
    return float(np.round(origins.weights["residents"].sum(), 1)) if origins.counted else None


def number(value: float) -> float | None:
    """A figure for scripts; None where there is none."""
    return round(value, 6) if value == value else None


def _named(names: tuple[str, ...]) -> str:
    few = _("、").join(names[:_FEW])
    return few if len(names) <= _FEW else _("%(few)s 等，全部见 origins.gpkg 的 state 列") % {"few": few}
