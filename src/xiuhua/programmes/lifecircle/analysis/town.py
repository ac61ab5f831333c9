"""What an analysis stands on: where people live, where they go, and the network between, as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork

RESIDENTS = "residents"


class FacilityPoints(Protocol):
    """Where one walks into facilities (设施): a row an entrance, several rows a facility."""

    @property
    def facility_id(self) -> Sequence[str]:
        """Which facility; rows of the same are one."""

    @property
    def facility_type(self) -> Sequence[str]:
        """Key of the rule book's facility types."""

    @property
    def lon(self) -> NDArray[np.float64]:
        """Degrees, WGS 84."""

    @property
    def lat(self) -> NDArray[np.float64]:
        """Degrees, WGS 84."""

    @property
    def name(self) -> Sequence[str]:
        """As on record; may be empty."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Facilities as plain lists: the simplest `FacilityPoints`."""

    facility_id: Sequence[str]
    facility_type: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    name: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class Origins:
    """Where walks begin: doors of buildings, cells of a grid, or nodes of the network.

    Parameters
    ----------
    id : sequence of str, length O
        Stable name of each.
    lon, lat : float64[O]
        Degrees, WGS 84.
    weights : mapping of str to float64[O]
        Columns of people; ``residents`` always, and what else a persona's `population` may name.
    label : sequence of str, length O
        Words for people; may be empty.
    group : int32[O], optional
        Committee (居委会) of each, a place in `group_names`; -1 for none.
    group_names : sequence of str
        Names of the committees.
    counted : bool
        Whether weights are people. Where nothing tells who lives there every origin weighs one, and nobody is counted.
    """

    id: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    weights: Mapping[str, NDArray[np.float64]]
    label: Sequence[str]
    group: NDArray[np.int32] | None = None
    group_names: Sequence[str] = ()
    counted: bool = True

    def __post_init__(self) -> None:
        count = len(self.id)
        columns = [self.lon, self.lat, self.label, *self.weights.values()]
        columns += [] if self.group is None else [self.group]
        if any(len(column) != count for column in columns):
            raise ValueError(f"every column of {count} origins must have {count} rows")
        if RESIDENTS not in self.weights:
            raise ValueError("origins need a column of residents")

    def __len__(self) -> int:
        return len(self.id)

    def population(self, column: str) -> NDArray[np.float64]:
        """People of one kind at each origin; all residents where that kind is not on record."""
        return self.weights[column] if column in self.weights else self.weights[RESIDENTS]


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """Everything that the question "who reaches what on foot?" needs.

    Parameters
    ----------
    network : WalkNetwork
        With a projection: origins and facilities come in degrees.
    walls : object[W]
        Shapely lines in degrees that no connector between a door and the network may cross.
    origins : Origins
        Where people live.
    facilities : FacilityPoints
        Where they go.
    unmapped : frozenset of str
        Facility types about which these data say nothing: they are reported and left out of the score.
    footprints : object[B]
        Outlines of buildings in degrees, which a connector goes round where it can; may be empty.
    """

    network: WalkNetwork
    walls: NDArray[np.object_]
    origins: Origins
    facilities: FacilityPoints
    unmapped: frozenset[str] = field(default_factory=frozenset)
    footprints: NDArray[np.object_] = field(default_factory=lambda: np.array([], object))
