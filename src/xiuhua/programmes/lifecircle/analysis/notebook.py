"""An extract for a planner's notebook: its network as somebody walks it, with homes and facilities as nodes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree

from xiuhua.ground import standards
from xiuhua.programmes.lifecircle.analysis.connect import ISLAND, Joined, join
from xiuhua.programmes.lifecircle.analysis.from_extract import TownOfExtract, town_of_extract
from xiuhua.programmes.lifecircle.analysis.pipeline import TUESDAY_10
from xiuhua.programmes.lifecircle.analysis.town import RESIDENTS

if TYPE_CHECKING:
    from xiuhua.engine.network import WalkNetwork
    from xiuhua.ground.sources.osm import Extract
    from xiuhua.ground.sources.population import PopulationGrid


_TOUCH_M = 0.2


class Ground(TypedDict):
    """What a link may not cross, and where it may end: arguments of `links.propose`.

    ``may_end`` and ``roads`` are bool[E] by edge; ``obstacles`` and ``walls`` shapely geometries in metres.
    """

    may_end: NDArray[np.bool_]
    roads: NDArray[np.bool_]
    obstacles: NDArray[np.object_]
    walls: NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Quarter:
    """A quarter on foot: what the engine's functions ask for, by node of one network.

    Attributes
    ----------
    net : WalkNetwork
        As it costs the persona, with a node at every home's way out and at every facility.
    speed_m_s : float
        The persona's pace, metres of impedance a second.
    homes : int32[H]
        Node where each home meets the network; homes without a way near are left out and counted in `without_way`.
    residents : float64[H]
        People in each home.
    door_m : float64[H]
        Metres from each home's door to its node.
    facilities : mapping of str to int32[F]
        Nodes of the entrances of each type of facility, by the rule book's key.
    facility_names : mapping of str to list of str
        Their names on the map, in the same order; empty where there is none.
    outlines : object[H]
        Shapely geometry of each home, WGS 84: its footprint, or a point where the map has none.
    on_island : bool[H]
        Homes whose ways nothing joins to the main network: most are gaps in the map.
    without_way : float
        How many people live in homes that no way lies near to.
    extract : Extract
        All that was read: `walls`, `landscape`, `buildings`.
    """

    net: WalkNetwork
    speed_m_s: float
    homes: NDArray[np.int32]
    residents: NDArray[np.float64]
    door_m: NDArray[np.float64]
    facilities: Mapping[str, NDArray[np.int32]]
    facility_names: Mapping[str, list[str]]
    outlines: NDArray[np.object_]
    on_island: NDArray[np.bool_]
    without_way: float
    extract: Extract = field(repr=False)

    @property
    def demand(self) -> NDArray[np.float64]:
        """Residents by node, float64[N]: the weights of `reach.totals` and the demand of `links`."""
        return np.bincount(self.homes, self.residents, minlength=self.net.node_count).astype(np.float64)

    def at_homes(self, metres: NDArray[np.floating]) -> NDArray[np.float64]:
        """Walking cost by node, as it is from each home's door, float64[H]; the way to the node counts.

        Raises
        ------
        ValueError
            `metres` has not one value for each node.
        """
        if metres.shape != (self.net.node_count,):
            raise ValueError(f"metres must have {self.net.node_count} values, one a node, not shape {metres.shape}")
        return np.asarray(metres[self.homes] + self.door_m)

    def flat(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Shapely geometries in degrees, as geometries in the metres of the network's plane."""
        assert self.net.projection is not None
        return self.net.projection.flat(shapes)

    def ground(self) -> Ground:
        """What a link may not cross and where it may end, as `links.propose` asks for it.

        Links end on ways that people walk, within the box that holds all doors, since beyond it an extract cuts ways
        off; they cross no building, water or railway, and walls only by a gate.
        """
        net, extract = self.net, self.extract
        doors = shapely.points(extract.buildings.door_lon, extract.buildings.door_lat)
        inside = _within(net, self.flat(np.array(doors, object)))
        is_spur = np.isin(net.v, np.concatenate([np.empty(0, np.int32), *self.facilities.values()]))
        middle = shapely.points((net.x[net.u] + net.x[net.v]) / 2, (net.y[net.u] + net.y[net.v]) / 2)
        roads = np.zeros(net.edge_count, np.bool_)
        roads[STRtree(self.flat(extract.carriageways)).query(middle, predicate="dwithin", distance=_TOUCH_M)[0]] = True
        barred = [one.geometry for one in extract.landscape if one.kind in ("water", "rail")]
        return {
            "may_end": ~is_spur & inside[net.u] & inside[net.v],
            "roads": roads,
            "obstacles": self.flat(np.array([*extract.buildings.outline, *barred], object)),
            "walls": self.flat(extract.walls),
        }

    def map(self, **columns: ArrayLike) -> Any:
        """A GeoDataFrame of the homes in WGS 84 with their residents and the given columns, to plot or to write.

        What is infinite, such as a walk to what cannot be reached, becomes a missing value, which a map shows apart.

        Raises
        ------
        ValueError
            A column has not one value for each home.
        ImportError
            Geopandas is not installed: ``pip install xiuhua[scale]``.
        """
        values = {"residents": self.residents, **{name: np.asarray(column) for name, column in columns.items()}}
        for name, column in values.items():
            if column.shape != self.homes.shape:
                raise ValueError(f"column {name} must have {len(self.homes)} values, one a home, not {column.shape}")
            if column.dtype.kind == "f":
                values[name] = np.where(np.isfinite(column), column, np.nan)
        try:
            import geopandas
        except ImportError as missing:
            raise ImportError("a GeoDataFrame needs geopandas: pip install xiuhua[scale]") from missing
        return geopandas.GeoDataFrame(values, geometry=self.outlines, crs=4326)


def _within(net: WalkNetwork, flat: NDArray[np.object_]) -> NDArray[np.bool_]:
    left, low, right, high = shapely.total_bounds(flat)
    return np.asarray((net.x >= left) & (net.x <= right) & (net.y >= low) & (net.y <= high))


def on_foot(
    path: str | Path,
    persona: str = "adult",
    *,
    hour: int | None = TUESDAY_10,
    day: date | None = None,
    residents: str | PopulationGrid | None = None,
) -> Quarter:
    """Read an extract and put its homes and facilities on its walking network, as `xiuhua lifecircle` does.

    Parameters
    ----------
    path : path
        An OpenStreetMap extract.
    persona : str
        Who walks, by the rule book's key: ``adult``, ``elder``, ``wheelchair`` and so on.
    hour : int, optional
        Hour of the week for gates with a timetable, 0 (Monday 00:00) to 167, Tuesday 10:00 by default; None: all of
        them open.
    day : date, optional
        Day whose rule book is asked; the latest by default.
    residents : str or PopulationGrid, optional
        Where people live: ``FILE:COLUMN`` of a vector file, as the command takes it; by floor area without it.

    Raises
    ------
    Refused
        The extract or the grid cannot be read.
    ValueError
        The rule book has no such persona; `hour` is outside the week.
    """
    from xiuhua.ground.sources.osm import read_extract
    from xiuhua.ground.sources.population import read_population_grid

    book = standards.on(day or date.max)
    if persona not in book.personas:
        raise ValueError(f"persona must be one of {', '.join(book.personas)}, not {persona!r}")
    extract = read_extract(path, facility_types=book.facility_types, building_defaults=book.buildings)
    cells = read_population_grid(residents) if isinstance(residents, str) else residents
    made = town_of_extract(extract, book, cells=cells)
    joined = join(made.town, book.personas["adult"].persona, hour, book.buildings.snap_limit_m.number)
    walker = book.personas[persona].persona
    return _quarter(extract, made, joined, joined.network.impedance(walker, hour), walker.speed_m_s)


def _quarter(extract: Extract, made: TownOfExtract, joined: Joined, net: WalkNetwork, speed_m_s: float) -> Quarter:
    town, there = made.town, joined.origin_node >= 0
    people = town.origins.weights[RESIDENTS]
    kinds = np.asarray(town.facilities.facility_type, object)
    met = joined.facility_node >= 0
    names = np.asarray(town.facilities.name, object)
    return Quarter(
        net=net,
        speed_m_s=speed_m_s,
        homes=joined.origin_node[there],
        residents=people[there],
        door_m=joined.origin_m[there],
        facilities={str(kind): joined.facility_node[met & (kinds == kind)] for kind in sorted(set(kinds[met]))},
        facility_names={str(kind): names[met & (kinds == kind)].tolist() for kind in sorted(set(kinds[met]))},
        outlines=_outlines(extract, made)[there],
        on_island=joined.origin_state[there] == ISLAND,
        without_way=float(people[~there].sum()),
        extract=extract,
    )


def _outlines(extract: Extract, made: TownOfExtract) -> NDArray[np.object_]:
    origins = made.town.origins
    outlines = np.array(shapely.points(origins.lon, origins.lat), object)
    drawn = made.building >= 0
    outlines[drawn] = extract.buildings.outline[made.building[drawn]]
    return outlines
