import numpy as np
import pytest
import shapely
from django.utils import translation
from pyogrio.raw import write
from pyproj import Transformer

from xiuhua.ground.sources.population import read_population_grid
from xiuhua.ground.verdicts import Refused

CELLS = np.array([shapely.box(121.40, 31.22, 121.41, 31.23), shapely.box(121.41, 31.22, 121.42, 31.23)], object)


@pytest.fixture
def grid(tmp_path):
    def draw(residents=(100.0, 50.0), *, name="grid.gpkg", layer="grid", crs="EPSG:4326", cells=CELLS, append=False):
        path = tmp_path / name
        residents = np.array(residents)
        kind = "Point" if shapely.get_type_id(cells[0]) == 0 else "Polygon"
        write(
            str(path),
            shapely.to_wkb(cells),
            [np.arange(len(cells)), residents],
            ["id", "residents"],
            layer=layer,
            crs=crs,
            geometry_type=kind,
            append=append,
        )
        return path

    return draw


def test_a_column_of_a_geopackage(grid):
    read = read_population_grid(f"{grid()}:residents")
    assert read.residents.tolist() == [100, 50]
    assert shapely.equals(read.area, CELLS).all()
    assert read.file == "grid.gpkg"


def test_a_projected_grid_is_laid_out_in_degrees(grid):
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:32651", always_xy=True)
    metres = shapely.transform(CELLS, lambda points: np.column_stack(to_metres.transform(points[:, 0], points[:, 1])))
    read = read_population_grid(f"{grid(crs='EPSG:32651', cells=metres)}:residents")
    assert shapely.get_coordinates(read.area) == pytest.approx(shapely.get_coordinates(CELLS), abs=1e-7)


def test_a_cell_without_a_value_has_nobody(grid):
    assert read_population_grid(f"{grid((np.nan, 50.0))}:residents").residents.tolist() == [0, 50]


def test_one_layer_of_several(grid):
    grid()
    path = grid((1.0, 2.0), layer="elders")
    assert read_population_grid(f"{path}:elders:residents").residents.tolist() == [1, 2]


def test_geojson(grid):
    assert len(read_population_grid(f"{grid(name='grid.geojson')}:residents").area) == 2


def refused(source, cause, mend=""):
    with pytest.raises(Refused, match=cause) as refusal:
        read_population_grid(source)
    (reason,) = refusal.value.reasons
    assert mend in (reason.mend or "")


def test_a_wrong_column_is_answered_with_those_there_are(grid):
    refused(f"{grid()}:people", "没有列“people”", "id、residents")


def test_no_column(grid):
    refused(str(grid()), "没有说用", "文件名:列名")
    refused(f"{grid()}:", "没有说用 grid.gpkg", "文件名:列名")


def test_columns_are_listed_as_one_lists_things_in_the_readers_language(grid):
    with translation.override("en"):
        refused(f"{grid()}:people", "people", "id, residents")


def test_a_missing_file(tmp_path):
    refused(f"{tmp_path / 'nowhere.gpkg'}:residents", "找不到人口格网 nowhere.gpkg；")
    refused(f"{tmp_path / 'nowhere.gpkg'}:layer:residents", "找不到人口格网 nowhere.gpkg；")


def test_a_wrong_layer(grid):
    refused(f"{grid()}:elders:residents", "没有图层“elders”", "grid")


def test_another_kind_of_file(tmp_path):
    (tmp_path / "notes.txt").write_text("residents\n1\n")
    refused(f"{tmp_path / 'notes.txt'}:residents", "读不懂 notes.txt")


def test_points_are_no_cells(grid):
    refused(f"{grid(cells=shapely.centroid(CELLS))}:residents", "格子不是面")


@pytest.mark.parametrize("residents", [(-1.0, 2.0), (float("inf"), 2.0)])
def test_numbers_that_are_no_residents(grid, residents):
    refused(f"{grid(residents)}:residents", "不是人数的值")


def test_words_are_no_residents(grid):
    refused(f"{grid(np.array(['many', 'few'], object))}:residents", "不是人数的值")


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_no_coordinate_system(grid):
    refused(f"{grid(crs=None, name='grid.shp')}:residents", "没有注明坐标系")
