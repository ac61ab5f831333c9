"""The engine against pandana on a synthetic pedestrian network: ratios, both measured in the same run.

Each side runs in a process of its own, so that its peak memory is its own, and does the same job on the same arrays:
build, precompute, the nearest facility of ten categories, and totals of one column within 1,200 m.

    python benchmarks/bench_reach.py [--side 316] [--json]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

Arrays = dict[str, NDArray[Any]]
Seconds = dict[str, dict[str, float]]

LIMIT_M = 1200.0
CATEGORIES = 10
STEPS = {
    "build": "build",
    "precompute": "precompute",
    "nearest": f"nearest, {CATEGORIES} categories",
    "totals": "totals, 1 column",
}


def synthetic_town(side: int, seed: int = 1) -> Arrays:
    """A bent street grid of `side` by `side` crossings with a sixth of its streets missing and bends within streets.

    At the default side it has some 280,000 nodes and 346,000 edges of 32 m; node numbers say nothing of place.
    """
    rng = np.random.default_rng(seed)
    crossing = np.arange(side * side)
    column, row = crossing % side, crossing // side
    x = (column + rng.uniform(-0.3, 0.3, len(crossing))) * 65.0
    y = (row + rng.uniform(-0.3, 0.3, len(crossing))) * 65.0
    right, up = crossing[column < side - 1], crossing[row < side - 1]
    a, b = np.concatenate([right, up]), np.concatenate([right + 1, up + side])
    kept = rng.random(len(a)) < 0.83
    a, b = a[kept], b[kept]
    pieces = 1 + rng.choice([0, 1, 2, 4], len(a), p=[0.45, 0.25, 0.18, 0.12])
    street = np.repeat(np.arange(len(a)), pieces)
    piece = np.arange(len(street)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    bends, later = piece < pieces[street] - 1, piece > 0
    u, v = a[street], b[street]
    v[bends] = u[later] = len(crossing) + np.arange(bends.sum())
    along, of = (piece[bends] + 1) / pieces[street[bends]], street[bends]
    x = np.concatenate([x, x[a[of]] + along * (x[b[of]] - x[a[of]]) + rng.normal(0, 3, len(of))])
    y = np.concatenate([y, y[a[of]] + along * (y[b[of]] - y[a[of]]) + rng.normal(0, 3, len(of))])
    shuffled = rng.permutation(len(x))
    x, y = x[np.argsort(shuffled)], y[np.argsort(shuffled)]
    u, v = shuffled[u], shuffled[v]
    length = np.maximum(np.rint(np.hypot(x[u] - x[v], y[u] - y[v]) * 10), 1) / 10
    facilities = rng.choice(len(x), min(len(x), 300 * CATEGORIES), replace=False)
    return {
        "x": x, "y": y, "u": u, "v": v, "length": length,
        "facilities": facilities, "category": np.arange(len(facilities)) % CATEGORIES,
        "weights": rng.integers(0, 100, len(x)).astype(float),
    }  # fmt: skip


@contextmanager
def timed(seconds: Seconds, step: str) -> Iterator[None]:
    """Seconds by the clock, and of processor time over all threads, which other users of the machine disturb less."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    seconds[step] = {"clock": time.perf_counter() - clock, "cpu": time.process_time() - cpu}


def run_xiuhua(town: Arrays) -> tuple[Seconds, Arrays]:
    """Our side. Compiled code is fetched from numba's cache before the clock starts, as in any but the first run."""
    from xiuhua.engine import reach
    from xiuhua.engine.network import WalkNetwork

    def network(of: Arrays) -> WalkNetwork:
        return WalkNetwork.from_edges(of["x"], of["y"], of["u"], of["v"], of["length"])

    small = synthetic_town(30)
    reach.nearest(network(small), [0], LIMIT_M)
    reach.totals(network(small), small["weights"], LIMIT_M)
    seconds: Seconds = {}
    with timed(seconds, "build"):
        net = network(town)
    with timed(seconds, "precompute"):
        _ = net.ordered, net.contracted
    with timed(seconds, "nearest"):
        nearest = reach.nearest_each(net, town["facilities"], town["category"], CATEGORIES, LIMIT_M)
    with timed(seconds, "totals"):
        totals = reach.totals(net, town["weights"], LIMIT_M)
    return seconds, {"nearest": nearest, "totals": totals[:, 0]}


def run_pandana(town: Arrays) -> tuple[Seconds, Arrays]:
    """The peer's side."""
    import pandana
    import pandas as pd

    seconds: Seconds = {}
    with timed(seconds, "build"):
        net = pandana.Network(
            pd.Series(town["x"]), pd.Series(town["y"]), pd.Series(town["u"]), pd.Series(town["v"]),
            pd.DataFrame({"length": town["length"]}),
        )  # fmt: skip
    with timed(seconds, "precompute"):
        net.precompute(LIMIT_M)
    nearest = []
    with timed(seconds, "nearest"):
        for category in range(CATEGORIES):
            mine = town["facilities"][town["category"] == category]
            net.set_pois(str(category), LIMIT_M, 1, pd.Series(town["x"][mine]), pd.Series(town["y"][mine]))
            nearest.append(net.nearest_pois(LIMIT_M, str(category), num_pois=1, max_distance=np.inf)[1].to_numpy())
    with timed(seconds, "totals"):
        net.set(pd.Series(np.arange(len(town["x"]))), variable=pd.Series(town["weights"]), name="weights")
        totals = net.aggregate(LIMIT_M, type="sum", decay="flat", name="weights").to_numpy()
    return seconds, {"nearest": np.array(nearest, np.float32), "totals": totals}


SIDES: dict[str, Callable[[Arrays], tuple[Seconds, Arrays]]] = {"xiuhua": run_xiuhua, "pandana": run_pandana}


def run_side(name: str, folder: Path) -> None:
    """In a process of its own: do the job and leave figures and answers in the folder."""
    with np.load(folder / "town.npz") as stored:
        town = dict(stored)
    seconds, answers = SIDES[name](town)
    seconds["overall"] = {kind: sum(seconds[step][kind] for step in STEPS) for kind in ("clock", "cpu")}
    figures = {"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    np.savez(folder / f"{name}.npz", **answers)  # type: ignore[arg-type]
    (folder / f"{name}.json").write_text(json.dumps(figures))


def measure(side: int) -> dict[str, Any]:
    """Both sides on one town, and how far their answers agree."""
    with tempfile.TemporaryDirectory(prefix="xiuhua-bench-") as name:
        folder = Path(name)
        town = synthetic_town(side)
        np.savez(folder / "town.npz", **town)  # type: ignore[arg-type]
        for one in SIDES:
            command = [sys.executable, "-W", "ignore", __file__, "--only", one, "--folder", name]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{one} failed:\n{done.stderr}")
        figures = {one: json.loads((folder / f"{one}.json").read_text()) for one in SIDES}
        with np.load(folder / "xiuhua.npz") as ours, np.load(folder / "pandana.npz") as theirs:
            equal = {answer: float(_equal(ours[answer], theirs[answer]).mean()) for answer in ("nearest", "totals")}
    return {"nodes": len(town["x"]), "edges": len(town["u"]), "limit_m": LIMIT_M, "equal": equal, **figures}


def _equal(ours: NDArray[Any], theirs: NDArray[Any]) -> NDArray[np.bool_]:
    """Equal to half a decimetre, for pandana cuts its distances down to millimetres."""
    return np.asarray(np.isclose(ours, theirs, rtol=0, atol=0.05))


def show(found: dict[str, Any]) -> None:
    """The ratios as a table; seconds and megabytes beside them, which hold for this machine only."""
    ours, theirs = found["xiuhua"], found["pandana"]
    title = f"{found['nodes']:,} nodes, {found['edges']:,} edges, within {found['limit_m']:,.0f} m"
    table = Table("pandana / xiuhua", "by the clock", "processor", "xiuhua", "pandana", title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    for step, label in (STEPS | {"overall": "overall"}).items():
        mine, peer = ours["seconds"][step], theirs["seconds"][step]
        clock, cpu = (f"{peer[kind] / max(mine[kind], 1e-4):,.0f} x" for kind in ("clock", "cpu"))
        table.add_row(label, clock, cpu, f"{mine['clock']:.3f} s", f"{peer['clock']:.2f} s")
    ratio = theirs["peak_mb"] / ours["peak_mb"]
    table.add_row("peak memory", f"{ratio:,.1f} x", "", f"{ours['peak_mb']:,.0f} MB", f"{theirs['peak_mb']:,.0f} MB")
    console = Console()
    console.print(table)
    same = ", ".join(f"{answer} {share:.4%}" for answer, share in found["equal"].items())
    console.print(f"Answers equal to pandana's: {same}")


def main() -> None:
    parser = argparse.ArgumentParser(description="The reach kernels against pandana, as ratios.")
    parser.add_argument("--side", type=int, default=316, help="crossings along a side of the town (default 316)")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--only", choices=sorted(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        run_side(given.only, given.folder)
        return
    found = measure(given.side)
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
