"""What-ifs mended rather than searched again, and candidate links against two whole searches each: ratios of one run.

Evaluating: 200 candidates at the weakest points of the network, each against a network with the link (`with_links`) and
its search, and against the search alone, as if that network came for nothing.

    python benchmarks/bench_links.py [--side 316] [--extract samples/chengdu-qingyang.osm.pbf] [--json]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from towns import LIMIT_M, synthetic_town

from xiuhua.engine import links
from xiuhua.engine.incremental import nearest_after
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import nearest

CANDIDATES = 200
LOOKED_AT = 12
Figures = dict[str, Any]


def seconds(work: Callable[[], Any], times: int = 3) -> tuple[float, float]:
    """The least of some turns, by the clock and of processor time over all threads."""
    turns = []
    for _ in range(times):
        clock, cpu = time.perf_counter(), time.process_time()
        work()
        turns.append((time.perf_counter() - clock, time.process_time() - cpu))
    return min(turn[0] for turn in turns), min(turn[1] for turn in turns)


def measure(net: WalkNetwork, seed: int = 5) -> Figures:
    """All the ratios on one network whose edges cost their length."""
    rng = np.random.default_rng(seed)
    facilities = rng.choice(net.node_count, max(3, net.node_count // 900), replace=False)
    residents = rng.integers(0, 100, net.node_count).astype(float)
    _ = net.ordered
    figures: Figures = {"nodes": net.node_count, "edges": net.edge_count, "limit_m": LIMIT_M}
    found = _candidates(net)
    figures["propose"] = dict(zip(("clock", "cpu"), seconds(lambda: links.propose(net), 1), strict=True))
    figures["proposed"] = len(links.propose(net))
    wide, pairs, metres = found.network, found.ends[:CANDIDATES], found.gap_m[:CANDIDATES]
    residents = np.append(residents, np.zeros(wide.node_count - net.node_count))
    _ = wide.ordered
    before = nearest(wide, facilities, LIMIT_M)
    worth = links.evaluate(wide, pairs, residents, facilities, limit=LIMIT_M, length=metres)
    clock, cpu = seconds(lambda: links.evaluate(wide, pairs, residents, facilities, limit=LIMIT_M, length=metres))
    looked_at = np.linspace(0, len(pairs) - 1, min(LOOKED_AT, len(pairs))).astype(int)

    def with_link(c: int) -> WalkNetwork:
        return wide.with_links(pairs[[c], 0], pairs[[c], 1], metres[[c]])

    anew = [with_link(c) for c in looked_at]
    searched = [nearest(one, facilities, LIMIT_M) for one in anew]
    again = seconds(lambda: [nearest(with_link(c), facilities, LIMIT_M) for c in looked_at], 2)
    search = seconds(lambda: [nearest(one, facilities, LIMIT_M) for one in anew])
    share = len(pairs) / len(looked_at)
    figures["evaluate"] = {"clock": clock, "cpu": cpu, "candidates": len(pairs)}
    figures["rebuilt and searched"] = {"clock": again[0] * share, "cpu": again[1] * share}
    figures["searched alone"] = {"clock": search[0] * share, "cpu": search[1] * share}
    saved = [float(residents @ (np.minimum(before, LIMIT_M) - np.minimum(after, LIMIT_M))) for after in searched]
    figures["equal"] = bool(np.allclose(saved, worth.metres[looked_at], rtol=1e-4, atol=1))
    figures |= mended(wide, facilities, before, pairs[0], metres[0], rng)
    return figures


def _candidates(net: WalkNetwork) -> links.Proposals:
    """Proposals for ever smaller detours until there are enough, for a small network has few worth opening."""
    for min_detour in (300.0, 200.0, 100.0, 50.0):
        found = links.propose(net, min_detour=min_detour, min_ratio=3.0, limit=LIMIT_M)
        if len(found) >= CANDIDATES:
            break
    return found


def mended(net: WalkNetwork, facilities: Any, before: Any, pair: Any, metres: float, rng: Any) -> Figures:
    """One link, one facility more, one less, one edge less: the search over the time to mend."""
    search = seconds(lambda: nearest(net, facilities, LIMIT_M), 5)
    changes: dict[str, Any] = {
        "a link": {"links": [pair], "length": [metres]},
        "a facility more": {"new_nodes": [int(rng.integers(net.node_count))]},
        "a facility less": {"gone_nodes": facilities[:1]},
        "ten edges less": {"without_edges": rng.choice(net.edge_count, 10, replace=False)},
    }
    times = {
        name: seconds(lambda change=change: nearest_after(net, facilities, LIMIT_M, before, **change), 5)  # type: ignore[misc]
        for name, change in changes.items()
    }
    return {
        "search": {"clock": search[0], "cpu": search[1]},
        "mended": {name: {"clock": clock, "cpu": cpu} for name, (clock, cpu) in times.items()},
    }


def show(found: Figures) -> None:
    """The ratios as a table."""
    title = f"{found['nodes']:,} nodes, {found['edges']:,} edges, within {found['limit_m']:,.0f} m"
    table = Table("", "by the clock", "processor", "ours", "the peer", title=title)
    for column in table.columns[1:]:
        column.justify = "right"

    def row(name: str, ours: Figures, peer: Figures) -> None:
        clock, cpu = (f"{peer[kind] / max(ours[kind], 1e-6):,.0f} x" for kind in ("clock", "cpu"))
        table.add_row(name, clock, cpu, f"{ours['clock'] * 1000:,.2f} ms", f"{peer['clock'] * 1000:,.2f} ms")

    count = found["evaluate"]["candidates"]
    row(f"evaluate {count} links / built and searched anew", found["evaluate"], found["rebuilt and searched"])
    row(f"evaluate {count} links / searched anew alone", found["evaluate"], found["searched alone"])
    for name, times in found["mended"].items():
        row(f"nearest after {name} / searched anew alone", times, found["search"])
    console = Console()
    console.print(table)
    console.print(f"propose: {found['proposed']:,} in {found['propose']['clock']:.2f} s", end=" ")
    console.print(f"({found['propose']['cpu']:.2f} s of processor). Answers equal: {found['equal']}")


def networks(side: int, extract: Path) -> list[WalkNetwork]:
    """The made-up town and a real extract at the cost of its lengths."""
    from xiuhua.ground.sources.osm import read_walk_network

    town = synthetic_town(side)
    real = read_walk_network(extract)
    return [
        WalkNetwork.from_edges(town["x"], town["y"], town["u"], town["v"], town["length"]),
        WalkNetwork.from_edges(real.x, real.y, real.u, real.v, real.length_dm / 10, real.flags),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Changes mended against searching again, as ratios.")
    parser.add_argument("--side", type=int, default=316, help="crossings along a side of the town (default 316)")
    parser.add_argument("--extract", type=Path, default=Path("samples/chengdu-qingyang.osm.pbf"))
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    given = parser.parse_args()
    found = [measure(net) for net in networks(given.side, given.extract)]
    if given.json:
        print(json.dumps(found, indent=2))
        return
    for figures in found:
        show(figures)


if __name__ == "__main__":
    main()
