import bz2
import re
from itertools import pairwise

import osmium
import pytest

from xiuhua.ground.sources.osm import read_walk_network
from xiuhua.ground.sources.osm.reading import read_map
from xiuhua.ground.verdicts import Refused


@pytest.fixture
def xml(sheet, tmp_path):
    nodes = [sheet.node(10 * place, 0) for place in range(200)]
    for one, other in pairwise(nodes):
        sheet.footway(one, other)
    return sheet.write(tmp_path / "town.osm")


@pytest.fixture
def pbf(xml, tmp_path):
    path = tmp_path / "town.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for entity in osmium.FileProcessor(str(xml)):
            writer.add(entity)
    return path


@pytest.fixture
def bzipped(xml, tmp_path):
    path = tmp_path / "town.osm.bz2"
    path.write_bytes(bz2.compress(xml.read_bytes()))
    return path


def refused(path, cause):
    with pytest.raises(Refused, match=cause) as refusal:
        read_walk_network(path)
    (reason,) = refusal.value.reasons
    assert path.name in reason.text
    assert reason.field == path.name
    assert reason.mend


def test_every_format_gives_the_same_network(xml, pbf, bzipped):
    digests = {read_walk_network(path).digest() for path in (xml, pbf, bzipped)}
    assert len(digests) == 1


def test_what_was_read(xml):
    data = read_map(xml)
    assert data.file == "town.osm"
    assert len(data.lines) == 199
    assert data.cut_ways == 0


def test_a_missing_file(tmp_path):
    refused(tmp_path / "nowhere.osm.pbf", "找不到文件")


def test_a_folder(tmp_path):
    folder = tmp_path / "folder.osm"
    folder.mkdir()
    refused(folder, "不是文件")


@pytest.mark.parametrize("name", ["empty.osm", "empty.osm.pbf", "empty.osm.bz2"])
def test_an_empty_file(tmp_path, name):
    (tmp_path / name).touch()
    refused(tmp_path / name, "空文件")


@pytest.mark.parametrize("name", ["map.shp", "map.geojson", "osm"])
def test_a_name_of_another_format(tmp_path, name):
    (tmp_path / name).write_text("{}")
    refused(tmp_path / name, re.escape("不是 OpenStreetMap 数据的文件名"))


@pytest.mark.parametrize("kind", ["xml", "pbf", "bzipped"])
def test_a_truncated_file(kind, request):
    path = request.getfixturevalue(kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    refused(path, "不完整")


@pytest.mark.parametrize("name", ["photo.osm", "photo.osm.pbf", "photo.osm.bz2"])
def test_a_photograph_under_another_name(tmp_path, name):
    (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8)
    refused(tmp_path / name, "不是 OpenStreetMap 数据，或已损坏")


@pytest.mark.parametrize("text", ["<gpx version='1.1'><trk/></gpx>", "<html><body>404</body></html>", "not xml"])
def test_another_kind_of_text(tmp_path, text):
    (tmp_path / "page.osm").write_text(text)
    refused(tmp_path / "page.osm", "不是 OpenStreetMap 数据，或已损坏")


def test_projected_coordinates(tmp_path):
    path = tmp_path / "metres.osm"
    path.write_text("<osm version='0.6'><node id='1' lat='3456789.0' lon='350000.0'/></osm>")
    refused(path, "不是经纬度")


def test_no_way_that_can_be_walked(sheet, tmp_path):
    sheet.way(sheet.node(0, 0), sheet.node(50, 0), tags={"highway": "motorway"})
    refused(sheet.write(tmp_path / "motorways.osm"), "没有可以步行的道路")


def test_nothing_in_it(tmp_path):
    path = tmp_path / "nothing.osm"
    path.write_text("<osm version='0.6'></osm>")
    refused(path, "没有可以步行的道路")
