"""GeoParquet in and out: networks come back to the digest, geopandas reads them, and a bad file is one line."""

import json
import sys

import geopandas
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings

from engine.graphs import networks
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.engine.tiles import OF_EDGES, PiecesOf, Tiling
from xiuhua.ground.sources import geoparquet
from xiuhua.ground.verdicts import Refused

PLANE = LocalProjection(121.4, 31.2)


@pytest.fixture
def corner(tmp_path):
    """Three nodes, two edges with everything that an edge may have; its folder and itself."""
    net = WalkNetwork.from_edges(
        [0.0, 100.0, 100.0],
        [0.0, 0.0, 50.0],
        [0, 1],
        [1, 2],
        [100.0, 55.5],
        [1, 0],
        oneway=[False, True],
        slope=[0.1, -0.25],
        timetable=[-1, 0],
        timetables=np.arange(168)[None] % 24 < 20,
        projection=PLANE,
    )
    geoparquet.write_network(net, tmp_path)
    return tmp_path, net


@settings(max_examples=12)
@given(networks(oneway=True))
def test_a_network_comes_back_to_the_digest(tmp_path_factory, net):
    from dataclasses import replace

    folder = tmp_path_factory.mktemp("net")
    placed = replace(net, projection=PLANE)
    geoparquet.write_network(placed, folder)
    assert geoparquet.read_network(folder).digest() == placed.digest()


def test_everything_that_an_edge_has_comes_back(corner):
    folder, net = corner
    assert geoparquet.read_network(folder).digest() == net.digest()


def test_geopandas_reads_it_in_place(corner):
    folder, net = corner
    nodes, edges = (geopandas.read_parquet(folder / name) for name in ("nodes.parquet", "edges.parquet"))
    lon, lat = PLANE.inverse(net.x, net.y)
    assert nodes.crs.equals("OGC:CRS84")
    assert np.allclose(np.column_stack([nodes.geometry.x, nodes.geometry.y]), np.column_stack([lon, lat]))
    assert edges.geometry.geom_type.unique().tolist() == ["LineString"]
    assert edges["length_dm"].tolist() == [1000, 555]
    geo = json.loads(pq.read_schema(folder / "nodes.parquet").metadata[b"geo"])
    assert geo["columns"]["geometry"]["bbox"] == pytest.approx([lon.min(), lat.min(), lon.max(), lat.max()])


def test_a_planners_own_table_becomes_a_network(tmp_path):
    points = geopandas.GeoDataFrame(
        {"node": [70, 30, 50]}, geometry=geopandas.points_from_xy([121.40, 121.41, 121.42], [31.2] * 3), crs="EPSG:4326"
    )
    points.to_parquet(tmp_path / "nodes.parquet")
    lines = geopandas.GeoDataFrame(
        {"u": [70, 30], "v": [30, 50], "length": [952.04, 953.0], "oneway": [False, True]},
        geometry=[
            shapely.LineString([(121.40, 31.2), (121.41, 31.2)]),
            shapely.LineString([(121.41, 31.2), (121.42, 31.2)]),
        ],
        crs="EPSG:4326",
    )
    lines.to_parquet(tmp_path / "edges.parquet")
    net = geoparquet.read_network(tmp_path)
    assert (net.u.tolist(), net.v.tolist()) == ([0, 1], [1, 2])
    assert net.length_dm.tolist() == [9520, 9530]
    assert net.backward_dm.tolist() == [9520, -1]
    assert np.hypot(net.x[1] - net.x[0], net.y[1] - net.y[0]) == pytest.approx(952.9, abs=1)


def test_a_piece_comes_back(tmp_path, corner):
    _folder, net = corner
    tiling = Tiling.over(net.x, net.y, 60.0)
    pieces = PiecesOf(net, tiling)
    piece = pieces(int(tiling.of([100.0], [0.0])[0]))
    ends = np.zeros((len(piece.edge), 2, 2))
    nodes, edges = tmp_path / "n.parquet", tmp_path / "e.parquet"
    geoparquet.write_piece(nodes, edges, piece, ends, PLANE, geoparquet.network_note(PLANE, net.timetables))
    again = geoparquet.piece_of_files(nodes, edges)
    for name in ("node", "x", "y", "edge", "u", "v"):
        assert np.array_equal(getattr(again, name), getattr(piece, name))
    assert all(again.of_edges[name].dtype == piece.of_edges[name].dtype for name in OF_EDGES)
    assert all(np.array_equal(again.of_edges[name], piece.of_edges[name]) for name in OF_EDGES)


def test_tables_are_stacked_in_order(tmp_path):
    parts = []
    for number in range(3):
        parts.append(tmp_path / f"{number}.parquet")
        held = np.ma.masked_array([1.0 * number, 2.0], [False, number == 1])
        geoparquet.write_table(parts[-1], {"n": [str(number)] * 2, "x": held}, shapely.points([number, number], [1, 2]))
    geoparquet.stack(parts, tmp_path / "all.parquet")
    whole = geopandas.read_parquet(tmp_path / "all.parquet")
    assert whole["n"].tolist() == ["0", "0", "1", "1", "2", "2"]
    assert whole["x"].isna().tolist() == [False, False, False, True, False, False]
    assert whole.total_bounds.tolist() == [0, 1, 2, 2]
    assert pq.ParquetFile(tmp_path / "all.parquet").num_row_groups == 3
    assert json.loads(pq.read_schema(tmp_path / "all.parquet").metadata[b"geo"])["columns"]["geometry"]["bbox"] == [
        0,
        1,
        2,
        2,
    ]


def test_a_table_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "t.parquet"
    geoparquet.write_table(path, {"n": ["old"]}, shapely.points([1.0], [1.0]))
    with pytest.raises(pa.ArrowInvalid):
        geoparquet.write_table(path, {"n": ["a", "b"]}, shapely.points([1.0], [1.0]))
    assert [one.name for one in tmp_path.iterdir()] == ["t.parquet"]
    assert geopandas.read_parquet(path)["n"].tolist() == ["old"]


def damaged(path):
    path.write_bytes(path.read_bytes()[:-20])


def other_crs(path):
    geopandas.read_parquet(path).to_crs("EPSG:3857").to_parquet(path)


def no_crs(path):
    geopandas.read_parquet(path).set_crs(None, allow_override=True).to_parquet(path)


def no_geometry(path):
    pq.write_table(pq.read_table(path).drop_columns(["geometry"]).replace_schema_metadata({}), path)


def without_number(path):
    pq.write_table(pq.read_table(path).drop_columns(["node"]), path)


def twice_the_same(path):
    table = pq.read_table(path)
    pq.write_table(table.set_column(0, "node", pa.array([1, 1, 2], pa.int64())), path)


def lines(path):
    frame = geopandas.read_parquet(path).drop(columns=["x", "y"])
    frame.geometry = shapely.linestrings(np.ones((len(frame), 2, 2)))
    frame.to_parquet(path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "找不到 nodes.parquet"),
        (lambda path: path.write_text("no table"), "nodes.parquet 损坏"),
        (damaged, "nodes.parquet 损坏"),
        (other_crs, "EPSG:4326"),
        (no_crs, "没有注明坐标系"),
        (no_geometry, "不是 GeoParquet"),
        (without_number, "nodes.parquet 缺少列：node；现有的列：x、y、geometry"),
        (twice_the_same, "重号"),
        (lines, "不都是点"),
    ],
)
def test_nodes_that_cannot_be_used_are_refused(corner, spoil, said):
    folder, _net = corner
    spoil(folder / "nodes.parquet")
    with pytest.raises(Refused, match=said) as refused:
        geoparquet.read_network(folder)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("u", [0, 99], "通到节点 99"),
        ("u", ["a", "b"], "“u”里有不能用的值"),
        ("length_dm", [1, -1], "“length_dm”里有不能用的值"),
        ("length_dm", [1, None], "“length_dm”里有不能用的值"),
        ("timetable", [0, 5], "路段不能用"),
        ("forward_dm", [0, -2], "“forward_dm”里有不能用的值"),
    ],
)
def test_edges_that_cannot_be_used_are_refused(corner, column, values, said):
    folder, _net = corner
    path = folder / "edges.parquet"
    table = pq.read_table(path)
    pq.write_table(table.set_column(table.schema.get_field_index(column), column, pa.array(values)), path)
    with pytest.raises(Refused, match=said):
        geoparquet.read_network(folder)


def test_edges_without_a_length_are_refused(corner):
    folder, _net = corner
    path = folder / "edges.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["length_dm"]), path)
    with pytest.raises(Refused, match="缺少列：length"):
        geoparquet.read_network(folder)


def test_a_network_of_nowhere_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="no projection"):
        geoparquet.write_network(WalkNetwork.from_edges([0.0], [0.0], [0], [0], [1.0]), tmp_path)
    assert not list(tmp_path.iterdir())


def test_without_pyarrow_it_says_what_to_install(monkeypatch, corner):
    folder, _net = corner
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install xiuhua\[scale\]"):
        geoparquet.read_network(folder)
