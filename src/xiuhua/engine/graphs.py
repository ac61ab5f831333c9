"""Graphs of networkx (图), such as osmnx makes, as walking networks; networkx itself is not imported."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection

_WGS84 = 4326


def from_networkx(graph: Any) -> tuple[WalkNetwork, list[Any]]:
    """Build a network of a graph whose nodes have ``x`` and ``y`` and whose edges have a ``length`` in metres.

    In a directed graph two arcs u to v and v to u of equal length, to the decimetre, are one edge walked both ways; an
    arc without the other is a one-way edge. What osmnx makes for walking (``network_type="walk"``) has both.

    An edge is drawn straight between its nodes, with the length it has along its ``geometry``. Distances are not
    altered by this, but a place beside a bend meets the straight line: ask osmnx for ``simplify=False`` to put places
    on the network exactly. Edges have no flags: steps count as level ways.
    `xiuhua.ground.sources.osm.read_walk_network` reads both from a map.

    Parameters
    ----------
    graph : networkx.Graph, DiGraph, MultiGraph or MultiDiGraph
        Or whatever has ``nodes(data=True)``, ``edges(data=True)`` and ``is_directed()``. ``graph.graph["crs"]`` says
        what ``x`` and ``y`` are: longitude and latitude in degrees, WGS 84, if it says nothing.

    Returns
    -------
    net : WalkNetwork
        On a plane around the nodes.
    ids : list of N
        Name of each node, such as its number in OpenStreetMap. ``{id: n for n, id in enumerate(ids)}`` is the way back.

    Raises
    ------
    ValueError
        No node; a node without ``x`` or ``y``, or an edge without ``length``; one that is no number; a length that is
        negative; a CRS that is not known, or a missing one where ``x`` and ``y`` are not degrees.
    TypeError
        `graph` is no graph.
    """
    if not all(hasattr(graph, name) for name in ("nodes", "edges", "is_directed")):
        raise TypeError(f"graph must be a networkx graph, not {type(graph).__name__}")
    nodes = list(graph.nodes(data=True))
    if not nodes:
        raise ValueError("graph has no nodes")
    ids = [node for node, _ in nodes]
    xy = np.array([[_number(of, name, f"node {node!r}") for name in ("x", "y")] for node, of in nodes])
    lon, lat = _degrees(xy, getattr(graph, "graph", {}).get("crs"))
    projection = LocalProjection.around(lon, lat)
    u, v, length, oneway = _edges(graph.edges(data=True), {node: n for n, node in enumerate(ids)}, graph.is_directed())
    return WalkNetwork.from_edges(
        *projection.forward(lon, lat), u, v, length, oneway=np.array(oneway, np.bool_), projection=projection
    ), ids


def _edges(
    arcs: Iterable[tuple[Any, Any, dict[str, Any]]], number: dict[Any, int], directed: bool
) -> tuple[list[int], list[int], list[float], list[bool]]:
    """Ends, length and whether they are one-way of the edges that arcs make, in the order of their first arcs."""
    u: list[int] = []
    v: list[int] = []
    length: list[float] = []
    oneway: list[bool] = []
    alone: dict[tuple[int, int, int], list[int]] = {}
    for start, end, of in arcs:
        metres = _number(of, "length", f"the edge from {start!r} to {end!r}")
        a, b, dm = number[start], number[end], round(metres * 10)
        if directed and alone.get((b, a, dm)):
            oneway[alone[b, a, dm].pop()] = False
            continue
        if directed:
            alone.setdefault((a, b, dm), []).append(len(u))
        u.append(a)
        v.append(b)
        length.append(metres)
        oneway.append(directed)
    return u, v, length, oneway


def _number(of: dict[str, Any], name: str, whose: str) -> float:
    if name not in of:
        mend = ": osmnx.distance.add_edge_lengths(graph) measures it" if name == "length" else ""
        raise ValueError(f"graph: {whose} has no {name}{mend}")
    value = of[name]
    if not isinstance(value, Real) or not isfinite(value):
        mend = "; osmnx.load_graphml reads numbers as numbers" if isinstance(value, str) else ""
        raise ValueError(f"graph: {name} of {whose} must be a finite number, not {value!r}{mend}")
    return float(value)


def _degrees(xy: NDArray[np.float64], crs: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude, WGS 84."""
    lon, lat = xy[:, 0], xy[:, 1]
    if crs is not None:
        lon, lat = _transformed(lon, lat, crs)
    if np.all(np.abs(lon) <= 180) and np.all(np.abs(lat) <= 90):
        return lon, lat
    if crs is None:
        raise ValueError(
            'graph: x and y are not longitudes and latitudes, and graph.graph["crs"] does not say what they are; set'
            ' it, such as graph.graph["crs"] = "EPSG:32648"'
        )
    raise ValueError(f'graph: x and y lie outside graph.graph["crs"], which is {crs}')


def _transformed(
    x: NDArray[np.float64], y: NDArray[np.float64], crs: Any
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    try:
        to_degrees = Transformer.from_crs(crs, _WGS84, always_xy=True)
    except CRSError as unknown:
        raise ValueError(f'graph: graph.graph["crs"] is not known: {unknown}') from unknown
    lon, lat = to_degrees.transform(x, y)
    return np.asarray(lon, np.float64), np.asarray(lat, np.float64)
