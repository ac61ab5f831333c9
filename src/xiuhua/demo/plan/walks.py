"""Where people walk: lines gathered while drawing, and the network made of them at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import LineString

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection

GRID_M = 0.05
HOURS_A_WEEK = 168


def opening(opens: int, closes: int) -> NDArray[np.bool_]:
    """A week's timetable, bool[168] from Monday 00:00: open from one full hour to another every day."""
    week = np.zeros((7, 24), bool)
    week[:, opens:closes] = True
    return week.reshape(HOURS_A_WEEK)


@dataclass
class Walks:
    """Lines to walk, each with flags and perhaps a timetable; crossing lines meet wherever they touch."""

    lines: list[LineString] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    hours: list[tuple[int, int] | None] = field(default_factory=list)
    street: list[bool] = field(default_factory=list)

    def add(
        self, line: LineString, *, flags: int = 0, hours: tuple[int, int] | None = None, street: bool = False
    ) -> None:
        """Note a line. `hours` are the full hours from and until which it is open; `street` marks public ground."""
        self.lines.append(line)
        self.flags.append(int(flags))
        self.hours.append(hours)
        self.street.append(street)

    def public(self) -> list[LineString]:
        """Sidewalks and lanes outside any wall, where gates may lead."""
        return [line for line, public in zip(self.lines, self.street, strict=True) if public]

    def network(self, projection: LocalProjection) -> WalkNetwork:
        """Join the lines into a network: noded on a grid of 5 cm, one edge a straight piece, loose islands dropped."""
        pieces = shapely.get_parts(shapely.union_all(self.lines, grid_size=GRID_M))
        xy, owner = shapely.get_coordinates(pieces, return_index=True)
        follows = owner[1:] == owner[:-1]
        keys = np.round(xy / GRID_M).astype(np.int64)
        nodes, index = np.unique(keys, axis=0, return_inverse=True)
        index = index.reshape(-1)
        u, v = index[:-1][follows], index[1:][follows]
        ends = np.sort(np.column_stack([u, v]), axis=1)
        _, first = np.unique(ends, axis=0, return_index=True)
        first.sort()
        u, v = u[first], v[first]
        x, y = (nodes * GRID_M).astype(np.float64).T
        source = self._sources(np.column_stack([(x[u] + x[v]) / 2, (y[u] + y[v]) / 2]))
        keep = _main_part(len(x), u, v)
        return self._build(x, y, u[keep], v[keep], source[keep], projection)

    def _sources(self, middles: NDArray[np.float64]) -> NDArray[np.int64]:
        """The line that each piece came from: of several, the one with most to say (a gate before a path)."""
        tree = shapely.STRtree(self.lines)
        piece, line = tree.query(shapely.points(middles), predicate="dwithin", distance=3 * GRID_M)
        weight = np.array(
            [flag + (1 << 12 if hours else 0) for flag, hours in zip(self.flags, self.hours, strict=True)]
        )
        order = np.lexsort((line, -weight[line], piece))
        piece, line = piece[order], line[order]
        source = np.full(len(middles), -1)
        first = np.unique(piece, return_index=True)[1]
        source[piece[first]] = line[first]
        return source

    def _build(
        self,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        u: NDArray[np.int64],
        v: NDArray[np.int64],
        source: NDArray[np.int64],
        projection: LocalProjection,
    ) -> WalkNetwork:
        used, index = np.unique(np.concatenate([u, v]), return_inverse=True)
        x, y, u, v = x[used], y[used], index[: len(u)], index[len(u) :]
        weeks = sorted({hours for hours in self.hours if hours})
        row = {hours: k for k, hours in enumerate(weeks)}
        timetable_of = np.array([row[hours] if hours else -1 for hours in self.hours], np.int16)
        return WalkNetwork.from_edges(
            np.round(x, 2),
            np.round(y, 2),
            u,
            v,
            np.hypot(x[u] - x[v], y[u] - y[v]),
            np.where(source >= 0, np.array(self.flags, np.uint16)[source], 0).astype(np.uint16),
            timetable=np.where(source >= 0, timetable_of[source], -1).astype(np.int16),
            timetables=np.array([opening(*hours) for hours in weeks]).reshape(len(weeks), HOURS_A_WEEK),
            projection=projection,
        )


def _main_part(nodes: int, u: NDArray[np.int64], v: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Edges of the largest connected part."""
    _, part = connected_components(coo_array((np.ones(len(u), np.int8), (u, v)), shape=(nodes, nodes)), directed=False)
    inside: NDArray[np.bool_] = part[u] == np.bincount(part[u]).argmax()
    return inside
