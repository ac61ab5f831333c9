"""A network in one file: arrays in a compressed ``.npz``, never a pickle."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
import zlib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import CLOSED, WalkNetwork
from xiuhua.engine.projection import LocalProjection

_FORMAT = "xiuhua-network-1"


def save(net: WalkNetwork, path: Path) -> None:
    """Write `net` to `path`, whole or not at all: a temporary file beside it is renamed at the end."""
    arrays: dict[str, Any] = dict(net.stored_arrays())
    centre = [] if net.projection is None else [net.projection.lon0, net.projection.lat0]
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(file, format=np.array(_FORMAT), centre=np.array(centre, np.float64), **arrays)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def load(path: Path) -> WalkNetwork:
    """Read a network, checking that its arrays fit each other."""
    try:
        stored = _read(path)
        return _rebuilt(stored)
    except (ValueError, EOFError, zipfile.BadZipFile, zlib.error) as wrong:
        raise ValueError(f"{path.name}: not a walking network that can be read: {wrong}") from wrong


def digest(net: WalkNetwork) -> str:
    """SHA-256 over all arrays and the projection, in hexadecimal: equal for equal networks on any machine."""
    sha = hashlib.sha256(repr(net.projection).encode())
    for name, array in net.stored_arrays():
        sha.update(f"{name} {array.dtype.name} {array.shape}".encode())
        sha.update(np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"))).data)
    return sha.hexdigest()


def _read(path: Path) -> dict[str, NDArray[Any]]:
    with path.open("rb") as file:
        if not zipfile.is_zipfile(file):
            raise ValueError("the file is damaged or of another kind")
        file.seek(0)
        with np.load(file, allow_pickle=False) as archive:
            stored = {name: archive[name] for name in archive.files}
    if str(stored.get("format")) != _FORMAT:
        raise ValueError(f"it does not say that it is of the format {_FORMAT}")
    names = {field.name for field in fields(WalkNetwork)} - {"projection"} | {"centre"}
    if missing := sorted(names - stored.keys()):
        raise ValueError(f"it lacks {', '.join(missing)}")
    return stored


def _rebuilt(stored: dict[str, NDArray[Any]]) -> WalkNetwork:
    net = WalkNetwork.from_edges(
        stored["x"],
        stored["y"],
        stored["u"],
        stored["v"],
        stored["length_dm"] / 10,
        stored["flags"],
        oneway=stored["oneway"],
        slope=stored["slope"],
        timetable=stored["timetable"],
        timetables=stored["timetables"],
        projection=_projection(stored["centre"]),
    )
    for name, dtype, least in (
        ("forward_dm", np.int32, CLOSED),
        ("backward_dm", np.int32, CLOSED),
        ("portion", np.float32, 0),
    ):
        array = stored[name]
        if array.shape != (net.edge_count,) or array.dtype != dtype or not np.all(array >= least):
            raise ValueError(f"{name} does not fit {net.edge_count} edges")
    return replace(net, forward_dm=stored["forward_dm"], backward_dm=stored["backward_dm"], portion=stored["portion"])


def _projection(centre: NDArray[Any]) -> LocalProjection | None:
    if centre.shape not in ((0,), (2,)):
        raise ValueError("centre must be a longitude and a latitude")
    return LocalProjection(float(centre[0]), float(centre[1])) if centre.size else None
