"""What is on the drawing board, in metres, before it becomes a plan: buildings, quarters, gates, landscape."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from xiuhua.demo.plan.walks import Walks

XY = NDArray[np.float64]


@dataclass
class BuildingSketch:
    """A building. `doors` are its stairwells' doors (or its one door), metres; `kind` says what stands there.

    kind: walkup (多层) | tower (高层) | lane (里弄) | shop | office | mall | school | campus | public | service
    """

    kind: str
    use: str
    outline: Polygon
    doors: list[XY]
    levels: int
    lot: int
    quarter: int | None = None
    homes_per_floor: int = 0
    year: int = 1990
    structure: str = ""
    name: str = ""
    numbers: tuple[int, int] = (0, 0)
    pitch_m: float = 0.0


@dataclass
class GateSketch:
    """A gate (门) in a wall. `hours` None: open day and night; `locked`: never opened, though it is there."""

    at: XY
    outside: XY
    main: bool
    hours: tuple[int, int] | None
    locked: bool
    name: str = ""


@dataclass
class QuarterSketch:
    """A walled quarter (小区)."""

    index: int
    lot: int
    kind: str
    land: Polygon
    inside: Polygon
    name: str = ""
    address: str = ""
    year: int = 1990
    pitch_m: float = 0.0
    gates: list[GateSketch] = field(default_factory=list)
    gardens: list[Polygon] = field(default_factory=list)
    paths: list[LineString] = field(default_factory=list)


@dataclass
class FeatureSketch:
    """A piece of landscape."""

    kind: str
    name: str
    geometry: BaseGeometry


@dataclass
class PlaceSketch:
    """A facility (设施): where one walks in, and the building that it is in."""

    facility_type: str
    name: str
    entrances: list[XY]
    floor_area_m2: float | None = None
    building: int | None = None


@dataclass
class YardSketch:
    """A lot or a slice of one that is no dwelling: a school, a market, a small park. `gate` is where one walks in."""

    kind: str
    land: Polygon
    lot: int
    gate: XY
    buildings: list[int] = field(default_factory=list)
    name: str = ""


@dataclass
class Sketch:
    """Everything drawn so far."""

    walks: Walks = field(default_factory=Walks)
    buildings: list[BuildingSketch] = field(default_factory=list)
    quarters: list[QuarterSketch] = field(default_factory=list)
    yards: list[YardSketch] = field(default_factory=list)
    features: list[FeatureSketch] = field(default_factory=list)
    places: list[PlaceSketch] = field(default_factory=list)
