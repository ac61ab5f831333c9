"""From what a planner has, such as a table of buildings or a longitude and latitude, to nodes of a network.

Anything that says where places are may be handed in:

- a GeoDataFrame, GeoSeries or geometry array, in any CRS that it names;
- shapely geometries, one or a sequence, in longitude and latitude (WGS 84);
- ``(lon, lat)``, a list of such pairs, or float64[P, 2]; a table with columns ``lon`` (or ``lng``) and ``lat``;
- whole numbers: nodes of the network, which stay as they are.

A polygon stands for a point inside it (`shapely.point_on_surface`): a footprint rather than the door. Geopandas is not
imported unless `frame` is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_ids, checked_net, checked_number
from xiuhua.engine.coordinates import are_nodes, lonlat, on_the_plane
from xiuhua.engine.network import WalkNetwork

SNAP_LIMIT_M = 100.0
"""Metres from a way beyond which a place is not taken to lie on it."""

_NAMED = 5

Places = Any
"""What says where places are, as the module lists it."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """P places, and the network on which each is a node.

    Attributes
    ----------
    net : WalkNetwork
        The network with a node where each place meets it. The nodes of the network asked about keep their numbers.
    nodes : int32[P]
        Node of each place, -1 where no way lies within the limit.
    distance_m : float64[P]
        Metres from each place to its node; ``inf`` where it has none. No search counts them.
    lon, lat : float64[P]
        The places themselves, degrees WGS 84; NaN where a geometry is missing.
    """

    net: WalkNetwork
    nodes: NDArray[np.int32]
    distance_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def __len__(self) -> int:
        """Number of places, P."""
        return len(self.nodes)

    @property
    def unplaced(self) -> NDArray[np.intp]:
        """Positions of the places that no way lies near to."""
        return np.flatnonzero(self.nodes < 0)

    def spread(self, values: ArrayLike, *, leave_unplaced: bool = False) -> NDArray[np.float64]:
        """Values of the places, such as residents, summed onto the nodes: the weights that `reach.totals` asks for.

        Parameters
        ----------
        values : float64[P] or float64[P, K]
            One value or K of them a place.
        leave_unplaced : bool
            Leave out what belongs to places without a node, instead of refusing.

        Returns
        -------
        float64[N] or float64[N, K]
            By node of `net`.

        Raises
        ------
        ValueError
            `values` does not fit the places or is not finite; something would be lost.
        """
        given = np.asarray(values, np.float64)
        if given.ndim not in (1, 2) or len(given) != len(self):
            raise ValueError(f"values must have {len(self)} rows, one a place, not shape {given.shape}")
        if not np.isfinite(given).all():
            raise ValueError("values must be finite numbers; give 0 where nothing is known")
        something = given != 0 if given.ndim == 1 else np.any(given != 0, axis=1)
        lost = np.flatnonzero((self.nodes < 0) & something)
        if len(lost) and not leave_unplaced:
            raise ValueError(
                f"values at {_listed(lost, len(self))} would be lost, {given[lost].sum():g} in sum: no way is near;"
                " place them with a larger limit, or say leave_unplaced=True"
            )
        sums = np.zeros((self.net.node_count, *given.shape[1:]))
        kept = self.nodes >= 0
        np.add.at(sums, self.nodes[kept], given[kept])
        return sums

    def back(self, per_node: ArrayLike, *, fill: float = np.nan) -> NDArray[np.floating]:
        """What was found for each node, for each place.

        Parameters
        ----------
        per_node : number[N] or number[N, K]
            By node of `net`, such as `reach.nearest` and `reach.totals` give.
        fill : float
            What a place without a node gets.

        Returns
        -------
        float[P] or float[P, K]
            In the precision of `per_node`; whole numbers become float64.

        Raises
        ------
        ValueError
            `per_node` has not a row for each node of `net`.
        """
        given = np.asarray(per_node)
        if given.ndim == 0 or len(given) != self.net.node_count:
            raise ValueError(
                f"per_node must have {self.net.node_count} rows, one a node of the network with the places,"
                f" not shape {given.shape}: was it computed on another network than .net?"
            )
        found = np.array(given[self.nodes], given.dtype if given.dtype.kind == "f" else np.float64)
        found[self.unplaced] = fill
        return found


def placed(net: WalkNetwork, places: Places, limit: float = SNAP_LIMIT_M) -> Placed:
    """Put places on a network: each at the nearest point of the nearest edge, which is split there.

    Parameters
    ----------
    places
        See the module: a GeoDataFrame, shapely geometries, longitudes and latitudes, or nodes.
    limit : float
        Largest distance from a place to an edge, metres. Places farther off, and missing geometries, are in `unplaced`.

    Returns
    -------
    Placed
        In the order of `places`.

    Raises
    ------
    ValueError
        `places` cannot be read, has no CRS, or lies outside the network altogether (the message tells swapped
        coordinates and metres apart); it needs a projection that the network does not have; `limit` is not positive.
    TypeError
        `net` is no `WalkNetwork`.
    """
    checked_net(net)
    if not 0 < checked_number("limit", limit, "metres") < np.inf:
        raise ValueError(f"limit must be a positive number of metres, not {limit}")
    if are_nodes(places, "places"):
        own = checked_ids("places", places, net.node_count)
        return Placed(net, own, np.zeros(len(own)), *_lonlat_of_nodes(net, own))
    lon, lat = lonlat(places, "places")
    x, y = on_the_plane(net, lon, lat, limit, "places")
    with_places, nodes, distance_m = _met(net, x, y, limit)
    return Placed(with_places, nodes, distance_m, lon, lat)


def joined(net: WalkNetwork, **places: Places) -> tuple[WalkNetwork, list[Any]]:
    """A network on which all of some sets of places are nodes, and their nodes: for functions that ask for nodes.

    Sets that are nodes already come back as they are, and with nothing else the network does too. Nodes of the network
    keep their numbers, so that the first N results are those of its own nodes.

    Parameters
    ----------
    **places
        Each set under the name by which a message should call it.

    Raises
    ------
    ValueError
        As `placed`, for the limit `SNAP_LIMIT_M`; and a place lies farther than that from every edge.
    TypeError
        `net` is no `WalkNetwork`.
    """
    checked_net(net)
    geo = [name for name, one in places.items() if not are_nodes(one, name)]
    if not geo:
        return net, list(places.values())
    for name in places.keys() - set(geo):
        checked_ids(name, np.atleast_1d(np.asarray(places[name])), net.node_count)
    plane = [on_the_plane(net, *lonlat(places[name], name), SNAP_LIMIT_M, name) for name in geo]
    x, y = np.concatenate(plane, axis=1)
    with_places, nodes, _ = _met(net, x, y, SNAP_LIMIT_M)
    ends = np.cumsum([len(x) for x, _ in plane])
    found = dict(zip(geo, np.split(nodes, ends[:-1]), strict=True))
    for name, one in found.items():
        _refuse_unplaced(one, name)
    return with_places, [found.get(name, one) for name, one in places.items()]


def frame(of: WalkNetwork | Placed, /, **columns: ArrayLike) -> Any:
    """A GeoDataFrame of nodes or places as points in WGS 84, to plot or to write to a file.

    Parameters
    ----------
    of : WalkNetwork or Placed
        Whose nodes, or which places.
    **columns : number[N] or number[P]
        A value for each of them.

    Raises
    ------
    ValueError
        A column does not fit; the network has no projection.
    ImportError
        Geopandas is not installed.
    """
    net = of.net if isinstance(of, Placed) else of
    lon, lat = (of.lon, of.lat) if isinstance(of, Placed) else _lonlat_of_nodes(of, np.arange(of.node_count))
    if net.projection is None:
        raise ValueError("the network has no projection, so that nobody knows where on earth its nodes are")
    values = {name: np.asarray(column) for name, column in columns.items()}
    for name, column in values.items():
        if column.shape not in ((len(lon),), (len(lon), 1)):
            raise ValueError(f"column {name} must have {len(lon)} values, not shape {column.shape}")
    try:
        import geopandas
    except ImportError as missing:
        raise ImportError("a GeoDataFrame needs geopandas: pip install xiuhua[scale]") from missing
    flat = {name: column.reshape(-1) for name, column in values.items()}
    return geopandas.GeoDataFrame(flat, geometry=geopandas.points_from_xy(lon, lat), crs=4326)


def _met(
    net: WalkNetwork, x: NDArray[np.float64], y: NDArray[np.float64], limit: float
) -> tuple[WalkNetwork, NDArray[np.int32], NDArray[np.float64]]:
    """Split edges where points meet them; node and metres of each point, -1 and ``inf`` where it has none or is NaN."""
    from xiuhua.engine.nearby import snap_few

    near = np.flatnonzero(np.isfinite(x))
    snap = snap_few(net, x[near], y[near], limit)
    with_points, met = net.insert(snap)
    nodes, distance_m = np.full(len(x), -1, np.int32), np.full(len(x), np.inf)
    nodes[near], distance_m[near] = met, snap.distance_m
    return with_points, nodes, distance_m


def _lonlat_of_nodes(net: WalkNetwork, nodes: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if net.projection is None:
        return np.full(len(nodes), np.nan), np.full(len(nodes), np.nan)
    return net.projection.inverse(net.x[nodes], net.y[nodes])


def _refuse_unplaced(nodes: NDArray[np.int32], name: str) -> None:
    off = np.flatnonzero(nodes < 0)
    if len(off):
        raise ValueError(
            f"{name}: {_listed(off, len(nodes))} have no way within {SNAP_LIMIT_M:.0f} m; leave them out, or use"
            " xiuhua.engine.places.placed, which takes a limit and tells them apart"
        )


def _listed(positions: NDArray[np.intp], count: int) -> str:
    """Some positions in words, the first few by number."""
    named = ", ".join(str(one) for one in positions[:_NAMED].tolist()) + (", ..." if len(positions) > _NAMED else "")
    return f"{len(positions)} of {count} places (positions {named})"
