"""Buildings, grid cells or nodes become origins, and say where their residents come from."""

import numpy as np
import pytest
import shapely

from programmes.lifecircle.hand_made import BOOK, degrees, street
from xiuhua.ground.sources.osm import Buildings, Extract, FacilityPoints
from xiuhua.ground.sources.population import PopulationGrid
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.lifecircle.analysis import analyse, town_of_extract


def extract(buildings=(), facilities=()):
    """`buildings` are (use, x, floor area); `facilities` are (type, x)."""
    lon, lat = degrees([(x, 10) for _use, x, _area in buildings]) if buildings else (np.empty(0), np.empty(0))
    at_lon, at_lat = degrees([(x, 0) for _kind, x in facilities]) if facilities else (np.empty(0), np.empty(0))
    outlines = [shapely.box(px - 1e-4, py - 1e-4, px + 1e-4, py + 1e-4) for px, py in zip(lon, lat, strict=True)]
    return Extract(
        network=street(),
        buildings=Buildings(
            id=[f"way/{n}" for n in range(len(buildings))],
            outline=np.array(outlines, object),
            door_lon=lon,
            door_lat=lat,
            use=[use for use, _x, _area in buildings],
            levels=np.full(len(buildings), np.nan),
            floor_area_m2=np.array([area for _use, _x, area in buildings], float),
            name=[""] * len(buildings),
        ),
        facilities=FacilityPoints(
            [f"node/{n}" for n in range(len(facilities))],
            [kind for kind, _x in facilities],
            at_lon,
            at_lat,
            [""] * len(facilities),
        ),
        landscape=(),
        walls=np.empty(0, object),
        carriageways=np.empty(0, object),
        counts={},
    )


def grid(*cells):
    """Cells as (x from, x to, residents), all from y -200 to 200."""
    areas = [
        shapely.Polygon(np.column_stack(degrees([(a, -200), (b, -200), (b, 200), (a, 200)]))) for a, b, _n in cells
    ]
    return PopulationGrid("grid.gpkg", np.array(areas, object), np.array([n for _a, _b, n in cells], float))


HOMES = [("residential", 100, 3500), ("mixed", 300, 3500), ("public", 500, 9000), ("residential", 700, 5)]


def test_homes_are_weighted_by_floor_area():
    made = town_of_extract(extract(HOMES), BOOK)
    assert list(made.town.origins.id) == ["way/0", "way/1"], "a public building and a hut house nobody"
    np.testing.assert_allclose(made.town.origins.weights["residents"], [90, 50])
    assert made.building.tolist() == [0, 1]
    assert made.town.origins.counted


def test_map_without_housing_tags_takes_every_other_building_for_housing():
    made = town_of_extract(extract([("other", 100, 3500), ("public", 300, 3500)]), BOOK)
    assert list(made.town.origins.id) == ["way/0"]
    assert len(made.remarks) == 1


def test_map_without_buildings_starts_at_nodes_and_counts_nobody():
    made = town_of_extract(extract(facilities=[("market", 0)]), BOOK)
    analysis = analyse(made.town, BOOK, personas=["adult"])
    row = next(row for row in analysis.coverage() if row.facility_type == "market" and row.minutes == 15)
    assert (row.origins, row.residents, row.covered) == (21, None, None)
    assert row.share == pytest.approx(12 / 21), "1,170 m reach twelve of the nodes every 100 m"
    assert len(made.remarks) == 1


def test_types_not_found_are_unmapped():
    made = town_of_extract(extract(HOMES, [("market", 0)]), BOOK)
    assert "market" not in made.town.unmapped
    assert "kindergarten" in made.town.unmapped


def test_grid_residents_spread_over_housing_by_floor_area():
    homes = [("residential", 100, 1000), ("residential", 200, 3000), ("other", 300, 9000)]
    made = town_of_extract(extract(homes), BOOK, cells=grid((50, 400, 80)))
    residents = made.town.origins.weights["residents"]
    np.testing.assert_allclose(residents / residents.sum(), [0.25, 0.75])


def test_cell_without_housing_uses_other_buildings_and_then_its_middle():
    homes = [("residential", 100, 1000), ("other", 600, 1000)]
    cells = grid((50, 400, 10), (500, 900, 20), (1000, 1400, 30), (1400, 1600, 0))
    made = town_of_extract(extract(homes), BOOK, cells=cells)
    assert list(made.town.origins.id) == ["way/0", "way/1", "cell/2"]
    assert made.building.tolist() == [0, 1, -1]
    residents = made.town.origins.weights["residents"]
    np.testing.assert_allclose(residents[:2] / residents[2], [1 / 3, 2 / 3], rtol=1e-6)
    assert len(made.remarks) == 2


def test_nobody_lives_in_a_shelter_or_a_hut():
    shelters = [("shelter", 100, 5000), ("other", 200, 5)]
    made = town_of_extract(extract(shelters), BOOK, cells=grid((50, 400, 10)))
    assert list(made.town.origins.id) == ["cell/0"], "the middle of the cell, and no kiosk"
    made = town_of_extract(extract([*shelters, ("other", 300, 1000)]), BOOK, cells=grid((50, 400, 10)))
    assert list(made.town.origins.id) == ["way/2"]
    made = town_of_extract(extract([*shelters, ("other", 300, 1000)]), BOOK)
    assert list(made.town.origins.id) == ["way/2"], "where a map marks no housing"


def test_cell_half_outside_the_extract_brings_half_its_residents():
    wide = town_of_extract(extract([("residential", 1900, 1000)]), BOOK, cells=grid((1800, 2000, 40)))
    half = town_of_extract(extract([("residential", 1900, 1000)]), BOOK, cells=grid((1800, 2200, 80)))
    assert half.town.origins.weights["residents"].sum() == pytest.approx(
        wide.town.origins.weights["residents"].sum(), rel=1e-3
    )


def test_grid_elsewhere_refuses():
    with pytest.raises(Refused, match="人口格网里没有居民"):
        town_of_extract(extract(HOMES), BOOK, cells=grid((90000, 90500, 40)))


def test_boundary_keeps_the_origins_inside():
    boundary = shapely.Polygon(np.column_stack(degrees([(0, -50), (200, -50), (200, 50), (0, 50)])))
    made = town_of_extract(extract(HOMES), BOOK, boundary=boundary)
    assert list(made.town.origins.id) == ["way/0"]
    assert made.building.tolist() == [0]


def test_boundary_without_origins_refuses():
    boundary = shapely.box(0, 0, 1, 1)
    with pytest.raises(Refused, match="WGS 84"):
        town_of_extract(extract(HOMES), BOOK, boundary=boundary)
