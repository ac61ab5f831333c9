"""Buildings, facilities and landscape of small maps."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest
import shapely

from ground.sources.osm.maps import Tags
from xiuhua.ground.sources.osm import read_extract
from xiuhua.ground.sources.osm.buildings import tagged_levels
from xiuhua.ground.sources.osm.landscape import area_kind, line_kind


@dataclass(frozen=True)
class Figure:
    number: float


@dataclass(frozen=True)
class Kind:
    use: str
    levels: Figure


class Defaults:
    def type_of(self, tags: Mapping[str, str], *, in_residential_quarter: bool = False) -> Kind:
        homes = tags["building"] == "apartments" or (tags["building"] == "yes" and in_residential_quarter)
        return Kind("residential", Figure(6)) if homes else Kind("other", Figure(1))


@dataclass(frozen=True)
class Having:
    """A facility type that is shown by one tag."""

    key: str
    value: str

    def matches(self, tags: Mapping[str, str]) -> bool:
        return tags.get(self.key) == self.value


@dataclass(frozen=True)
class Rule(Having):
    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key})


@dataclass(frozen=True)
class WithRules:
    osm: tuple[Rule, ...] = field(default=())

    def matches(self, tags: Mapping[str, str]) -> bool:
        raise AssertionError("its rules were to be asked")


TYPES = {
    "park": Having("leisure", "park"),
    "shop": WithRules((Rule("shop", "supermarket"), Rule("amenity", "pharmacy"))),
    "pharmacy": Having("amenity", "pharmacy"),
    "never": WithRules(),
}


@pytest.fixture
def read(sheet, tmp_path):
    sheet.street(sheet.node(-500, -500), sheet.node(500, -500))
    return lambda: read_extract(sheet.write(tmp_path / "tiny.osm"), facility_types=TYPES, building_defaults=Defaults())


# -- buildings ---------------------------------------------------------------------------------------------------------


def test_floor_area_is_footprint_times_levels(sheet, read):
    sheet.box(0, 0, 20, 10, {"building": "apartments", "building:levels": "4", "name": "12号楼"})
    sheet.box(50, 0, 70, 10, {"building": "apartments"})
    buildings = read().buildings
    assert buildings.floor_area_m2 == pytest.approx([800, 1200], rel=0.01)
    assert buildings.levels[0] == 4
    assert np.isnan(buildings.levels[1])
    assert buildings.name == ["12号楼", ""]
    assert buildings.id == ["way/2", "way/3"]


def test_building_yes_is_a_home_inside_a_residential_quarter(sheet, read):
    sheet.box(-100, -100, 100, 100, {"landuse": "residential"})
    sheet.box(0, 0, 20, 10, {"building": "yes"})
    sheet.box(200, 0, 220, 10, {"building": "yes"})
    assert read().buildings.use == ["residential", "other"]


def test_homes_over_a_shop_are_mixed(sheet, read):
    sheet.box(0, 0, 20, 10, {"building": "apartments", "shop": "bakery"})
    assert read().buildings.use == ["mixed"]


def test_the_door_is_the_main_entrance(sheet, read):
    doors = [
        sheet.node(x, 0, {"entrance": kind}) for x, kind in ((2, "emergency"), (5, "yes"), (8, "main"), (9, "service"))
    ]
    ring = [sheet.node(0, 0), *doors, sheet.node(20, 0), sheet.node(20, 10), sheet.node(0, 10)]
    sheet.way(*ring, ring[0], tags={"building": "apartments"})
    buildings = read().buildings
    lon, lat, _tags = sheet.nodes[doors[2]]
    assert buildings.door_lon[0] == pytest.approx(lon)
    assert buildings.door_lat[0] == pytest.approx(lat)


def test_without_an_entrance_the_door_is_inside(sheet, read):
    sheet.box(0, 0, 20, 10, {"building": "apartments", "building:levels": "many"})
    buildings = read().buildings
    assert shapely.contains_xy(buildings.outline[0], buildings.door_lon[0], buildings.door_lat[0])


def test_a_building_with_a_court_is_a_relation(sheet, read):
    sheet.multipolygon(
        sheet.box(0, 0, 40, 40, {}),
        sheet.box(10, 10, 30, 30, {}),
        tags={"building": "apartments", "building:levels": "1"},
    )
    buildings = read().buildings
    assert buildings.id == ["relation/1"]
    assert buildings.floor_area_m2 == pytest.approx([1200], rel=0.01)


def test_what_is_not_a_building_yet(sheet, read):
    sheet.box(0, 0, 20, 10, {"building": "construction"})
    sheet.box(50, 0, 70, 10, {"building": "no"})
    assert len(read().buildings) == 0


def test_an_outline_that_cannot_be_closed_is_counted(sheet, read):
    sheet.way(sheet.node(0, 0), sheet.node(20, 0), sheet.node(20, 20), tags={"building": "apartments"})
    extract = read()
    assert len(extract.buildings) == 0
    assert extract.counts["broken_areas"] == 1


@pytest.mark.parametrize(("text", "levels"), [("6", 6), ("2.5", 2.5), ("6;11", 11), ("-1", None), ("six", None)])
def test_levels(text, levels):
    assert tagged_levels({"building:levels": text}) == pytest.approx(levels or np.nan, nan_ok=True)


# -- facilities --------------------------------------------------------------------------------------------------------


def test_an_object_may_be_of_several_types(sheet, read):
    sheet.node(0, 0, {"amenity": "pharmacy", "name": "Yaofang", "name:zh": "药房"})
    sheet.node(5, 0, {"amenity": "bench"})
    extract = read()
    assert extract.facilities.facility_type == ["shop", "pharmacy"]
    assert extract.facilities.name == ["药房", "药房"]
    assert extract.counts["facilities"] == 1


def park(sheet, tags=None):
    corners = [(0, 0), (100, 0), (100, 100), (0, 100)]
    return [sheet.node(x, y, (tags or {}).get((x, y))) for x, y in corners]


def entries(extract):
    """Entries in metres east and north of the drawing's origin."""
    from ground.sources.osm.maps import DEG_A_METRE_EAST, DEG_A_METRE_NORTH, LAT, LON

    east = (extract.facilities.lon - LON) / DEG_A_METRE_EAST
    north = (extract.facilities.lat - LAT) / DEG_A_METRE_NORTH
    return sorted((round(x), round(y)) for x, y in zip(east.tolist(), north.tolist(), strict=True))


def test_a_park_is_entered_where_ways_cross_its_edge(sheet, read):
    ring = park(sheet)
    sheet.way(*ring, ring[0], tags={"leisure": "park"})
    sheet.footway(sheet.node(-50, 50), sheet.node(150, 50))
    assert entries(read()) == [(0, 50), (100, 50)]


def test_a_park_is_entered_by_its_gates(sheet, read):
    gate, shut = sheet.node(50, 0, {"barrier": "gate"}), sheet.node(50, 100, {"barrier": "gate", "locked": "yes"})
    corners = park(sheet)
    ring = [corners[0], gate, corners[1], corners[2], shut, corners[3]]
    sheet.way(*ring, ring[0], tags={"leisure": "park"})
    sheet.footway(sheet.node(50, -50), gate, shut, sheet.node(50, 150))
    assert entries(read()) == [(50, -1)]


def along_a_street(sheet, tags):
    """Ground of 100 m by 100 m with a street 10 m south of it, that passes by on both sides."""
    ring = park(sheet)
    sheet.way(*ring, ring[0], tags=tags)
    sheet.footway(sheet.node(-50, -10), sheet.node(150, -10))


def test_a_park_without_gates_is_entered_all_along_the_street(sheet, read):
    along_a_street(sheet, {"leisure": "park"})
    south = [x for x, y in entries(read()) if y == -1]
    assert len(south) >= 3
    assert max(np.diff(south)) <= 45


def test_a_park_is_not_entered_across_a_wall(sheet, read):
    along_a_street(sheet, {"leisure": "park"})
    sheet.way(sheet.node(-50, -5), sheet.node(60, -5), tags={"barrier": "wall"})
    found = entries(read())
    assert found
    assert all(x >= 60 for x, _y in found)


@pytest.mark.parametrize("tags", [{"leisure": "park", "barrier": "fence"}, {"leisure": "park", "building": "yes"}])
def test_what_is_no_open_ground_is_entered_in_the_middle_of_its_front(sheet, read, tags):
    along_a_street(sheet, tags)
    [(x, y)] = entries(read())
    assert (abs(x - 50) <= 5, y) == (True, -1)


def test_a_park_far_from_any_way_has_one_entry(sheet, read):
    ring = park(sheet)
    sheet.way(*ring, ring[0], tags={"leisure": "park"})
    sheet.footway(sheet.node(160, -50), sheet.node(160, 150))
    [(x, y)] = entries(read())
    assert (x, abs(y - 50) <= 5) == (101, True)


def test_a_tunnel_below_a_park_is_no_entry(sheet, read):
    ring = park(sheet)
    sheet.way(*ring, ring[0], tags={"leisure": "park"})
    sheet.footway(sheet.node(-50, 50), sheet.node(150, 50), tunnel="yes")
    assert len(entries(read())) == 1


def test_a_shop_in_a_building_is_entered_by_its_door(sheet, read):
    corners = park(sheet)
    door = sheet.node(50, 0, {"entrance": "yes"})
    sheet.way(corners[0], door, *corners[1:], corners[0], tags={"building": "retail", "shop": "supermarket"})
    sheet.footway(sheet.node(-50, 50), sheet.node(150, 50))
    assert entries(read()) == [(50, -1)]


def test_who_comes_to_a_school_behind_a_private_gate_arrives_outside_it(sheet, read):
    corners = park(sheet)
    gate = sheet.node(50, 0, {"barrier": "gate", "access": "private"})
    sheet.way(corners[0], gate, *corners[1:], corners[0], tags={"leisure": "park"})
    sheet.footway(sheet.node(50, -500), gate, sheet.node(50, 50))
    assert entries(read()) == [(50, -1)]


# -- landscape and walls -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"natural": "water"}, "water"),
        ({"leisure": "park"}, "green"),
        ({"landuse": "residential"}, "quarter"),
        ({"amenity": "school"}, "campus"),
        ({"highway": "pedestrian", "area": "yes"}, "square"),
        ({"highway": "pedestrian"}, None),
        ({"building": "yes", "amenity": "school"}, None),
        ({"landuse": "industrial"}, None),
    ],
)
def test_areas(tags, kind):
    assert area_kind(tags) == kind


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "primary"}, "street"),
        ({"highway": "service"}, "lane"),
        ({"highway": "footway"}, "path"),
        ({"highway": "footway", "tunnel": "yes"}, None),
        ({"highway": "footway", "indoor": "yes"}, None),
        ({"highway": "pedestrian", "area": "yes"}, None),
        ({"barrier": "wall"}, "wall"),
        ({"barrier": "kerb"}, None),
        ({"railway": "rail"}, "rail"),
        ({"railway": "subway", "tunnel": "yes"}, None),
        ({"waterway": "river"}, "water"),
        ({"highway": "construction"}, None),
    ],
)
def test_lines(tags: Tags, kind):
    assert line_kind(tags) == kind


def test_walls_are_what_nobody_walks_across(sheet, read):
    def across(tags):
        return sheet.way(sheet.node(0, len(sheet.nodes)), sheet.node(50, len(sheet.nodes)), tags=tags)

    across({"barrier": "wall"})
    across({"barrier": "fence"})
    across({"barrier": "kerb"})
    across({"railway": "rail"})
    across({"railway": "subway", "tunnel": "yes"})
    across({"railway": "rail", "bridge": "yes"})
    across({"waterway": "river"})
    across({"waterway": "river", "tunnel": "culvert"})
    across({"waterway": "stream"})
    sheet.box(200, 200, 300, 300, {"natural": "water"})
    walls = read().walls
    assert len(walls) == 5
    assert walls.dtype == object


def test_gates_are_drawn(sheet, read):
    sheet.node(0, 0, {"barrier": "gate", "name": "东门"})
    assert [(thing.kind, thing.name) for thing in read().landscape] == [("street", ""), ("gate", "东门")]


def test_roads_alone_make_an_extract(read):
    extract = read()
    assert len(extract.buildings) == 0
    assert extract.buildings.outline.shape == (0,)
    assert len(extract.facilities) == 0
    assert extract.walls.shape == (0,)
    assert extract.network.edge_count == 1


def test_progress_is_told(sheet, tmp_path, read):
    phases = []
    read_extract(
        sheet.write(tmp_path / "tiny.osm"),
        facility_types={},
        building_defaults=Defaults(),
        progress=lambda phase, share: phases.append((phase, share)),
    )
    assert phases == [("read", 1.0), ("network", 1.0), ("buildings", 1.0), ("facilities", 1.0)]
