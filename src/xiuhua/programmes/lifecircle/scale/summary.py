"""What the command says of a city that was walked in tiles."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.analysis import ISLAND, MAIN, UNSNAPPED
from xiuhua.programmes.lifecircle.hours import words_of
from xiuhua.programmes.lifecircle.summary import absent, coverage_table, number, score_line

if TYPE_CHECKING:
    from xiuhua.programmes.lifecircle.scale.work import CityFinding


def as_object(finding: CityFinding) -> dict[str, Any]:
    """Everything that the tables say, as plain values."""
    outcome, tally, order = finding.outcome, finding.outcome.tally, finding.order
    compliance = [
        {
            **{name: value for name, value in asdict(row).items() if name != "radius"},
            "radius_m": row.radius.number,
            "status": row.radius.status.value,
            "source": row.radius.source,
        }
        for row in outcome.compliance()
    ]
    facilities = Counter(kind for _one, kind in tally.facilities)
    return {
        "extract": str(order.extract),
        "out": str(order.out),
        "files": list(finding.files),
        "standard": order.standard,
        "hour_of_week": outcome.question.hour,
        "counts": {"origins": tally.origins, "islands": outcome.islands},
        "tiles": {
            "count": finding.tiles,
            "largest_nodes": finding.largest_tile,
            "peak_mb": [number(one) for one in finding.peak_mb.values()],
        },
        "residents": round(tally.residents, 1) if outcome.counted else None,
        "origins": {
            "main": int(tally.states[MAIN]),
            "island": int(tally.states[ISLAND]),
            "unsnapped": int(tally.states[UNSNAPPED]),
            "residents_island": float(tally.residents_by_state[ISLAND]) if outcome.counted else 0.0,
            "residents_unsnapped": float(tally.residents_by_state[UNSNAPPED]) if outcome.counted else 0.0,
        },
        "facilities": {kind: facilities[kind] for kind in outcome.types if facilities[kind]},
        "unmapped": [kind for kind in outcome.types if not outcome.tells_of(kind)],
        "scored": list(outcome.scored),
        "score": {persona.key: number(outcome.score(persona.key)) for persona in outcome.personas},
        "coverage": [asdict(row) for row in outcome.coverage()],
        "compliance": compliance,
        "remarks": remarks(finding),
        "attribution": finding.credit,
    }


def print_summary(finding: CityFinding) -> None:
    """Print the tables and what one should know beside them."""
    from rich.console import Console

    console = Console()
    console.print(coverage_table(finding.outcome, finding.book, _title(finding), console.width))
    if finding.outcome.scored:
        console.print(score_line(finding.outcome), highlight=False, soft_wrap=True)
    for remark in filter(None, [*remarks(finding), absent(finding.outcome, finding.book)]):
        console.print(f"· {remark}", highlight=False, markup=False, soft_wrap=True)
    out = _("结果在 %(out)s ，origins.parquet 可以用 QGIS 打开") % {"out": finding.order.out}
    console.print(out, highlight=False, markup=False, soft_wrap=True)
    if finding.credit:
        console.print(finding.credit, style="dim", highlight=False)


def remarks(finding: CityFinding) -> list[str]:
    """What had to be assumed, and who could not be placed."""
    outcome, tally = finding.outcome, finding.outcome.tally
    said = list(finding.remarks)
    said.append(_("出行时刻：%(hour)s（大门按此时的开放时间）") % {"hour": words_of(outcome.question.hour)})
    what = {"tiles": finding.tiles, "workers": len(finding.peak_mb), "peak": f"{max(finding.peak_mb.values()):,.0f}"}
    said.append(_("分成 %(tiles)s 块，由 %(workers)s 个进程计算，每个进程最多用了 %(peak)s MB 内存") % what)
    island, unsnapped = int(tally.states[ISLAND]), int(tally.states[UNSNAPPED])
    if island:
        said.append(_("%(count)s 个起点在与主路网不相连的路上，见 origins.parquet 的 state 列") % {"count": island})
    if unsnapped:
        said.append(_("%(count)s 个起点没有接上路，见 origins.parquet 的 state 列") % {"count": unsnapped})
    cut_off = tally.residents_by_state[ISLAND] + tally.residents_by_state[UNSNAPPED]
    if outcome.counted and cut_off:
        said.append(_("以上起点住着 %(residents)s 位居民，都计入总数") % {"residents": f"{cut_off:,.0f}"})
    if tally.off_main:
        said.append(_("%(count)s 处设施入口不在主路网上") % {"count": tally.off_main})
    return said


def _title(finding: CityFinding) -> str:
    tally, name = finding.outcome.tally, finding.order.extract.resolve().name
    if not finding.outcome.counted:
        return _("%(file)s：%(origins)s 个路网节点走得到什么") % {"file": name, "origins": tally.origins}
    what = {"file": name, "residents": f"{tally.residents:,.0f}", "origins": tally.origins}
    return _("%(file)s：%(residents)s 位居民（%(origins)s 处起点）走得到什么") % what
