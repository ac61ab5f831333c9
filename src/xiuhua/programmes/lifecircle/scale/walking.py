"""The work of one worker on one tile: walk from its doors, count, and write its rows."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.engine import reach
from xiuhua.engine.network import Persona
from xiuhua.ground.sources.geoparquet import table_bytes
from xiuhua.ground.words import use_language
from xiuhua.programmes.lifecircle.analysis.pipeline import from_doors
from xiuhua.programmes.lifecircle.analysis.town import RESIDENTS
from xiuhua.programmes.lifecircle.outputs import STATES
from xiuhua.programmes.lifecircle.scale.city import TileTown, tile_town
from xiuhua.programmes.lifecircle.scale.folder import InFolder
from xiuhua.programmes.lifecircle.scale.tally import Question, Tally, tally_of


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """What came of one tile.

    Attributes
    ----------
    number : int
    rows : bytes
        GeoParquet of its doors; empty where it has none.
    tally : Tally
    nodes : int
        Nodes of the tile and its halo.
    worker : int
        Process that did it.
    peak_mb : float
        Most memory that this process has ever held.
    """

    number: int
    rows: bytes
    tally: Tally
    nodes: int
    worker: int
    peak_mb: float


def walk_in_folder(folder: str, number: int, halo: float, question: Question) -> Walked | None:
    """Read a tile and its halo from files and walk it; None where the halo is too narrow."""
    with use_language(question.language):
        return walk(tile_town(InFolder(Path(folder)), number, halo), question)


def walk(town: TileTown, question: Question) -> Walked | None:
    """Walk from every door of a tile, as each persona does; None where somebody got out of the halo."""
    town = _inside(town, question)
    seconds = np.empty((len(question.personas), len(town.doors), len(question.types)), np.float32)
    for place, walker in enumerate(question.personas):
        metres = _metres(town, walker.persona, question, question.metres_of(walker))
        if metres is None:
            return None
        seconds[place] = metres / walker.speed.number
    measured = _metres(town, question.measure.persona, question, question.longest_radius_m)
    if measured is None:
        return None
    measured_m = measured.astype(np.float32)
    return Walked(
        number=town.tile.number,
        rows=_rows(town, question, seconds, measured_m) if len(town.doors) else b"",
        tally=tally_of(town, question, seconds, measured_m),
        nodes=len(town.tile.node),
        worker=os.getpid(),
        peak_mb=peak_mb(),
    )


def peak_mb() -> float:
    """Most memory that this process has held, in MB; NaN where the system does not tell."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _inside(town: TileTown, question: Question) -> TileTown:
    """The same town with the doors inside the boundary only."""
    if question.boundary is None:
        return town
    from dataclasses import replace

    area = shapely.from_wkb(question.boundary)
    rows = np.flatnonzero(shapely.contains_xy(area, town.doors.lon, town.doors.lat))
    return replace(town, doors=town.doors.take(rows), door_node=town.door_node[rows])


def _metres(town: TileTown, walker: Persona, question: Question, limit_m: float) -> NDArray[np.float64] | None:
    """Metres from each door to the nearest facility of each type; None where a walk leads out of the halo.

    The fringe is one more type: whoever reaches it within the limit might reach a facility beyond it.
    """
    tile, types = town.tile, len(question.types)
    on_network = town.door_node >= 0
    if not on_network.any():
        return np.full((len(town.doors), types), np.inf)
    number = {kind: place for place, kind in enumerate(question.types)}
    kind = np.array([number.get(one, -1) for one in town.entrances.facility_type], np.int32)
    usable = (kind >= 0) & (town.entrance_node >= 0)
    ends = np.concatenate([town.entrance_node[usable], tile.fringe])
    kinds = np.concatenate([kind[usable], np.full(len(tile.fringe), types, np.int32)])
    net = tile.network.impedance(walker, question.hour)
    found = reach.nearest_each(net, ends, kinds, types + 1, limit_m)
    if np.isfinite(found[types, town.door_node[on_network]]).any():
        return None
    return from_doors(found[:types], town.door_node, town.doors.metres, limit_m)


def _rows(town: TileTown, question: Question, seconds: NDArray[np.float32], metres: NDArray[np.float32]) -> bytes:
    """The tile's doors as a table: who they are, and how far each type is."""
    doors = town.doors
    unknown = np.full(len(doors), not town.counted)
    columns: dict[str, NDArray[np.generic] | list[str]] = {
        "id": list(doors.id),
        "name": list(doors.name),
        "state": [STATES[one] for one in doors.state],
        "node": doors.node,
        "metres": doors.metres,
    }
    for name, people in doors.weights.items():
        columns[name] = np.ma.masked_array(people, unknown if name == RESIDENTS else np.zeros_like(unknown))
    for place, persona in enumerate(question.personas):
        for number, kind in enumerate(question.types):
            columns[f"seconds_{persona.key}_{kind}"] = _known(seconds[place, :, number])
    for number, kind in enumerate(question.types):
        columns[f"metres_{kind}"] = _known(metres[:, number])
    return table_bytes(columns, np.asarray(shapely.points(doors.lon, doors.lat), object), {"counted": town.counted})


def _known(figures: NDArray[np.float32]) -> NDArray[np.float32]:
    """Figures with nulls where nothing lies within the limit."""
    return np.ma.masked_array(figures, ~np.isfinite(figures))
