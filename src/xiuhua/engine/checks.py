"""What may become a network: every array that comes in is checked and copied here."""

from __future__ import annotations

from numbers import Real
from operator import index
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.network import HOURS_A_WEEK, Persona, WalkNetwork

_MOST_NODES = 2**31 - 1
_LONGEST_EDGE_M = 100_000_000.0


def checked_net(net: object) -> None:
    """Refuse what is no network, and say how to make one of it.

    Raises
    ------
    TypeError
        `net` is no `WalkNetwork`.
    """
    if isinstance(net, WalkNetwork):
        return
    if isinstance(net, str | Path):
        mend = "xiuhua.ground.sources.osm.read_walk_network(path) reads a map, WalkNetwork.load(path) a saved network"
    elif hasattr(net, "nodes") and hasattr(net, "edges"):
        mend = "WalkNetwork.from_networkx(graph) makes one of a graph, and gives the names of its nodes too"
    elif hasattr(net, "net"):
        mend = "give its .net"
    else:
        mend = "WalkNetwork.from_edges makes one of arrays"
    raise TypeError(f"net must be a WalkNetwork, not {type(net).__name__}; {mend}")


def checked_number(name: str, value: object, unit: str) -> float:
    """One real number, whatever its type; an array of one number without dimensions is one."""
    given = value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value
    if isinstance(given, bool) or not isinstance(given, Real):
        raise ValueError(f"{name} must be one number of {unit}, not {value!r}")
    return float(given)


def checked_numbers(name: str, values: ArrayLike) -> NDArray[Any]:
    """Real numbers of any shape, as they are; words, dates, complex numbers and ragged lists are refused."""
    try:
        given = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must hold rows of the same length") from None
    if given.size and given.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold numbers, not {given.dtype}")
    return given.astype(np.float64) if given.dtype.kind != "f" else given


def checked_count(name: str, value: object, most: int) -> int:
    """A whole number from 1 to `most`, beyond which there would be no memory for an answer."""
    try:
        whole = index(value)  # type: ignore[arg-type]
    except TypeError:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from None
    if isinstance(value, bool) or not 1 <= whole <= most:
        raise ValueError(f"{name} must be a whole number from 1 to {most}, not {value!r}")
    return whole


def checked_nodes(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates as fresh float64[N] in metres."""
    x_, y_ = _vector("x", x, np.float64), _vector("y", y, np.float64)
    _refuse_unequal("x", x_, "y", y_)
    if len(x_) == 0:
        raise ValueError("a network needs at least one node")
    if len(x_) > _MOST_NODES:
        raise ValueError(f"a network has at most {_MOST_NODES} nodes")
    if not (np.isfinite(x_).all() and np.isfinite(y_).all()):
        raise ValueError("x and y must be finite numbers of metres")
    return x_, y_


def checked_edges(
    node_count: int,
    u: ArrayLike,
    v: ArrayLike,
    length: ArrayLike,
    flags: ArrayLike | None,
    oneway: ArrayLike | None,
    slope: ArrayLike | None,
    timetable: ArrayLike | None,
    timetables: ArrayLike | None,
) -> dict[str, Any]:
    """Edges as fresh arrays of the network's own types; lengths rounded to decimetres."""
    u_, v_ = checked_ids("u", u, node_count), checked_ids("v", v, node_count)
    length_dm = _decimetres(length)
    edges: dict[str, Any] = {
        "u": u_,
        "v": v_,
        "length_dm": length_dm,
        "flags": _or_zeros("flags", flags, np.uint16, len(u_)),
        "oneway": _or_zeros("oneway", oneway, np.bool_, len(u_)),
        "slope": _or_zeros("slope", slope, np.float32, len(u_)),
        "timetable": _row_numbers(timetable, len(u_)),
        "timetables": checked_timetables(timetables),
    }
    for name, array in edges.items():
        if name != "timetables":
            _refuse_unequal("u", u_, name, array)
    if not np.isfinite(edges["slope"]).all():
        raise ValueError("slope must be finite; give 0 where it is not known")
    rows = edges["timetable"]
    if len(rows) and (rows.min() < -1 or rows.max() >= len(edges["timetables"])):
        raise ValueError(f"timetable must be -1 or a row of timetables, which has {len(edges['timetables'])} rows")
    return edges


def checked_ids(name: str, ids: ArrayLike, count: int) -> NDArray[np.int32]:
    """Node numbers as a fresh int32 vector, each within ``0 .. count - 1``."""
    given = np.asarray(ids)
    if given.size and given.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold whole numbers, not {given.dtype}")
    if given.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not {given.ndim}")
    if given.size and (given.min() < 0 or given.max() >= count):
        wrong = int(given[(given < 0) | (given >= count)][0])
        raise ValueError(f"{name} names node {wrong}, but nodes are numbered 0 to {count - 1}")
    return np.array(given, np.int32)


def checked_timetables(timetables: ArrayLike | None) -> NDArray[np.bool_]:
    """Opening by hour of the week as a fresh bool[K, 168]."""
    rows = np.zeros((0, HOURS_A_WEEK), np.bool_) if timetables is None else np.asarray(timetables)
    if rows.ndim != 2 or rows.shape[1] != HOURS_A_WEEK:
        raise ValueError(
            f"timetables must have {HOURS_A_WEEK} columns, one an hour of the week, not shape {rows.shape}"
        )
    _refuse_half_truths("timetables", rows)
    return np.array(rows, np.bool_, order="C")


def refuse_unfit(persona: Persona) -> None:
    """Refuse a persona of whom a field is no number, or one that nobody walks by."""
    who = f"persona {persona.key}"
    for name in ("speed_m_s", "steps_factor", "crossing_delay_s", "signal_delay_s", "max_slope"):
        value = getattr(persona, name)
        if isinstance(value, bool) or not isinstance(value, Real):
            raise ValueError(f"{who}: {name} must be a number, not {value!r}")
    if not isinstance(persona.slope, bool | np.bool_):
        raise ValueError(f"{who}: slope must be True or False, not {persona.slope!r}")
    if not 0 < persona.speed_m_s < float("inf"):
        raise ValueError(f"{who}: speed must be a positive number of metres a second")
    if not persona.steps_factor > 0:
        raise ValueError(f"{who}: the factor of steps must be positive")
    if not all(0 <= delay < float("inf") for delay in (persona.crossing_delay_s, persona.signal_delay_s)):
        raise ValueError(f"{who}: a delay must not be negative")
    if not persona.max_slope >= 0:
        raise ValueError(f"{who}: the steepest slope must not be negative")


def _decimetres(length: ArrayLike) -> NDArray[np.int32]:
    metres: NDArray[np.float64] = _vector("length", length, np.float64)
    if np.isnan(metres).any():
        raise ValueError("length must not be NaN")
    if len(metres) and metres.min() < 0:
        raise ValueError(f"length must not be negative, but one is {metres.min()}")
    if len(metres) and metres.max() > _LONGEST_EDGE_M:
        raise ValueError(f"length must not exceed {_LONGEST_EDGE_M:.0f} m")
    return np.rint(metres * 10).astype(np.int32)


def _row_numbers(timetable: ArrayLike | None, count: int) -> NDArray[np.int16]:
    if timetable is None:
        return np.full(count, -1, np.int16)
    return np.asarray(_vector("timetable", timetable, np.int16), np.int16)


def _or_zeros(name: str, values: ArrayLike | None, dtype: type[np.generic], count: int) -> NDArray[Any]:
    return np.zeros(count, dtype) if values is None else _vector(name, values, dtype)


def _vector(name: str, values: ArrayLike, dtype: type[np.generic]) -> NDArray[Any]:
    """A fresh contiguous vector of `dtype` that says the same as `values`."""
    given = np.asarray(values)
    if given.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not {given.ndim}")
    if given.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold numbers, not {given.dtype}")
    if np.dtype(dtype).kind in "iu" and given.size:
        bounds = np.iinfo(dtype)  # type: ignore[type-var]
        if given.dtype.kind == "f" or given.min() < bounds.min or given.max() > bounds.max:
            raise ValueError(f"{name} must hold whole numbers from {bounds.min} to {bounds.max}")
    if np.dtype(dtype).kind == "b":
        _refuse_half_truths(name, given)
    return np.array(given, dtype, order="C")


def _refuse_half_truths(name: str, given: NDArray[Any]) -> None:
    """Refuse what numpy would take for true because it is not 0: NaN, -1, a word."""
    if given.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold true and false, not {given.dtype}")
    wrong = given[(given != 0) & (given != 1)]
    if wrong.size:
        raise ValueError(f"{name} must hold true and false, or 1 and 0, not {wrong.flat[0]}")


def _refuse_unequal(one: str, a: NDArray[Any], other: str, b: NDArray[Any]) -> None:
    if len(a) != len(b):
        raise ValueError(f"{one} and {other} must have the same length, not {len(a)} and {len(b)}")
