"""The gates and links most worth opening in an OpenStreetMap extract, as a list and as a picture.

    python benchmarks/links_of_extract.py samples/chengdu-qingyang.osm.pbf [--top 10] [--picture links.png]

People live in buildings by floor area and walk, as the rule book's older person does, once a day to the nearest
facility of each type listed below. A link ends within the box that holds the buildings, for beyond it ways are cut off.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
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
from xiuhua.programmes.lifecircle.analysis import TUESDAY_10, join, town_of_extract

TYPES = ("primary_school", "kindergarten", "market", "park", "bus_stop", "metro", "outpatient_clinic", "convenience")
PERSONA = "elder"
LIMIT_M = 1500.0
GAP_COUNTS = 3.0
"""Metres that a metre of new way counts as when links are ranked, lest every one be a short cut aslant."""
DAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Town:
    """An extract made ready: who lives at which node, where facilities are, and where a link may be.

    Attributes
    ----------
    residents : float64[N]
    facilities : dict of str to int32[]
        Nodes by type.
    may_end, roads : bool[E]
        As `links.propose` takes them.
    buildings, water, walls : object[]
        Shapely shapes in metres.
    """

    extract: Extract
    net: WalkNetwork
    speed_m_s: float
    residents: NDArray[np.float64]
    facilities: dict[str, NDArray[np.int32]]
    may_end: NDArray[np.bool_]
    roads: NDArray[np.bool_]
    buildings: NDArray[np.object_]
    water: NDArray[np.object_]
    walls: NDArray[np.object_]

    def flat(self, shapes: Any) -> NDArray[np.object_]:
        """Shapes in degrees as shapes in metres."""
        return _flat(self.net)(shapes)


def town_of(path: Path) -> Town:
    """Read an extract, join doors and facilities, and take from its map where a link may be."""
    book = standards.on(DAY)
    extract = read_extract(path, facility_types=book.facility_types, building_defaults=book.buildings)
    town = town_of_extract(extract, book).town
    joined = join(town, book.personas["adult"].persona, TUESDAY_10, book.buildings.snap_limit_m.number)
    walker = book.personas[PERSONA].persona
    net = joined.network.impedance(walker, TUESDAY_10)
    flat, home, there = _flat(net), joined.origin_node >= 0, joined.facility_node >= 0
    people = town.origins.weights["residents"][home]
    kind = np.array(town.facilities.facility_type)
    nodes = {name: joined.facility_node[(kind == name) & there] for name in TYPES}
    return Town(
        extract=extract,
        net=net,
        speed_m_s=walker.speed_m_s,
        residents=np.bincount(joined.origin_node[home], people, net.node_count).astype(np.float64),
        facilities={name: found for name, found in nodes.items() if len(found)},
        may_end=_mapped(net, extract) & (np.arange(net.edge_count) < net.edge_count - int(there.sum())),
        roads=_roads(net, flat(_streets(path))),
        buildings=flat(extract.buildings.outline),
        water=flat([one.geometry for one in extract.landscape if one.kind in ("water", "rail")]),
        walls=flat(extract.walls),
    )


def _flat(net: WalkNetwork) -> Callable[[Any], NDArray[np.object_]]:
    projection = net.projection
    assert projection is not None
    to_metres = lambda degrees: np.column_stack(projection.forward(degrees[:, 0], degrees[:, 1]))  # noqa: E731
    return lambda shapes: np.asarray(shapely.transform(np.asarray(shapes, object), to_metres), object)


def _mapped(net: WalkNetwork, extract: Extract) -> NDArray[np.bool_]:
    """Edges within the box that holds the doors."""
    assert net.projection is not None
    x, y = net.projection.forward(extract.buildings.door_lon, extract.buildings.door_lat)
    inside = (net.x >= x.min()) & (net.x <= x.max()) & (net.y >= y.min()) & (net.y <= y.max())
    return np.asarray(inside[net.u] & inside[net.v])


def _streets(path: Path) -> list[Any]:
    """Centre lines of the streets that carry through traffic, and what leads over a carriageway."""
    lines = read_map(path).lines
    taken = [one for one in lines if one.tags.get("highway") in THROUGH_STREETS or is_crossing_way(one.tags)]
    return [shapely.linestrings(one.lon, one.lat) for one in taken]


def _roads(net: WalkNetwork, streets: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Edges that run along one of the streets."""
    middle = shapely.points((net.x[net.u] + net.x[net.v]) / 2, (net.y[net.u] + net.y[net.v]) / 2)
    roads = np.zeros(net.edge_count, np.bool_)
    roads[shapely.STRtree(streets).query(middle, predicate="dwithin", distance=0.2)[0]] = True
    return roads


def best_links(town: Town) -> tuple[links.Proposals, links.Evaluation]:
    """Proposals of a town, pruned by what they save, and what each would save."""

    def saved(found: links.Proposals, gap_counts: float = 1.0) -> links.Evaluation:
        return links.evaluate(
            found.network,
            found.ends,
            found.spread(town.residents),
            list(town.facilities.values()),
            limit=LIMIT_M,
            length=gap_counts * found.gap_m,
            speed_m_s=town.speed_m_s,
        )

    found = links.propose(
        town.net,
        may_end=town.may_end,
        roads=town.roads,
        obstacles=np.concatenate([town.buildings, town.water]),
        walls=town.walls,
        worth=lambda some: saved(some, GAP_COUNTS).minutes,
    )
    return found, saved(found)


def told(town: Town, found: links.Proposals, worth: links.Evaluation, top: int) -> list[str]:
    """A line for each of the best, with the named things nearest to it."""
    named = [(one.name, one.geometry) for one in town.extract.landscape if one.name]
    named += [pair for pair in zip(town.extract.buildings.name, town.extract.buildings.outline, strict=True) if pair[0]]
    names, shapes = [name for name, _ in named], town.flat([shape for _, shape in named])
    assert found.network.projection is not None
    lines = []
    for rank, c in enumerate(worth.order[:top].tolist()):
        x, y = (at[found.ends[c]].mean() for at in (found.network.x, found.network.y))
        lon, lat = found.network.projection.inverse(x, y)
        by_distance = np.argsort(shapely.distance(shapes, shapely.Point(x, y)), kind="stable")[:12]
        near = list(dict.fromkeys(names[k] for k in by_distance.tolist()))[:4]
        kind = "gate" if found.gate[c] >= 0 else "wall" if found.walled[c] else "gap"
        lines.append(
            f"{rank + 1:2} {kind} {lon:.5f} {lat:.5f} {found.gap_m[c]:3.0f} m instead of {found.walk_m[c]:5.0f} m, "
            f"{worth.residents[c]:6,.0f} residents, {worth.minutes[c]:7,.0f} minutes a day: {'、'.join(near)}"
        )
    return lines


def draw(town: Town, found: links.Proposals, worth: links.Evaluation, top: int, to: Path) -> None:
    """The best links on a plain map."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.collections import LineCollection, PolyCollection

    net, wide = town.net, found.network
    left, right, bottom, top_y = (f(at[net.u[town.may_end]]) for at in (net.x, net.y) for f in (np.min, np.max))
    figure, axes = plt.subplots(figsize=(8, 8 * (top_y - bottom) / (right - left)))
    for shapes, colour in ((town.buildings, "#ddd6ca"), (town.water, "#a9cbe0")):
        parts = [part for part in shapely.get_parts(shapes) if part.geom_type == "Polygon"]
        axes.add_collection(PolyCollection([np.asarray(part.exterior.coords) for part in parts], facecolors=colour))
    ends = np.stack([net.x[net.u], net.y[net.u], net.x[net.v], net.y[net.v]], axis=1).reshape(-1, 2, 2)
    axes.add_collection(LineCollection(list(ends[town.may_end & ~town.roads]), colors="#6b7280", linewidths=0.6))
    axes.add_collection(LineCollection(list(ends[town.roads]), colors="#b79a3b", linewidths=1.0))
    walls = [np.asarray(part.coords) for part in shapely.get_parts(town.walls)]
    axes.add_collection(LineCollection(walls, colors="#8b1a1a", linewidths=0.8, linestyles="dashed"))
    for rank, c in enumerate(worth.order[:top].tolist()):
        x, y = wide.x[found.ends[c]], wide.y[found.ends[c]]
        axes.plot(x, y, color="#d9480f", linewidth=3, marker="o", markersize=4)
        axes.annotate(str(rank + 1), (x.mean(), y.mean()), xytext=(5, 5), textcoords="offset points",
                      color="#d9480f", weight="bold", fontsize=13)  # fmt: skip
    axes.set(aspect="equal", xlim=(left, right), ylim=(bottom, top_y))
    axes.set_axis_off()
    axes.text(0.01, 0.01, "© OpenStreetMap contributors", transform=axes.transAxes, fontsize=8, color="#374151")
    figure.subplots_adjust(0, 0, 1, 1)
    figure.savefig(to, dpi=90)
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description="The gates and links most worth opening in an extract.")
    parser.add_argument("extract", type=Path)
    parser.add_argument("--top", type=int, default=10)
    parser.add_argument("--picture", type=Path)
    given = parser.parse_args()
    town = town_of(given.extract)
    found, worth = best_links(town)
    print(f"{len(found)} proposals, {town.residents.sum():,.0f} residents; {', '.join(town.facilities)}")
    print("\n".join(told(town, found, worth, given.top)))
    if given.picture:
        draw(town, found, worth, given.top, given.picture)


if __name__ == "__main__":
    main()
