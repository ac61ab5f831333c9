"""A walking network (步行网络) as two GeoParquet tables, nodes and edges; whole, or what one tile owns of it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.engine.network import HOURS_A_WEEK, WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.engine.tiles import OF_EDGES, Piece, PiecesOf, Tiling
from xiuhua.ground.sources.geoparquet.tables import Table, read_table, write_table
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

NODES, EDGES = "nodes.parquet", "edges.parquet"
_FORMAT = "xiuhua-network-1"
_EXACT = ("oneway", "flags", "slope", "timetable", "portion", "forward_dm", "backward_dm")
_ENDS = ("u", "v")


def write_network(net: WalkNetwork, folder: Path) -> None:
    """Write ``nodes.parquet`` and ``edges.parquet``; `read_network` reads the same network, to the digest.

    Raises
    ------
    ValueError
        The network has no projection, so that nobody knows where on earth it lies.
    """
    if net.projection is None:
        raise ValueError("the network has no projection, so that it cannot be written in degrees")
    piece = PiecesOf(net, Tiling.over(net.x, net.y, 1e9))(0)
    note = network_note(net.projection, net.timetables)
    write_piece(folder / NODES, folder / EDGES, piece, _ends(net, piece.edge), net.projection, note)


def network_note(projection: LocalProjection, timetables: NDArray[np.bool_]) -> dict[str, Any]:
    """What is the same in all pieces of a network, as plain values."""
    return {
        "format": _FORMAT,
        "centre": [projection.lon0, projection.lat0],
        "timetables": base64.b64encode(np.packbits(timetables).tobytes()).decode(),
        "timetable_rows": len(timetables),
    }


def read_note(note: Mapping[str, Any]) -> tuple[LocalProjection, NDArray[np.bool_]] | None:
    """Projection and timetables of a network that we wrote; None for a table by somebody else.

    Raises
    ------
    ValueError
        The note is damaged.
    """
    if note.get("format") != _FORMAT:
        return None
    rows = int(note["timetable_rows"])
    bits = np.frombuffer(base64.b64decode(note["timetables"]), np.uint8)
    timetables = np.unpackbits(bits, count=rows * HOURS_A_WEEK).reshape(rows, HOURS_A_WEEK).astype(np.bool_)
    return LocalProjection(*note["centre"]), timetables


def write_piece(
    nodes: Path,
    edges: Path,
    piece: Piece,
    ends: NDArray[np.float64],
    projection: LocalProjection,
    note: Mapping[str, Any],
) -> None:
    """Write what a tile owns of a network.

    Parameters
    ----------
    ends : float64[e, 2, 2]
        Where each edge begins and ends, metres.
    """
    lon, lat = projection.inverse(piece.x, piece.y)
    write_table(nodes, {"node": piece.node, "x": piece.x, "y": piece.y}, _points(lon, lat), note)
    lon, lat = projection.inverse(ends[:, :, 0], ends[:, :, 1])
    columns = {"edge": piece.edge, "u": piece.u, "v": piece.v, **piece.of_edges}
    write_table(edges, columns, np.asarray(shapely.linestrings(np.stack([lon, lat], axis=2)), object), note)


def piece_of_files(nodes: Path, edges: Path) -> Piece:
    """Read what `write_piece` wrote.

    Raises
    ------
    Refused
        A file is missing or damaged, or lacks a column.
    """
    of_nodes = read_table(nodes, ("node", "x", "y"), shapes=False)
    of_edges = read_table(edges, ("edge", *_ENDS, *OF_EDGES), shapes=False)
    nodes_, edges_ = of_nodes.columns, of_edges.columns
    return Piece(
        nodes_["node"],
        nodes_["x"],
        nodes_["y"],
        edges_["edge"],
        edges_["u"],
        edges_["v"],
        {name: edges_[name] for name in OF_EDGES},
    )


def read_network(folder: Path) -> WalkNetwork:
    """Read a network from ``nodes.parquet`` and ``edges.parquet``, ours or a planner's own.

    Nodes need a number (`node`) and a point; edges the numbers of their ends (`u`, `v`) and a length, as `length_dm` or
    in metres as `length`. What else an edge of ours has (`flags`, `oneway`, `slope` ...) is read where it is there.

    Raises
    ------
    Refused
        A file is missing or damaged, lacks a column, lies in another coordinate system, or an edge has no such node.
    ImportError
        pyarrow is not installed.
    """
    nodes = read_table(folder / NODES, ("node",), also=("x", "y"))
    edges = read_table(folder / EDGES, _ENDS, also=("length_dm", "length", *_EXACT), shapes=False)
    try:
        known = read_note(nodes.note)
    except (ValueError, KeyError, TypeError) as error:
        raise nodes.refusal(_("%(file)s 的说明损坏"), _("请重新导出")) from error
    number = nodes.numbers("node", np.int64)
    order = np.argsort(number, kind="stable")
    u, v = (_numbered(nodes, edges, number[order], edges.numbers(end, np.int64), order) for end in _ENDS)
    if known is not None and {"x", "y"} <= nodes.columns.keys():
        projection, timetables = known
        x, y = nodes.numbers("x", np.float64), nodes.numbers("y", np.float64)
    else:
        lon, lat = nodes.points()
        projection, timetables = LocalProjection.around(lon, lat), np.zeros((0, HOURS_A_WEEK), np.bool_)
        x, y = projection.forward(lon, lat)
    return _network(edges, x, y, u, v, timetables, projection, exact=known is not None)


def _network(
    edges: Table,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    u: NDArray[np.int64],
    v: NDArray[np.int64],
    timetables: NDArray[np.bool_],
    projection: LocalProjection,
    *,
    exact: bool,
) -> WalkNetwork:
    given: dict[str, Any] = {
        name: edges.columns[name] for name in ("oneway", "flags", "slope") if name in edges.columns
    }
    if "timetable" in edges.columns and len(timetables):
        given["timetable"] = edges.columns["timetable"]
    try:
        net = WalkNetwork.from_edges(x, y, u, v, _metres(edges), timetables=timetables, projection=projection, **given)
        if not exact or not {"forward_dm", "backward_dm", "portion"} <= edges.columns.keys():
            return net
        return replace(
            net,
            forward_dm=edges.numbers("forward_dm", np.int32, least=-1),
            backward_dm=edges.numbers("backward_dm", np.int32, least=-1),
            portion=edges.numbers("portion", np.float32, least=0),
        )
    except ValueError as error:
        cause = _("%(file)s 里的路段不能用：%(why)s") % {"file": edges.file, "why": error}
        raise Refused(Reason(cause, field=edges.file, mend=_("请核对后重新导出"))) from error


def _metres(edges: Table) -> NDArray[np.float64]:
    if "length_dm" in edges.columns:
        return np.asarray(edges.numbers("length_dm", np.int32, least=0) / 10, np.float64)
    if "length" not in edges.columns:
        cause = _("%(file)s 缺少列：%(columns)s") % {"file": edges.file, "columns": "length"}
        raise Refused(Reason(cause, field=edges.file, mend=_("请给出每段路的长度（米）")))
    return edges.numbers("length", np.float64, least=0)


def _numbered(
    nodes: Table, edges: Table, ascending: NDArray[np.int64], ends: NDArray[np.int64], order: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Rows of the nodes that edges end at."""
    if not len(ascending):
        raise nodes.refusal(_("%(file)s 里一行也没有"), _("请重新导出"))
    if (ascending[1:] == ascending[:-1]).any():
        raise nodes.refusal(_("%(file)s 里有重号的节点"), _("每个节点的 node 须各不相同"))
    place = np.minimum(np.searchsorted(ascending, ends), len(ascending) - 1)
    if not (ascending[place] == ends).all():
        stray = int(ends[ascending[place] != ends][0])
        cause = _("%(file)s 里有一段路通到节点 %(node)s，%(nodes)s 里没有它") % {
            "file": edges.file,
            "node": stray,
            "nodes": nodes.file,
        }
        raise Refused(Reason(cause, field=edges.file, mend=_("请把两张表一起导出")))
    return order[place]


def _ends(net: WalkNetwork, edge: NDArray[np.int64]) -> NDArray[np.float64]:
    u, v = net.u[edge], net.v[edge]
    return np.stack([np.column_stack([net.x[u], net.y[u]]), np.column_stack([net.x[v], net.y[v]])], axis=1)


def _points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.object_]:
    return np.asarray(shapely.points(lon, lat), object)
