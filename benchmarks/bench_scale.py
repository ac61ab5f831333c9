"""A city in tiles on Dask against the same city in one piece: seconds as a ratio, and memory of each worker.

The city is made tile by tile and written as GeoParquet in a file a tile; nobody ever holds it whole, but for the run in
one piece, which is made at the smallest size only.

    python benchmarks/bench_scale.py [--side 1000 2236] [--tile 8000] [--workers 2] [--json]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from xiuhua.engine.network import HOURS_A_WEEK, WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.engine.tiles import OF_EDGES, Piece, Tiling
from xiuhua.programmes.lifecircle.scale.city import Doors, Entrances

STEP_M = 40.0
PERSONAS = ("adult", "elder")
STREETS_KEPT, DOORS, SHOPS = 0.83, 0.5, 0.02


class MadeCity:
    """A bent street grid of `side` by `side` crossings: any tile of it can be made without the others.

    Whether a street is there, how far a crossing is off its place and who lives at it hang on its number alone.
    """

    counted = True

    def __init__(self, side: int, tile_m: float, types: tuple[str, ...]) -> None:
        self.side, self.types = side, types
        self.across = min(side, max(1, round(tile_m / STEP_M)))
        tiles = -(-side // self.across)
        self.tiling = Tiling(-STEP_M / 2, -STEP_M / 2, self.across * STEP_M, tiles, tiles)
        self.projection = LocalProjection(121.4, 31.2)
        self.timetables = np.zeros((0, HOURS_A_WEEK), np.bool_)

    def filled(self) -> list[int]:
        return list(range(self.tiling.count))

    def network(self, tile: int) -> Piece:
        node, edge = self._nodes(tile), self._edges(tile)
        x, y = self._places(node)
        u, v = self._ends(edge)
        (ux, uy), (vx, vy) = self._places(u), self._places(v)
        net = WalkNetwork.from_edges(
            [0.0], [0.0], np.zeros(len(u), np.int32), np.zeros(len(u), np.int32), np.hypot(ux - vx, uy - vy)
        )
        return Piece(node, x, y, edge, u, v, {name: getattr(net, name) for name in OF_EDGES})

    def ends(self, tile: int) -> NDArray[np.float64]:
        return np.stack([np.column_stack(self._places(end)) for end in self._ends(self._edges(tile))], axis=1)

    def doors(self, tile: int) -> Doors:
        node = self._nodes(tile)
        node = node[_chance(node, 3) < DOORS]
        lon, lat = self.projection.inverse(*self._places(node))
        people = np.floor(_chance(node, 4) * 300)
        state = np.zeros(len(node), np.int8)
        names = [f"door/{one}" for one in node.tolist()]
        return Doors(names, [""] * len(node), lon, lat, {"residents": people}, node, 10 * _chance(node, 5), state)

    def entrances(self, tile: int) -> Entrances:
        node = self._nodes(tile)
        node = node[_chance(node, 6) < SHOPS]
        lon, lat = self.projection.inverse(*self._places(node))
        kinds = [self.types[int(one * len(self.types))] for one in _chance(node, 7)]
        names = [f"shop/{one}" for one in node.tolist()]
        return Entrances(names, kinds, [""] * len(node), lon, lat, node, np.zeros(len(node), np.int8))

    def _nodes(self, tile: int, around: int = 0) -> NDArray[np.int64]:
        """Numbers of the crossings of a tile, and of so many rows and columns around it."""
        row, column = divmod(tile, self.tiling.columns)
        rows, columns = (
            np.arange(max(0, at * self.across - around), min(self.side, (at + 1) * self.across + around))
            for at in (row, column)
        )
        return (rows[:, None] * self.side + columns).ravel().astype(np.int64)

    def _edges(self, tile: int) -> NDArray[np.int64]:
        """Streets with an end in the tile: twice the number of the lower end, and one more for those that go up."""
        near = self._nodes(tile, 1)
        right, up = near[near % self.side < self.side - 1], near[near // self.side < self.side - 1]
        edge = np.sort(np.concatenate([2 * right, 2 * up + 1]))
        edge = edge[_chance(edge, 8) < STREETS_KEPT]
        inside = [np.isin(end, self._nodes(tile)) for end in self._ends(edge)]
        return edge[inside[0] | inside[1]]

    def _ends(self, edge: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        u = edge // 2
        return u, np.where(edge % 2 == 0, u + 1, u + self.side)

    def _places(self, node: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        x = (node % self.side + 0.6 * (_chance(node, 1) - 0.5)) * STEP_M
        y = (node // self.side + 0.6 * (_chance(node, 2) - 0.5)) * STEP_M
        return x, y


def _chance(number: NDArray[np.int64], salt: int) -> NDArray[np.float64]:
    """A number from 0 to 1 for each number: the same each time it is asked for (splitmix64)."""
    with np.errstate(over="ignore"):
        z = number.astype(np.uint64) + np.uint64(salt) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return np.asarray((z >> np.uint64(11)).astype(np.float64) / 2**53)


def types_asked() -> tuple[str, ...]:
    from xiuhua.ground import clock, standards

    return standards.on(clock.now().date()).lifecircle("gb50180").facility_types


def make(folder: Path, side: int, tile_m: float) -> dict[str, Any]:
    """Write the city in a file a tile."""
    from xiuhua.programmes.lifecircle.scale.folder import write_tiles

    write_tiles(MadeCity(side, tile_m, types_asked()), folder / "city")
    return {}


def in_tiles(folder: Path, workers: int) -> dict[str, Any]:
    """Walk it by Dask, as the command does."""
    from xiuhua.ground.progress import silent
    from xiuhua.programmes.lifecircle.scale import cluster, work
    from xiuhua.programmes.lifecircle.scale.walking import peak_mb
    from xiuhua.programmes.lifecircle.work import Order

    with cluster.workers("local", count=workers) as client:
        began = time.perf_counter()
        order = Order(folder / "city", folder / "out", personas=PERSONAS, dask=client.scheduler.address)
        found = work.find_and_write(order, silent)
        seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "tiles": found.tiles,
        "largest": found.largest_tile,
        "peak_mb": sorted(found.peak_mb.values()),
        "client_mb": peak_mb(),
        "covered": _covered(found.outcome.coverage()),
    }


def in_one_piece(side: int) -> dict[str, Any]:
    """Walk it in this process, as one tile."""
    from xiuhua.ground import clock, standards
    from xiuhua.programmes.lifecircle.analysis import TUESDAY_10
    from xiuhua.programmes.lifecircle.scale.city import tile_town
    from xiuhua.programmes.lifecircle.scale.tally import Outcome, question_of
    from xiuhua.programmes.lifecircle.scale.walking import walk

    question = question_of(standards.on(clock.now().date()), PERSONAS, "gb50180", TUESDAY_10)
    walk(tile_town(MadeCity(30, 1e9, types_asked()), 0, 1.0), question)
    town = tile_town(MadeCity(side, 1e9, types_asked()), 0, 1.0)
    began = time.perf_counter()
    walked = walk(town, question)
    assert walked is not None
    seconds = time.perf_counter() - began
    covered = _covered(Outcome(question, walked.tally, True).coverage())
    return {"seconds": seconds, "peak_mb": [walked.peak_mb], "covered": covered}


def _covered(rows: list[Any]) -> list[float]:
    return [row.covered for row in rows]


def measure(sides: list[int], tile_m: float, workers: int) -> list[dict[str, Any]]:
    """Each size in processes of its own, so that its peaks are its own."""
    found = []
    for place, side in enumerate(sorted(sides)):
        with tempfile.TemporaryDirectory(prefix="xiuhua-bench-") as name:
            given = ["--folder", name, "--side", str(side), "--tile", str(tile_m), "--workers", str(workers)]
            one: dict[str, Any] = {"nodes": side * side}
            _in_a_process("make", given)
            one["tiles"] = _in_a_process("tiles", given)
            if place == 0:
                one["whole"] = _in_a_process("whole", given)
                one["equal"] = one["whole"]["covered"] == one["tiles"]["covered"]
            found.append(one)
    return found


def _in_a_process(what: str, given: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", __file__, "--only", what, *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{what} failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def show(found: list[dict[str, Any]]) -> None:
    table = Table(
        "nodes", "tiles", "nodes of the largest", "peak a worker", "peak of the client", "seconds", "one piece"
    )
    for column in table.columns:
        column.justify = "right"
    for one in found:
        tiles, whole = one["tiles"], one.get("whole")
        beside = f"{tiles['seconds'] / whole['seconds']:.1f} x, {whole['peak_mb'][0]:,.0f} MB" if whole else ""
        table.add_row(
            f"{one['nodes']:,}", str(tiles["tiles"]), f"{tiles['largest']:,}", f"{max(tiles['peak_mb']):,.0f} MB",
            f"{tiles['client_mb']:,.0f} MB", f"{tiles['seconds']:,.0f}", beside,
        )  # fmt: skip
    console = Console()
    console.print(table)
    first, last = (max(one["tiles"]["peak_mb"]) for one in (found[0], found[-1]))
    console.print(f"Peak of a worker, largest city / smallest: {last / first:.2f}")
    console.print(
        f"Seconds a node, largest city / smallest: {_seconds_a_node(found[-1]) / _seconds_a_node(found[0]):.2f}"
    )
    console.print(f"Covered residents equal to those of one piece: {found[0]['equal']}")


def _seconds_a_node(one: dict[str, Any]) -> float:
    return float(one["tiles"]["seconds"] / one["nodes"])


def main() -> None:
    parser = argparse.ArgumentParser(description="A city in tiles against the same city in one piece.")
    parser.add_argument("--side", type=int, nargs="+", default=[1000, 2236], help="crossings along a side of each city")
    parser.add_argument("--tile", type=float, default=8000.0, help="metres along a tile (default 8000)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--only", choices=["make", "tiles", "whole"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        side = given.side[0]
        work = {
            "make": lambda: make(given.folder, side, given.tile),
            "tiles": lambda: in_tiles(given.folder, given.workers),
            "whole": lambda: in_one_piece(side),
        }
        print(json.dumps(work[given.only]()))
        return
    found = measure(given.side, given.tile, given.workers)
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
