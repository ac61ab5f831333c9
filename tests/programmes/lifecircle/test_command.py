"""``xiuhua lifecircle``: what it writes, what it says, and what it refuses without leaving a trace."""

import csv
import json
import re
import sys

import numpy as np
import pyogrio
import pytest
from django.utils import translation

from xiuhua.doors.cli import main
from xiuhua.engine.network import WalkNetwork
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.lifecircle import outputs
from xiuhua.programmes.lifecircle.hours import hour_of_week

MAP = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="by hand">
  <node id="1" lat="31.2000" lon="121.4000"/><node id="2" lat="31.2000" lon="121.4020"/>
  <node id="3" lat="31.2000" lon="121.4200"/>
  <node id="11" lat="31.2001" lon="121.4010"/><node id="12" lat="31.2001" lon="121.4012"/>
  <node id="13" lat="31.2003" lon="121.4012"/><node id="14" lat="31.2003" lon="121.4010"/>
  <node id="21" lat="31.2001" lon="121.4190"/><node id="22" lat="31.2001" lon="121.4192"/>
  <node id="23" lat="31.2003" lon="121.4192"/><node id="24" lat="31.2003" lon="121.4190"/>
  <node id="31" lat="31.2001" lon="121.4001">
    <tag k="amenity" v="marketplace"/><tag k="name" v="&lt;/script&gt;菜市场"/>
  </node>
  <way id="100"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
    <tag k="highway" v="residential"/><tag k="name" v="枣阳路"/></way>
  <way id="101"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="14"/><nd ref="11"/>
    <tag k="building" v="apartments"/><tag k="building:levels" v="6"/></way>
  <way id="102"><nd ref="21"/><nd ref="22"/><nd ref="23"/><nd ref="24"/><nd ref="21"/>
    <tag k="building" v="apartments"/><tag k="building:levels" v="3"/></way>
</osm>
"""


@pytest.fixture
def extract(tmp_path):
    path = tmp_path / "街.osm"
    path.write_text(MAP, encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr(sys, "argv", ["xiuhua", "lifecircle", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return ended.value.code or 0, told.out, told.err

    return run


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_writes_five_files_and_says_so(run, extract, tmp_path):
    out = tmp_path / "new" / "out"
    code, told, _err = run(extract, "--out", out)
    assert code == 0
    assert {one.name for one in out.iterdir()} == outputs.FILES
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["out"]
    assert "菜市场或生鲜超市" in told
    assert "OpenStreetMap contributors" in told


def test_figures_are_right(run, extract, tmp_path):
    run(extract, "--out", tmp_path / "out", "--persona", "adult", "--persona", "frail")
    rows = rows_of(tmp_path / "out" / outputs.COVERAGE)
    markets = {(row["persona"], row["minutes"]): row for row in rows if row["facility_type"] == "market"}
    assert set(markets) == {(persona, minutes) for persona in ("adult", "frail") for minutes in ("5", "10", "15")}
    near = markets["adult", "5"]
    assert near["origins"] == "2"
    assert float(near["share"]) == pytest.approx(2 / 3, abs=1e-6), "the six-storey house, not the three-storey one"
    assert float(near["covered"]) == pytest.approx(float(near["residents"]) * 2 / 3, abs=0.1)
    market = next(row for row in rows_of(tmp_path / "out" / outputs.COMPLIANCE) if row["facility_type"] == "market")
    assert (market["radius_m"], market["status"], market["facilities"]) == ("500", "memory", "1")
    assert float(market["share"]) == pytest.approx(2 / 3, abs=1e-6)


def test_what_the_map_does_not_tell_is_left_empty(run, extract, tmp_path):
    _code, told, _err = run(extract, "--out", tmp_path / "out", "--persona", "adult", "--json")
    said = json.loads(told)
    for name in (outputs.COVERAGE, outputs.COMPLIANCE):
        rows = rows_of(tmp_path / "out" / name)
        silent = [row for row in rows if row["facility_type"] in said["unmapped"]]
        assert silent
        assert {(row["covered"], row["share"]) for row in silent} == {("", "")}
        assert all(row["share"] for row in rows if row["facility_type"] == "market")
    for rows in (said["coverage"], said["compliance"]):
        assert {row["share"] for row in rows if row["facility_type"] == "kindergarten"} == {None}
        assert None not in {row["share"] for row in rows if row["facility_type"] == "market"}


def test_points_open_in_a_gis(run, extract, tmp_path):
    run(extract, "--out", tmp_path / "out", "--persona", "adult")
    path = tmp_path / "out" / outputs.ORIGINS
    meta, _ids, _geometry, columns = pyogrio.raw.read(path, layer="origins")
    table = dict(zip(meta["fields"], columns, strict=True))
    assert (meta["crs"], meta["geometry_type"]) == ("EPSG:4326", "Point")
    assert table["id"].tolist() == ["way/101", "way/102"]
    assert table["state"].tolist() == ["main", "main"]
    seconds = table["seconds_adult_market"]
    assert 60 < seconds[0] < 120
    assert np.isnan(seconds[1]), "null beyond fifteen minutes"
    assert np.isnan(table["seconds_adult_kindergarten"]).all()


def test_network_can_be_walked_again(run, extract, tmp_path):
    run(extract, "--out", tmp_path / "out", "--persona", "adult")
    assert WalkNetwork.load(tmp_path / "out" / outputs.NETWORK).node_count >= 3


def test_json_is_one_object_with_the_same_figures(run, extract, tmp_path):
    code, told, err = run(extract, "--out", tmp_path / "out", "--persona", "adult", "--json")
    assert (code, err) == (0, "")
    said = json.loads(told)
    written = rows_of(tmp_path / "out" / outputs.COVERAGE)
    assert [row["share"] for row in written] == [
        "" if row["share"] is None else f"{row['share']:.6f}" for row in said["coverage"]
    ]
    assert said["origins"]["main"] == 2
    assert said["facilities"]["market"] == 1
    assert said["scored"] == ["market"]


def test_page_needs_nothing_else(run, extract, tmp_path):
    run(extract, "--out", tmp_path / "out", "--persona", "adult")
    page = (tmp_path / "out" / outputs.PAGE).read_text(encoding="utf-8")
    assert not re.search(r'<(script|link|img)[^>]+(src|href)="(?!data:)', page)
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    names = [one["properties"]["name"] for one in json.loads(data[1])["layers"]["facility"]["features"]]
    assert names == ["</script>菜市场"], "a name cannot end the script that it stands in"


def test_written_again_over_itself(run, extract, tmp_path):
    out = tmp_path / "out"
    run(extract, "--out", out, "--persona", "adult")
    code, _told, _err = run(extract, "--out", out, "--persona", "elder")
    assert code == 0
    assert {row["persona"] for row in rows_of(out / outputs.COVERAGE)} == {"elder"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--persona", "ghost"], "adult elder frail"),
        (["--standard", "gb1"], "gb50180"),
        (["--at", "noon"], "Tue 10:00"),
        (["--lang", "fr"], "zh"),
        (["--residents", "nowhere.gpkg:people"], "nowhere.gpkg"),
        (["--boundary", "nowhere.geojson"], "nowhere.geojson"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_leaves_nothing(run, extract, tmp_path, words, said):
    before = sorted(tmp_path.iterdir())
    code, told, err = run(extract, "--out", tmp_path / "out", *words)
    assert (code, told) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("columns", ["60", "80", "120", "200"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_table_cuts_no_figure_whatever_the_width(run, extract, tmp_path, monkeypatch, columns, language):
    monkeypatch.setenv("COLUMNS", columns)
    with translation.override(language):
        _code, told, _err = run(extract, "--out", tmp_path / "out", "--lang", language)
    assert "…" not in told
    figures = next(line for line in told.splitlines() if "▲" in line)
    assert figures.count("67%") >= 3, figures
    assert language != "en" or not re.search(r"[\u3000-\u30ff\u4e00-\u9fff]", told.replace("街.osm", ""))


def test_outlines_that_could_not_be_used_are_told(run, extract, tmp_path):
    broken = '<way id="103"><nd ref="11"/><nd ref="12"/><tag k="building" v="yes"/></way>'
    extract.write_text(MAP.replace("</osm>", f"{broken}</osm>"), encoding="utf-8")
    _code, told, _err = run(extract, "--out", tmp_path / "out", "--persona", "adult")
    assert "1 个楼栋或多边形的轮廓不完整或自相交" in told


@pytest.mark.parametrize("content", [None, "", "<osm", "no map at all"])
def test_bad_map_is_one_line_and_leaves_nothing(run, tmp_path, content):
    path = tmp_path / "bad.osm"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    code, _told, err = run(path, "--out", tmp_path / "out")
    assert code == 2
    assert err.count("bad.osm") == 1
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_boundary_elsewhere_refuses(run, extract, tmp_path):
    area = tmp_path / "area.geojson"
    area.write_text('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}', encoding="utf-8")
    code, _told, err = run(extract, "--out", tmp_path / "out", "--boundary", area)
    assert code == 2
    assert "area.geojson" in err


def test_folder_of_somebody_elses_is_not_replaced(run, extract, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("ten years", encoding="utf-8")
    code, _told, err = run(extract, "--out", out)
    assert code == 2
    assert "thesis.docx" in err
    assert [one.name for one in out.iterdir()] == ["thesis.docx"]


def test_file_in_the_way_refuses(run, extract, tmp_path):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    code, _told, _err = run(extract, "--out", tmp_path / "out")
    assert code == 2
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"


def test_what_desktops_and_qgis_scatter_is_no_obstacle(run, extract, tmp_path):
    out = tmp_path / "out"
    run(extract, "--out", out, "--persona", "adult")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "origins.gpkg-wal", "origins.gpkg-shm"):
        (out / name).write_bytes(b"litter")
    code, _told, err = run(extract, "--out", out, "--persona", "elder")
    assert (code, err) == (0, "")
    assert {row["persona"] for row in rows_of(out / outputs.COVERAGE)} == {"elder"}
    left = {one.name for one in out.iterdir()} - outputs.FILES
    assert left == {".DS_Store", "Thumbs.db", "desktop.ini"}, "a log of the old points would spoil the new ones"


def test_the_working_folder_may_be_written_to(run, extract, tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    before = here.stat().st_ino
    code, _told, _err = run(extract, "--out", ".", "--persona", "adult")
    assert code == 0
    assert {one.name for one in here.iterdir()} == outputs.FILES
    assert here.stat().st_ino == before, "the folder stays the one that a shell or a mount stands in"


def test_a_link_to_a_folder_is_followed_and_one_to_nowhere_refused(run, extract, tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    code, _told, _err = run(extract, "--out", tmp_path / "out", "--persona", "adult")
    assert code == 0
    assert (tmp_path / "out").is_symlink()
    assert {one.name for one in (tmp_path / "disk").iterdir()} == outputs.FILES
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    assert run(extract, "--out", tmp_path / "nowhere")[0] == 2


def test_files_are_moved_in_together_or_not_at_all(tmp_path, monkeypatch):
    from pathlib import Path

    out = tmp_path / "out"
    out.mkdir()
    (out / outputs.COVERAGE).write_text("old")
    rename = Path.rename

    def interrupted(self, target):
        if self.name == outputs.PAGE:
            raise KeyboardInterrupt
        return rename(self, target)

    def write():
        with outputs.whole_folder(out) as folder:
            for name in outputs.FILES:
                (folder / name).write_text("new")

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write()
    assert {one.name: one.read_text() for one in out.iterdir()} == {outputs.COVERAGE: "old"}


@pytest.mark.parametrize("moment", ["write_coverage", "write_origins"])
def test_ctrl_c_leaves_what_was_there(run, extract, tmp_path, monkeypatch, moment):
    out = tmp_path / "out"
    run(extract, "--out", out, "--persona", "adult")
    before = (out / outputs.COVERAGE).read_bytes()

    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(outputs, moment, interrupted)
    code, _told, _err = run(extract, "--out", out, "--persona", "elder")
    assert code == 130
    assert (out / outputs.COVERAGE).read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([extract.name, "out"])


def test_missing_assets_say_how_to_build_them(run, extract, tmp_path, monkeypatch):
    from xiuhua.programmes.lifecircle.report import page

    monkeypatch.setattr(page, "WORKER", tmp_path / "maplibre-gl-worker.js")
    code, _told, err = run(extract, "--out", tmp_path / "out")
    assert code == 2
    assert "make setup" in err


@pytest.mark.parametrize(
    ("text", "hour"),
    [("Tue 10:00", 34), ("周二 10:00", 34), ("星期天 23:59", 167), ("monday 0", 0), ("any", None)],
)
def test_hour_of_week(text, hour):
    assert hour_of_week(text) == hour


@pytest.mark.parametrize("text", ["", "Tue", "Tue 24:00", "someday 10:00", "周八 10:00", "Tue 10:61", "Tue -1"])
def test_no_hour_of_week_refuses(text):
    with pytest.raises(Refused, match="Tue 10:00"):
        hour_of_week(text)
