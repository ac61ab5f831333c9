"""A pedestrian network (步行网络) as arrays, and what it costs a persona (人群) to walk it.

An edge is a straight piece between two nodes with a length of its own. It is walked both ways unless it is `oneway`.
Lengths and costs are whole decimetres, so that sums are exact and searches may use buckets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import IntFlag
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.projection import LocalProjection

if TYPE_CHECKING:
    from xiuhua.engine.places import Places
    from xiuhua.engine.searches.arcs import Arcs, OrderedArcs
    from xiuhua.engine.searches.contraction import Contraction
    from xiuhua.engine.snapping import Snap

HOURS_A_WEEK = 168
CLOSED = -1


class Flag(IntFlag):
    """What an edge is; several may hold at once."""

    STEPS = 1
    GATE = 2
    CROSSING = 4
    SIGNALS = 8
    PRIVATE = 16
    BRIDGE = 32
    TUNNEL = 64
    UNLIT = 128
    INDOOR = 256
    REMOVED = 512  # Shut for everybody at all times, by `WalkNetwork.without_edges`.


NOT_ON_THE_GROUND = int(Flag.BRIDGE | Flag.TUNNEL | Flag.INDOOR)


@dataclass(frozen=True, slots=True)
class Persona:
    """How someone walks.

    Attributes
    ----------
    speed_m_s : float
        On the flat, metres a second.
    steps_factor : float
        A metre of steps counts as so many metres; ``inf`` where steps cannot be used.
    crossing_delay_s, signal_delay_s : float
        Seconds lost at a zebra crossing, and at one with signals.
    slope : bool
        Whether gradients change the pace (Tobler).
    max_slope : float
        Steepest gradient that can be walked, rise over run; steps are not judged by it.
    """

    key: str
    speed_m_s: float
    steps_factor: float
    crossing_delay_s: float
    signal_delay_s: float
    slope: bool = True
    max_slope: float = float("inf")

    def __post_init__(self) -> None:
        from xiuhua.engine.checks import refuse_unfit

        refuse_unfit(self)


@dataclass(frozen=True, eq=False, repr=False)
class WalkNetwork:
    """Nodes, edges and what each edge costs in either direction; never changed after it is built.

    Make one with `from_edges`; `impedance` and `insert` give new ones. Two networks are the same if their `digest` is.

    Attributes
    ----------
    x, y : float64[N]
        Nodes in metres.
    u, v : int32[E]
        The nodes that an edge joins.
    length_dm : int32[E]
        Decimetres along the edge, which may be longer than the straight line.
    flags : uint16[E]
        See `Flag`.
    oneway : bool[E]
        Walked from `u` to `v` only.
    slope : float32[E]
        Rise over run from `u` to `v`.
    timetable : int16[E]
        Row of `timetables`, or -1 where the edge is always open.
    timetables : bool[K, 168]
        Open or closed by hour of the week, Monday 00:00 first.
    portion : float32[E]
        Part of the edge as first built that is left after `insert`: a delay is paid once, however often it is split.
    forward_dm, backward_dm : int32[E]
        Cost from `u` to `v` and from `v` to `u`, decimetres of impedance; -1 where the way is closed.
    projection : LocalProjection or None
        The plane that `x` and `y` lie in.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    u: NDArray[np.int32]
    v: NDArray[np.int32]
    length_dm: NDArray[np.int32]
    flags: NDArray[np.uint16]
    oneway: NDArray[np.bool_]
    slope: NDArray[np.float32]
    timetable: NDArray[np.int16]
    timetables: NDArray[np.bool_]
    portion: NDArray[np.float32]
    forward_dm: NDArray[np.int32]
    backward_dm: NDArray[np.int32]
    projection: LocalProjection | None = None

    def __post_init__(self) -> None:
        for _, array in self.stored_arrays():
            array.setflags(write=False)

    def __repr__(self) -> str:
        return f"WalkNetwork({self.node_count:,} nodes, {self.edge_count:,} edges)"

    @classmethod
    def from_edges(
        cls,
        x: ArrayLike,
        y: ArrayLike,
        u: ArrayLike,
        v: ArrayLike,
        length: ArrayLike,
        flags: ArrayLike | None = None,
        *,
        oneway: ArrayLike | None = None,
        slope: ArrayLike | None = None,
        timetable: ArrayLike | None = None,
        timetables: ArrayLike | None = None,
        projection: LocalProjection | None = None,
    ) -> WalkNetwork:
        """Build a network whose edges cost their length.

        Parameters
        ----------
        x, y : float64[N]
            Nodes in metres.
        u, v : int[E]
            The nodes that an edge joins; loops and several edges between the same nodes are welcome.
        length : float64[E]
            Metres, rounded to decimetres; zero is allowed.
        flags : uint16[E], optional
            See `Flag`; none by default.
        oneway, slope, timetable, timetables, projection : optional
            As the attributes of the same names; by default both ways, level, always open.

        Raises
        ------
        ValueError
            No node; arrays of unequal length; a length that is negative or not a number; a node or a timetable that
            does not exist.
        """
        from xiuhua.engine.checks import checked_edges, checked_nodes

        x_, y_ = checked_nodes(x, y)
        edges = checked_edges(len(x_), u, v, length, flags, oneway, slope, timetable, timetables)
        length_dm, removed = edges["length_dm"], (edges["flags"] & np.uint16(Flag.REMOVED)) != 0
        return cls(
            x_,
            y_,
            **edges,
            portion=np.ones(len(length_dm), np.float32),
            forward_dm=np.where(removed, np.int32(CLOSED), length_dm),
            backward_dm=np.where(removed | edges["oneway"], np.int32(CLOSED), length_dm),
            projection=projection,
        )

    @classmethod
    def from_networkx(cls, graph: Any) -> tuple[WalkNetwork, list[Any]]:
        """A network of a graph as osmnx makes it, and its nodes' names; see `xiuhua.engine.graphs.from_networkx`."""
        from xiuhua.engine.graphs import from_networkx

        return from_networkx(graph)

    @property
    def node_count(self) -> int:
        """Nodes N."""
        return len(self.x)

    @property
    def edge_count(self) -> int:
        """Edges E."""
        return len(self.u)

    @cached_property
    def directed(self) -> bool:
        """Whether some edge costs more in one direction than in the other."""
        return not np.array_equal(self.forward_dm, self.backward_dm)

    @cached_property
    def open_edges(self) -> NDArray[np.bool_]:
        """Edges that may be walked in at least one direction, bool[E]."""
        return np.asarray((self.forward_dm >= 0) | (self.backward_dm >= 0))

    @cached_property
    def arcs(self) -> Arcs:
        """Ways out of each node, by the caller's node numbers."""
        from xiuhua.engine.searches.arcs import arcs_out

        return arcs_out(self)

    @cached_property
    def node_order(self) -> NDArray[np.int32]:
        """Nodes along a Hilbert curve, int32[N]; a network that differs in edges alone keeps it."""
        from xiuhua.engine.searches.arcs import hilbert_order

        return hilbert_order(self.x, self.y)

    @cached_property
    def ordered(self) -> OrderedArcs:
        """The arcs with nodes renumbered along a Hilbert curve, as the searches want them."""
        from xiuhua.engine.searches.arcs import along_hilbert_curve

        return along_hilbert_curve(self)

    @cached_property
    def contracted(self) -> Contraction:
        """The junctions alone, of a network that costs the same both ways; for sums from every node."""
        from xiuhua.engine.searches.contraction import contract

        return contract(self)

    @property
    def indptr(self) -> NDArray[np.int32]:
        """Where the arcs out of each node begin, int32[N + 1]."""
        return self.arcs.indptr

    @property
    def head(self) -> NDArray[np.int32]:
        """Node that each arc leads to, int32[A]."""
        return self.arcs.head

    @property
    def cost_dm(self) -> NDArray[np.int32]:
        """Decimetres of impedance of each arc, int32[A]."""
        return self.arcs.cost_dm

    def impedance(self, persona: Persona, hour: int | None = None) -> WalkNetwork:
        """The same network as it costs a persona, in decimetres of level walking at the persona's own speed.

        Slope changes the pace by Tobler's function relative to the flat, exp(3.5 (|s + 0.05| - 0.05)), s being rise
        over run in the direction walked. Steps count by the persona's factor instead. A crossing adds the metres that
        the persona would walk while waiting. Costs start from the length, so impedance may be asked of any network.

        Parameters
        ----------
        persona : Persona
            How someone walks.
        hour : int, optional
            Hour of the week, 0 (Monday 00:00) to 167, at which timetables are read; without it everything is open.

        Raises
        ------
        ValueError
            `hour` is no whole number, or outside the week.

        References
        ----------
        Tobler, W. (1993). Three presentations on geographical analysis and modeling. NCGIA Technical Report 93-1.
        """
        from xiuhua.engine.changes import with_the_same_nodes
        from xiuhua.engine.costs import edge_costs

        forward_dm, backward_dm = edge_costs(self, persona, hour)
        return with_the_same_nodes(self, forward_dm=forward_dm, backward_dm=backward_dm)

    def with_links(
        self,
        a: Places,
        b: Places,
        length: ArrayLike | None = None,
        flags: ArrayLike | None = None,
        oneway: ArrayLike | None = None,
        persona: Persona | None = None,
    ) -> WalkNetwork:
        """The network with L further edges, numbered from E on; nodes and the other edges keep their numbers.

        Where ends are given as places, such as (lon, lat), edges are split where those meet them: nodes keep their
        numbers and the new ones follow, edges are renumbered, and the links are the last L of them.

        A link is level and always open. It costs its length, which is what a level way costs every persona; one with
        steps or a crossing costs each persona something else. A network does not remember whose impedance it holds: add
        such links before `impedance`, or say `persona`.

        Parameters
        ----------
        a, b : int[L] or places
            Nodes that each link joins, or places in any form that `xiuhua.engine.places` reads.
        length : float64[L], optional
            Metres, rounded to decimetres; the straight line by default.
        flags : uint16[L], optional
            See `Flag`; none by default.
        oneway : bool[L], optional
            Walked from `a` to `b` only; both ways by default.
        persona : Persona, optional
            Whom the network's costs are for; the links then cost what `impedance` would make of them.

        Raises
        ------
        ValueError
            A node that does not exist; a place that no way is near to; arrays of unequal length; a length that is
            negative or not a number; steps or crossings on a network that costs some persona, who is not named.
        """
        from xiuhua.engine.changes import with_links

        return with_links(self, a, b, length, flags, oneway, persona)

    def without_edges(self, edges: ArrayLike) -> WalkNetwork:
        """The network with some edges shut both ways (`Flag.REMOVED`), for every persona and at every hour.

        They stay as edges that nobody walks and nothing snaps to, so that nodes and edges keep their numbers and what
        is found can be compared edge by edge.

        Parameters
        ----------
        edges : int[R] or bool[E]
            Edges by number, or a mask; repeats and edges that are shut already are no matter.

        Raises
        ------
        ValueError
            An edge that does not exist.
        """
        from xiuhua.engine.changes import without_edges

        return without_edges(self, edges)

    def snap(self, x: ArrayLike, y: ArrayLike, limit: float, walls: NDArray[np.object_] | None = None) -> Snap:
        """The nearest point of the network to each of many points; see `xiuhua.engine.snapping.snap`."""
        from xiuhua.engine.snapping import snap

        return snap(self, x, y, limit, walls)

    def insert(self, snap: Snap) -> tuple[WalkNetwork, NDArray[np.int32]]:
        """Split edges so that every snapped point is a node; see `xiuhua.engine.snapping.insert`."""
        from xiuhua.engine.snapping import insert

        return insert(self, snap)

    def components(self) -> NDArray[np.int32]:
        """Part of the network that each node lies in, int32[N] from 0; one-way edges join their ends (weak parts)."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        u, v = self.u[self.open_edges], self.v[self.open_edges]
        graph = coo_array((np.ones(len(u), np.int8), (u, v)), shape=(self.node_count, self.node_count))
        _, part = connected_components(graph, directed=False)
        return np.asarray(part, np.int32)

    def digest(self) -> str:
        """SHA-256 over all arrays and the projection, in hexadecimal: equal for equal networks on any machine."""
        from xiuhua.engine.storage import digest

        return digest(self)

    def save(self, path: str | Path) -> None:
        """Write the network to one ``.npz`` file, whole or not at all."""
        from xiuhua.engine.storage import save

        save(self, Path(path))

    @classmethod
    def load(cls, path: str | Path) -> WalkNetwork:
        """Read what `save` wrote.

        Raises
        ------
        ValueError
            The file is damaged, of another kind, or holds arrays that do not fit each other; the message says which.
        FileNotFoundError
            There is no such file.
        """
        from xiuhua.engine.storage import load

        return load(Path(path))

    def stored_arrays(self) -> Iterator[tuple[str, NDArray[Any]]]:
        """Name and array of every field: what is kept in a file and summed up in the digest."""
        for field in fields(self):
            if field.name != "projection":
                yield field.name, getattr(self, field.name)
