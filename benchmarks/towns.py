"""Street networks for the benchmarks as plain arrays: one that is made up, and two that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

LIMIT_M = 1200.0
CATEGORIES = 10
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "benchmark"
WUHAN = "wuhan_fua8989_roads_original.parquet"
OSLO = "oslo_east_filtered.osm.pbf"
LONGEST_PIECE_M = 30.0


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
    return _furnished({"x": x, "y": y, "u": u, "v": v, "length": length}, rng)


def real_town(file: Path) -> Arrays:
    """A network that is there: roads of Wuhan as lines, cut into pieces of 30 m at most, or the walks of eastern Oslo.

    What stands in the file about directions is left out, for both sides are to search the same.
    """
    town = _from_lines(file) if file.suffix == ".parquet" else _from_map(file)
    town["length"] = np.maximum(np.rint(town["length"] * 10), 1) / 10
    return _furnished(town, np.random.default_rng(1))


def _furnished(town: Arrays, rng: np.random.Generator) -> Arrays:
    """With weights, and facilities of ten categories, none where another node has the same coordinates."""
    places = town["x"] + 1j * town["y"]
    _, lone, count = np.unique(places, return_index=True, return_counts=True)
    alone = np.sort(lone[count == 1])
    facilities = rng.choice(alone, min(len(alone), 300 * CATEGORIES), replace=False)
    return town | {
        "facilities": facilities,
        "category": np.arange(len(facilities)) % CATEGORIES,
        "weights": rng.integers(0, 100, len(places)).astype(float),
    }


def _from_lines(file: Path) -> Arrays:
    """Lines whose ends meet at the same centimetre share a node; pieces of a line are equally long."""
    import pyarrow.parquet
    import shapely

    lines = shapely.from_wkb(pyarrow.parquet.read_table(file, columns=["geometry"])["geometry"].to_numpy())
    metres = shapely.length(lines)
    pieces = np.maximum(np.ceil(metres / LONGEST_PIECE_M), 1).astype(int)
    line = np.repeat(np.arange(len(lines)), pieces + 1)
    step = np.arange(len(line)) - np.repeat(np.cumsum(pieces + 1) - pieces - 1, pieces + 1)
    points = shapely.get_coordinates(shapely.line_interpolate_point(lines[line], step / pieces[line], normalized=True))
    ends = (step == 0) | (step == pieces[line])
    cells = np.where(ends[:, None], np.rint(points * 100), np.stack([line + 0.5, step], axis=1))
    _, first, node = np.unique(cells, axis=0, return_index=True, return_inverse=True)
    leaves = np.flatnonzero(step < pieces[line])
    x, y = points[first].T
    return {"x": x, "y": y, "u": node[leaves], "v": node[leaves + 1], "length": (metres / pieces)[line[leaves]]}


def _from_map(file: Path) -> Arrays:
    from xiuhua.ground.sources.osm import read_walk_network

    net = read_walk_network(file)
    return {"x": net.x, "y": net.y, "u": net.u, "v": net.v, "length": net.length_dm / 10}
