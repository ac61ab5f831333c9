"""The gates and links most worth opening in an OpenStreetMap extract, as a list and as a picture.

    python benchmarks/links_of_extract.py samples/chengdu-qingyang.osm.pbf [--top 10] [--picture links.png]

People live in buildings by floor area and walk, as the rule book's older person does, once a day to the nearest
facility of each type listed below. A link ends within the box that holds the buildings, for beyond it ways are cut off.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import shapely

from xiuhua.engine import links
from xiuhua.programmes.lifecircle.analysis import Ground, Quarter, on_foot

TYPES = ("primary_school", "kindergarten", "market", "park", "bus_stop", "metro", "outpatient_clinic", "convenience")
PERSONA = "elder"
LIMIT_M = 1500.0
GAP_COUNTS = 3.0
"""Metres that a metre of new way counts as when links are ranked, lest every one be a short cut aslant."""


def best_links(town: Quarter, ground: Ground) -> tuple[links.Proposals, links.Evaluation]:
    """Proposals of a quarter, pruned by what they save, and what each would save."""
    everyday = [town.facilities[kind] for kind in TYPES if kind in town.facilities]

    def saved(found: links.Proposals, gap_counts: float = 1.0) -> links.Evaluation:
        return links.evaluate(
            found.network,
            found.ends,
            found.spread(town.demand),
            everyday,
            limit=LIMIT_M,
            length=gap_counts * found.gap_m,
            speed_m_s=town.speed_m_s,
        )

    found = links.propose(town.net, **ground, worth=lambda some: saved(some, GAP_COUNTS).minutes)
    return found, saved(found)


def told(town: Quarter, found: links.Proposals, worth: links.Evaluation, top: int) -> list[str]:
    """A line for each of the best, with the named things nearest to it."""
    named = [(one.name, one.geometry) for one in town.extract.landscape if one.name]
    named += [pair for pair in zip(town.extract.buildings.name, town.extract.buildings.outline, strict=True) if pair[0]]
    names, shapes = [name for name, _ in named], town.flat(np.array([shape for _, shape in named], object))
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


def draw(town: Quarter, ground: Ground, found: links.Proposals, worth: links.Evaluation, top: int, to: Path) -> None:
    """The best links on a plain map."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.collections import LineCollection, PolyCollection

    net, wide = town.net, found.network
    left, right, bottom, top_y = (f(at[net.u[ground["may_end"]]]) for at in (net.x, net.y) for f in (np.min, np.max))
    figure, axes = plt.subplots(figsize=(8, 8 * (top_y - bottom) / (right - left)))
    water = town.flat(np.array([one.geometry for one in town.extract.landscape if one.kind == "water"], object))
    for shapes, colour in ((town.flat(town.extract.buildings.outline), "#ddd6ca"), (water, "#a9cbe0")):
        parts = [part for part in shapely.get_parts(shapes) if part.geom_type == "Polygon"]
        axes.add_collection(PolyCollection([np.asarray(part.exterior.coords) for part in parts], facecolors=colour))
    ends = np.stack([net.x[net.u], net.y[net.u], net.x[net.v], net.y[net.v]], axis=1).reshape(-1, 2, 2)
    axes.add_collection(
        LineCollection(list(ends[ground["may_end"] & ~ground["roads"]]), colors="#6b7280", linewidths=0.6)
    )
    axes.add_collection(LineCollection(list(ends[ground["roads"]]), colors="#b79a3b", linewidths=1.0))
    walls = [np.asarray(part.coords) for part in shapely.get_parts(ground["walls"])]
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
    town = on_foot(given.extract, PERSONA)
    ground = town.ground()
    found, worth = best_links(town, ground)
    print(f"{len(found)} proposals, {town.residents.sum():,.0f} residents")
    print("\n".join(told(town, found, worth, given.top)))
    if given.picture:
        draw(town, ground, found, worth, given.top, given.picture)


if __name__ == "__main__":
    main()
