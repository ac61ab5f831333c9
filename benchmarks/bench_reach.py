"""The engine against pandana on street networks: ratios, both measured in the same run.

Each side runs in a process of its own, so that its peak memory is its own, and does the same job on the same arrays:
build, precompute, the nearest facility of ten categories, and totals of one column within 1,200 m, then the same totals
with two decays. First on a synthetic network; then on real ones, where their folder is there; last, our side alone
shows how the time grows from 250,000 nodes to 1,000,000, and what one-way edges cost.

    python benchmarks/bench_reach.py [--side 316] [--data FOLDER] [--json]
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
from towns import CATEGORIES, DATA, LIMIT_M, OSLO, WUHAN, Arrays, real_town, synthetic_town

Seconds = dict[str, dict[str, float]]

JOB = {
    "build": "build",
    "precompute": "precompute",
    "nearest": f"nearest, {CATEGORIES} categories",
    "totals": "totals, 1 column",
}
DECAYS = {"linear": "totals, linear decay", "exponential": "totals, exponential decay"}
ONE_WAY = "one_way"
ANSWERS = ("nearest", "totals", *DECAYS)
GROWTH = (298, 596)


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

    def network(of: Arrays, **more: Any) -> WalkNetwork:
        return WalkNetwork.from_edges(of["x"], of["y"], of["u"], of["v"], of["length"], **more)

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
    seconds["peak_mb"] = {"job": peak_mb()}
    answers: Arrays = {"nearest": nearest, "totals": totals[:, 0]}
    for decay in DECAYS:
        with timed(seconds, decay):
            answers[decay] = reach.totals(net, town["weights"], LIMIT_M, decay)[:, 0]
    tenth = np.random.default_rng(1).random(len(town["u"])) < 0.1
    one_way = network(town, oneway=tenth)
    _ = one_way.contracted
    with timed(seconds, ONE_WAY):
        reach.totals(one_way, town["weights"], LIMIT_M)
    return seconds, answers


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
    seconds["peak_mb"] = {"job": peak_mb()}
    answers: Arrays = {"nearest": np.array(nearest, np.float32), "totals": totals}
    for decay, theirs in (("linear", "linear"), ("exponential", "exp")):
        with timed(seconds, decay):
            answers[decay] = net.aggregate(LIMIT_M, type="sum", decay=theirs, name="weights").to_numpy()
    return seconds, answers


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


SIDES: dict[str, Callable[[Arrays], tuple[Seconds, Arrays]]] = {"xiuhua": run_xiuhua, "pandana": run_pandana}


def run_side(name: str, folder: Path) -> None:
    """In a process of its own: do the job and leave figures and answers in the folder."""
    with np.load(folder / "town.npz") as stored:
        town = dict(stored)
    seconds, answers = SIDES[name](town)
    memory = seconds.pop("peak_mb")["job"]
    seconds["overall"] = {kind: sum(seconds[step][kind] for step in JOB) for kind in ("clock", "cpu")}
    np.savez(folder / f"{name}.npz", **answers)  # type: ignore[arg-type]
    (folder / f"{name}.json").write_text(json.dumps({"seconds": seconds, "peak_mb": memory}))


def measure(label: str, town: Arrays, sides: tuple[str, ...] = ("xiuhua", "pandana")) -> dict[str, Any]:
    """Some sides on one town, and how far their answers agree."""
    with tempfile.TemporaryDirectory(prefix="xiuhua-bench-") as name:
        folder = Path(name)
        np.savez(folder / "town.npz", **town)  # type: ignore[arg-type]
        for one in sides:
            command = [sys.executable, "-W", "ignore", __file__, "--only", one, "--folder", name]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{one} failed:\n{done.stderr}")
        figures = {one: json.loads((folder / f"{one}.json").read_text()) for one in sides}
        if len(sides) > 1:
            with np.load(folder / "xiuhua.npz") as ours, np.load(folder / "pandana.npz") as theirs:
                figures["equal"] = {one: float(_equal(one, ours[one], theirs[one]).mean()) for one in ANSWERS}
    return {"town": label, "nodes": len(town["x"]), "edges": len(town["u"]), "limit_m": LIMIT_M, **figures}


def _equal(answer: str, ours: NDArray[Any], theirs: NDArray[Any]) -> NDArray[np.bool_]:
    """Metres to half a decimetre, for pandana cuts its distances down to millimetres; decayed sums likewise."""
    if answer in DECAYS:
        return np.asarray(np.isclose(ours, theirs, rtol=1e-5, atol=0.01))
    return np.asarray(np.isclose(ours, theirs, rtol=0, atol=0.05))


def show(found: dict[str, Any], console: Console) -> None:
    """The ratios as a table; seconds and megabytes beside them, which hold for this machine only."""
    ours, theirs = found["xiuhua"], found["pandana"]
    title = f"{found['town']}: {found['nodes']:,} nodes, {found['edges']:,} edges, within {found['limit_m']:,.0f} m"
    table = Table("pandana / xiuhua", "by the clock", "processor", "xiuhua", "pandana", title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    for step, label in (JOB | {"overall": "overall"} | DECAYS).items():
        mine, peer = ours["seconds"][step], theirs["seconds"][step]
        clock, cpu = (f"{peer[kind] / max(mine[kind], 1e-4):,.0f} x" for kind in ("clock", "cpu"))
        table.add_row(label, clock, cpu, f"{mine['clock']:.3f} s", f"{peer['clock']:.2f} s")
    ratio = theirs["peak_mb"] / ours["peak_mb"]
    table.add_row("peak memory", f"{ratio:,.1f} x", "", f"{ours['peak_mb']:,.0f} MB", f"{theirs['peak_mb']:,.0f} MB")
    console.print(table)
    same = ", ".join(f"{answer} {share:.4%}" for answer, share in found["equal"].items())
    console.print(f"Answers equal to pandana's: {same}\n")


def show_growth(small: dict[str, Any], large: dict[str, Any], console: Console) -> None:
    """What four times as many nodes cost us, and one-way edges."""
    title = f"xiuhua alone: {large['nodes']:,} nodes against {small['nodes']:,}"
    table = Table("larger / smaller", "by the clock", "processor", "smaller", "larger", title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    labels = JOB | {"overall": "overall"} | DECAYS | {ONE_WAY: "totals, a tenth of the edges one-way"}
    for step, label in labels.items():
        little, much = (found["xiuhua"]["seconds"][step] for found in (small, large))
        clock, cpu = (f"{much[kind] / max(little[kind], 1e-4):,.1f} x" for kind in ("clock", "cpu"))
        table.add_row(label, clock, cpu, f"{little['clock']:.3f} s", f"{much['clock']:.3f} s")
    console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description="The reach kernels against pandana, as ratios.")
    parser.add_argument("--side", type=int, default=316, help="crossings along a side of the town (default 316)")
    parser.add_argument("--data", type=Path, default=DATA, help=f"folder of real networks (default {DATA})")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--only", choices=sorted(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        run_side(given.only, given.folder)
        return
    console = Console(stderr=given.json)
    found = [measure("synthetic", synthetic_town(given.side))]
    show(found[-1], console)
    for label, file in (("Wuhan", given.data / WUHAN), ("Oslo east", given.data / OSLO)):
        if file.exists():
            found.append(measure(label, real_town(file)))
            show(found[-1], console)
        else:
            console.print(f"{label} is left out: there is no {file}; name its folder by --data.\n")
    scale = given.side / 316
    grown = [measure("synthetic", synthetic_town(round(side * scale)), ("xiuhua",)) for side in GROWTH]
    show_growth(grown[0], grown[1], console)
    if given.json:
        print(json.dumps(found + grown, indent=2))


if __name__ == "__main__":
    main()
