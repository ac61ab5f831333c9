"""The engine against what a planner would write at hand: osmnx with networkx, and scipy's dijkstra, on a small network.

The nearest of ten categories and totals within 1,200 m from every node, each answer compared. All in one process.

    python benchmarks/bench_reach_small.py [--side 30] [--json]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from towns import CATEGORIES, LIMIT_M, Arrays, synthetic_town

JOB = {"build": "build", "nearest": f"nearest, {CATEGORIES} categories", "totals": "totals, 1 column"}
CUTOFF_M = LIMIT_M + 1e-6  # sums of metres as floats
Steps = dict[str, Callable[[], Any]]


def xiuhua_steps(town: Arrays) -> Steps:
    from xiuhua.engine import reach
    from xiuhua.engine.network import WalkNetwork

    made: dict[str, WalkNetwork] = {}

    def build() -> None:
        made["net"] = WalkNetwork.from_edges(town["x"], town["y"], town["u"], town["v"], town["length"])
        _ = made["net"].ordered, made["net"].contracted

    return {
        "build": build,
        "nearest": lambda: reach.nearest_each(made["net"], town["facilities"], town["category"], CATEGORIES, LIMIT_M),
        "totals": lambda: reach.totals(made["net"], town["weights"], LIMIT_M)[:, 0],
    }


def networkx_steps(town: Arrays) -> Steps:
    """A graph as osmnx makes it of two frames, then networkx's searches, one an origin."""
    import geopandas
    import networkx
    import osmnx
    import pandas
    import shapely

    made: dict[str, Any] = {}
    count = len(town["x"])

    def build() -> None:
        points = shapely.points(town["x"], town["y"])
        nodes = geopandas.GeoDataFrame({"x": town["x"], "y": town["y"]}, geometry=points, crs="EPSG:32650")
        lines = shapely.linestrings(np.stack([points_of(town, "u"), points_of(town, "v")], axis=1))
        edges = geopandas.GeoDataFrame({"length": town["length"]}, geometry=lines, crs="EPSG:32650")
        edges.index = pandas.MultiIndex.from_arrays(
            [town["u"], town["v"], np.arange(len(edges))], names=["u", "v", "key"]
        )
        made["graph"] = osmnx.convert.graph_from_gdfs(nodes, edges).to_undirected()

    def nearest() -> Any:
        metres = np.full((CATEGORIES, count), np.inf)
        for category in range(CATEGORIES):
            mine = set(town["facilities"][town["category"] == category].tolist())
            found = networkx.multi_source_dijkstra_path_length(made["graph"], mine, cutoff=CUTOFF_M, weight="length")
            metres[category, list(found)] = list(found.values())
        return metres

    def totals() -> Any:
        sums = np.zeros(count)
        for node in range(count):
            found = networkx.single_source_dijkstra_path_length(made["graph"], node, cutoff=CUTOFF_M, weight="length")
            sums[node] = town["weights"][list(found)].sum()
        return sums

    return {"build": build, "nearest": nearest, "totals": totals}


def scipy_steps(town: Arrays) -> Steps:
    """Whole decimetres, of parallel edges the shorter; a thousand origins at a time, for the answers are dense."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    made: dict[str, Any] = {}
    count, limit_dm = len(town["x"]), LIMIT_M * 10

    def build() -> None:
        u, v = np.minimum(town["u"], town["v"]), np.maximum(town["u"], town["v"])
        dm = np.rint(town["length"] * 10)
        order = np.lexsort((dm, v, u))
        _, first = np.unique(u[order] * count + v[order], return_index=True)
        keep = order[first]
        made["graph"] = csr_array((dm[keep], (u[keep], v[keep])), shape=(count, count))

    def nearest() -> Any:
        metres = []
        for category in range(CATEGORIES):
            mine = town["facilities"][town["category"] == category]
            metres.append(dijkstra(made["graph"], False, indices=mine, min_only=True, limit=limit_dm) / 10)
        return np.array(metres)

    def totals() -> Any:
        parts = np.array_split(np.arange(count), -(-count // 1000))
        searched = (dijkstra(made["graph"], False, indices=part, limit=limit_dm) for part in parts)
        return np.concatenate([np.isfinite(found) @ town["weights"] for found in searched])

    return {"build": build, "nearest": nearest, "totals": totals}


def points_of(town: Arrays, end: str) -> Any:
    """Coordinates of one end of every edge, float64[E, 2]."""
    return np.stack([town["x"][town[end]], town["y"][town[end]]], axis=1)


PEERS = {"osmnx + networkx": networkx_steps, "scipy": scipy_steps}


def measure(side: int) -> dict[str, Any]:
    """Processor seconds of each step of each side, and how many answers of a peer equal ours."""
    small = xiuhua_steps(synthetic_town(40))
    for step in JOB:
        small[step]()
    town = synthetic_town(side)
    seconds: dict[str, dict[str, dict[str, float]]] = {}
    answers: dict[str, dict[str, Any]] = {}
    for one, steps in {"xiuhua": xiuhua_steps, **PEERS}.items():
        mine = steps(town)
        seconds[one], answers[one] = {}, {}
        for step in JOB:
            clock, cpu = time.perf_counter(), time.process_time()
            answers[one][step] = mine[step]()
            seconds[one][step] = {"clock": time.perf_counter() - clock, "cpu": time.process_time() - cpu}
    equal = {
        peer: {
            step: float(np.isclose(answers["xiuhua"][step], answers[peer][step], atol=0.01).mean())
            for step in JOB
            if step != "build"
        }
        for peer in PEERS
    }
    return {"nodes": len(town["x"]), "edges": len(town["u"]), "limit_m": LIMIT_M, "seconds": seconds, "equal": equal}


def show(found: dict[str, Any]) -> None:
    """The ratios as a table; our own seconds beside them, which hold for this machine only."""
    title = f"{found['nodes']:,} nodes, {found['edges']:,} edges, within {found['limit_m']:,.0f} m: peer / xiuhua"
    headings = [f"{peer}, {kind}" for peer in PEERS for kind in ("clock", "processor")]
    table = Table("", *headings, "xiuhua", title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    ours = found["seconds"]["xiuhua"]
    for step, label in JOB.items():
        ratios = [
            f"{found['seconds'][peer][step][kind] / max(ours[step][kind], 1e-4):,.0f} x"
            for peer in PEERS
            for kind in ("clock", "cpu")
        ]
        table.add_row(label, *ratios, f"{ours[step]['clock']:.4f} s")
    console = Console()
    console.print(table)
    for peer, shares in found["equal"].items():
        same = ", ".join(f"{step} {share:.4%}" for step, share in shares.items())
        console.print(f"Answers equal to those of {peer}: {same}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Reach against osmnx with networkx and scipy on a small network.")
    parser.add_argument("--side", type=int, default=30, help="crossings along a side of the town (default 30)")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    given = parser.parse_args()
    found = measure(given.side)
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
