"""The gates and links most worth opening in an OpenStreetMap extract, as a list and as a picture.

    python benchmarks/links_of_extract.py samples/chengdu-qingyang.osm.pbf [--picture links.png] [--top 10]

Everybody lives in a building by floor area and walks, as the rule book's older person, to the nearest of each type of
facility listed below once a day. Links end within the box that holds the buildings: beyond it ways are cut off.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.engine import links
from xiuhua.engine.network import WalkNetwork
from xiuhua.ground import standards
from xiuhua.ground.sources.osm import Extract, read_extract
from xiuhua.ground.sources.osm.access import THROUGH_STREETS, is_crossing_way
from xiuhua.ground.sources.osm.reading import read_map
from xiuhua.programmes.lifecircle.analysis import TUESDAY_10, Joined, join, town_of_extract

TYPES = ("primary_school", "kindergarten", "market", "park", "bus_stop", "metro", "outpatient_clinic", "convenience")
PERSONA = "elder"
LIMIT_M = 1500.0
DAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Town:
    """An extract made ready: who lives at which node, and which nodes the facilities of each type are."""

    extract: Extract
    joined: Joined
    net: WalkNetwork
    residents: NDArray[np.float64]
    facilities: list[NDArray[np.int32]]
    types: list[str]
    ways: NDArray[np.bool_]
    roads: NDArray[np.bool_]
    obstacles: NDArray[np.object_]
    walls: NDArray[np.object_]
    speed_m_s: float
    names: list[tuple[str, Any]] = field(default_factory=list)


def town_of(path: Path, types: tuple[str, ...] = TYPES) -> Town:
    """Read an extract, join doors and facilities, and take what a link may not cross from its map."""
    book = standards.on(DAY)
    extract = read_extract(path, facility_types=book.facility_types, building_defaults=book.buildings)
    town = town_of_extract(extract, book).town
    walker = book.personas[PERSONA]
    joined = join(town, book.personas["adult"].persona, TUESDAY_10, book.buildings.snap_limit_m.number)
    net = joined.network.impedance(walker.persona, TUESDAY_10)
    here = joined.origin_node >= 0
    residents = np.bincount(joined.origin_node[here], town.origins.weights["residents"][here], net.node_count)
    kind, there = np.array(town.facilities.facility_type), joined.facility_node >= 0
    found = [(name, joined.facility_node[(kind == name) & there]) for name in types]
    kept = [(name, nodes) for name, nodes in found if len(nodes)]
    spurs = np.zeros(net.edge_count, np.bool_)
    spurs[net.edge_count - int(there.sum()) :] = True
    flat = lambda shapes: shapely.transform(shapes, lambda at: np.column_stack(net.projection.forward(*at.T)))  # noqa: E731
    streets = flat(np.array(_streets(path), object))
    middle = shapely.points((net.x[net.u] + net.x[net.v]) / 2, (net.y[net.u] + net.y[net.v]) / 2)
    roads = np.zeros(net.edge_count, np.bool_)
    roads[shapely.STRtree(streets).query(middle, predicate="dwithin", distance=0.2)[0]] = True
    door_x, door_y = net.projection.forward(extract.buildings.door_lon, extract.buildings.door_lat)
    mapped = (net.x >= door_x.min()) & (net.x <= door_x.max()) & (net.y >= door_y.min()) & (net.y <= door_y.max())
    water = [one.geometry for one in extract.landscape if one.kind in ("water", "rail")]
    return Town(
        extract, joined, net, residents, [nodes for _, nodes in kept], [name for name, _ in kept],
        ways=~spurs & mapped[net.u] & mapped[net.v], roads=roads, obstacles=flat(np.array([*extract.buildings.outline, *water], object)),
        walls=flat(extract.walls) if len(extract.walls) else extract.walls, speed_m_s=walker.persona.speed_m_s,
        names=[(one.name, flat(one.geometry)) for one in extract.landscape if one.name],
    )  # fmt: skip


def _streets(path: Path) -> list[Any]:
    """Centre lines of the streets that carry through traffic, and what leads over a carriageway."""
    lines = read_map(path).lines
    taken = [one for one in lines if one.tags.get("highway") in THROUGH_STREETS or is_crossing_way(one.tags)]
    return [shapely.linestrings(one.lon, one.lat) for one in taken]


def best_links(town: Town, **terms: Any) -> tuple[links.Proposals, links.Evaluation]:
    """Proposals of a town, and what each would save."""
    found = links.propose(
        town.net, may_end=town.ways, roads=town.roads, obstacles=town.obstacles, walls=town.walls, **terms
    )
    worth = links.evaluate(
        found.network, found.ends, found.spread(town.residents), town.facilities,
        limit=LIMIT_M, length=found.gap_m, speed_m_s=town.speed_m_s, gains=True,
    )  # fmt: skip
    return found, worth


def told(town: Town, found: links.Proposals, worth: links.Evaluation, top: int) -> list[str]:
    """A line for each of the best, with the named things nearest to it."""
    lines = []
    names, shapes = [name for name, _ in town.names], np.array([shape for _, shape in town.names], object)
    buildings = [(n, g) for n, g in zip(town.extract.buildings.name, town.obstacles, strict=False) if n]
    names += [name for name, _ in buildings]
    shapes = np.concatenate([shapes, np.array([shape for _, shape in buildings], object)]) if buildings else shapes
    for rank, c in enumerate(worth.order[:top].tolist()):
        x, y = (at[found.ends[c]].mean() for at in (found.network.x, found.network.y))
        lon, lat = found.network.projection.inverse(x, y)
        nearest = np.argsort(shapely.distance(shapes, shapely.Point(x, y)), kind="stable")
        near = list(dict.fromkeys(names[k] for k in nearest[:12]))[:4]
        kind = "gate" if found.gate[c] >= 0 else "wall" if found.walled[c] else "gap"
        lines.append(
            f"{rank + 1:2} {kind} {lon:.5f} {lat:.5f} gap {found.gap_m[c]:4.0f} m walk {found.walk_m[c]:5.0f} m "
            f"{worth.residents[c]:6.0f} residents {worth.minutes[c]:7.0f} min a day  {'、'.join(near)}"
        )
    return lines


def draw(town: Town, found: links.Proposals, worth: links.Evaluation, top: int, to: Path, size: float = 9) -> None:
    """The best links on a plain map."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.collections import LineCollection, PolyCollection

    plt.rcParams["font.sans-serif"] = ["Noto Sans CJK SC", "Noto Sans CJK JP", "sans-serif"]
    net, wide = town.net, found.network
    figure, axes = plt.subplots(figsize=(size, size * np.ptp(net.y) / np.ptp(net.x)))
    parts = shapely.get_parts(town.obstacles)
    water = [
        np.asarray(part.exterior.coords)
        for part in shapely.get_parts(town.obstacles[len(town.extract.buildings.id) :])
        if part.geom_type == "Polygon"
    ]
    homes = [np.asarray(part.exterior.coords) for part in parts if part.geom_type == "Polygon"]
    axes.add_collection(PolyCollection(homes, facecolors="#dcd6cc", edgecolors="none"))
    axes.add_collection(PolyCollection(water, facecolors="#a9cbe0", edgecolors="none"))
    ways = np.stack([net.x[net.u], net.y[net.u], net.x[net.v], net.y[net.v]], axis=1)[town.ways].reshape(-1, 2, 2)
    axes.add_collection(LineCollection(ways, colors="#6b7280", linewidths=0.7))
    walls = [np.asarray(one.coords) for one in shapely.get_parts(town.walls)]
    axes.add_collection(LineCollection(walls, colors="#8b1a1a", linewidths=0.9, linestyles="dashed"))
    for rank, c in enumerate(worth.order[:top].tolist()):
        x, y = wide.x[found.ends[c]], wide.y[found.ends[c]]
        axes.plot(x, y, color="#d9480f", linewidth=2.5, solid_capstyle="round", marker="o", markersize=3)
        axes.annotate(str(rank + 1), (x.mean(), y.mean()), xytext=(6, 5), textcoords="offset points",
                      color="#d9480f", weight="bold", fontsize=11)  # fmt: skip
    axes.set_aspect("equal")
    axes.set_xlim(net.x.min() - 20, net.x.max() + 20)
    axes.set_ylim(net.y.min() - 20, net.y.max() + 20)
    axes.set_axis_off()
    axes.text(0, 0, "© OpenStreetMap contributors", transform=axes.transAxes, fontsize=8, color="#374151")
    figure.tight_layout(pad=0.2)
    figure.savefig(to, dpi=100)
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description="The gates and links most worth opening in an extract.")
    parser.add_argument("extract", type=Path)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--top", type=int, default=10)
    given = parser.parse_args()
    town = town_of(given.extract)
    found, worth = best_links(town)
    print(f"{len(found)} proposals, {town.residents.sum():,.0f} residents, types: {', '.join(town.types)}")
    print("\n".join(told(town, found, worth, given.top)))
    if given.picture:
        draw(town, found, worth, given.top, given.picture)


if __name__ == "__main__":
    main()
