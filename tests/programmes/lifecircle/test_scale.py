"""``xiuhua lifecircle --dask``: a city in tiles gives the figures of the town in one piece, whoever dies meanwhile."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import psutil
import pyarrow.parquet as pq
import pytest
import shapely

from xiuhua.doors.cli import main
from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.progress import silent
from xiuhua.ground.sources.osm import read_extract
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.lifecircle import outputs
from xiuhua.programmes.lifecircle.analysis import TUESDAY_10, analyse, join, town_of_extract
from xiuhua.programmes.lifecircle.scale import cluster
from xiuhua.programmes.lifecircle.scale.city import InMemory, city_of
from xiuhua.programmes.lifecircle.scale.folder import InFolder, write_tiles
from xiuhua.programmes.lifecircle.scale.work import find_and_write
from xiuhua.programmes.lifecircle.work import Order

EXTRACT = Path(__file__).parents[3] / "samples" / "chengdu-qingyang.osm.pbf"
WHO = ("adult", "wheelchair")
TILE_M = 800.0


@pytest.fixture(scope="module")
def client():
    """Two worker processes for all tests of this file."""
    with cluster.workers("local", count=2) as client:
        yield client


@pytest.fixture(scope="module")
def address(client):
    return client.scheduler.address


@pytest.fixture(scope="module")
def book():
    return standards.on(now().date())


@pytest.fixture(scope="module")
def town(book):
    read = read_extract(EXTRACT, facility_types=book.facility_types, building_defaults=book.buildings)
    return town_of_extract(read, book).town


@pytest.fixture(scope="module")
def whole(town, book):
    """The town in one piece."""
    return analyse(town, book, personas=WHO)


@pytest.fixture(scope="module")
def city(town, book):
    return city_of(town, join(town, book.personas["adult"].persona, TUESDAY_10, book.buildings.snap_limit_m.number))


@pytest.fixture(scope="module")
def in_tiles(tmp_path_factory, address):
    """The folder that a run in tiles has made of the extract."""
    out = tmp_path_factory.mktemp("city") / "out"
    find_and_write(order(EXTRACT, out, address), silent)
    return out


def order(source, out, address, **other):
    return Order(source, out, personas=WHO, dask=address, tile_m=TILE_M, **other)


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr(sys, "argv", ["xiuhua", "lifecircle", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return ended.value.code or 0, told.out, told.err

    return run


def expected_files(analysis, folder):
    """The tables of the town in one piece, as the command writes them."""
    outputs.write_coverage(analysis, folder / "coverage.csv")
    outputs.write_compliance(analysis, folder / "compliance.csv")
    return {name: (folder / name).read_bytes() for name in ("coverage.csv", "compliance.csv")}


def tables_of(out):
    return {name: (out / name).read_bytes() for name in ("coverage.csv", "compliance.csv")}


def assert_same_walks(out, analysis):
    """Every door's seconds and metres, exactly."""
    rows = geopandas.read_parquet(out / "origins.parquet").set_index("id").loc[list(analysis.town.origins.id)]
    for place, persona in enumerate(analysis.personas):
        for number, kind in enumerate(analysis.types):
            seconds = rows[f"seconds_{persona.key}_{kind}"].to_numpy(np.float32)
            assert np.array_equal(np.nan_to_num(seconds, nan=np.inf), analysis.seconds[place, :, number])
    for number, kind in enumerate(analysis.types):
        metres = rows[f"metres_{kind}"].to_numpy(np.float32)
        assert np.array_equal(np.nan_to_num(metres, nan=np.inf), analysis.metres[:, number])


def test_an_extract_in_tiles_gives_the_same_figures(in_tiles, whole, tmp_path):
    assert {one.name for one in in_tiles.iterdir()} == outputs.IN_TILES
    assert tables_of(in_tiles) == expected_files(whole, tmp_path)
    assert_same_walks(in_tiles, whole)


def test_whole_numbers_add_up_exactly_and_others_to_a_billionth(town, book, tmp_path, address, city):
    rng = np.random.default_rng(5)
    count = len(town.origins)
    weights = {"residents": rng.integers(0, 500, count).astype(float), "residents_60_plus": rng.random(count)}
    counted = replace(town, origins=replace(town.origins, weights=weights))
    whole = analyse(counted, book, personas=("adult", "elder"))
    write_tiles(InMemory(replace(city, doors=replace(city.doors, weights=weights)), TILE_M), tmp_path / "city")
    asked = replace(order(tmp_path / "city", tmp_path / "out", address), personas=("adult", "elder"))
    found = find_and_write(asked, silent).outcome
    for mine, theirs in zip(found.coverage(), whole.coverage(), strict=True):
        assert (mine.facility_type, mine.minutes, mine.persona) == (
            theirs.facility_type,
            theirs.minutes,
            theirs.persona,
        )
        if theirs.persona == "adult":
            assert mine == theirs
        elif theirs.covered is not None:
            assert mine.covered == pytest.approx(theirs.covered, rel=1e-9)
    assert found.compliance() == whole.compliance()
    assert found.score("elder") == pytest.approx(whole.score("elder"), rel=1e-9)


def test_a_city_in_a_file_a_tile_gives_the_same(city, whole, in_tiles, tmp_path, address):
    pieces = InMemory(city, TILE_M)
    write_tiles(pieces, tmp_path / "city")
    again = InFolder(tmp_path / "city")
    assert (again.tiling, again.filled()) == (pieces.tiling, pieces.filled())
    one = pieces.filled()[3]
    assert np.allclose(again.ends(one), pieces.ends(one), atol=1e-6)
    finding = find_and_write(order(tmp_path / "city", tmp_path / "out", address), silent)
    assert finding.tiles == len(pieces.filled()) > 10
    assert tables_of(tmp_path / "out") == tables_of(in_tiles)
    assert_same_walks(tmp_path / "out", whole)


def test_the_size_of_tiles_changes_nothing(in_tiles, tmp_path, address):
    find_and_write(replace(order(in_tiles, tmp_path / "out", address), tile_m=550.0), silent)
    assert tables_of(tmp_path / "out") == tables_of(in_tiles)


def test_doors_and_entrances_without_a_node_are_joined_as_those_of_a_map(town, book, in_tiles, tmp_path, address):
    """A planner's own tables, by geopandas: bare points, and walls beside them."""
    folder = tmp_path / "own"
    folder.mkdir()
    from xiuhua.ground.sources.geoparquet import write_network

    write_network(town.network, folder)
    origins, places = town.origins, town.facilities
    geopandas.GeoDataFrame(
        {"id": list(origins.id), "residents": origins.weights["residents"]},
        geometry=geopandas.points_from_xy(origins.lon, origins.lat),
        crs="EPSG:4326",
    ).to_parquet(folder / "origins.parquet")
    geopandas.GeoDataFrame(
        {"id": list(places.facility_id), "facility_type": list(places.facility_type)},
        geometry=geopandas.points_from_xy(places.lon, places.lat),
        crs="EPSG:4326",
    ).to_parquet(folder / "facilities.parquet")
    geopandas.GeoDataFrame({"n": range(len(town.walls))}, geometry=list(town.walls), crs="EPSG:4326").to_parquet(
        folder / "walls.parquet"
    )
    find_and_write(order(folder, tmp_path / "out", address), silent)
    alone = analyse(replace(town, footprints=np.array([], object)), book, personas=WHO)
    assert tables_of(tmp_path / "out") == expected_files(alone, tmp_path)
    assert_same_walks(tmp_path / "out", alone)


def test_what_a_run_leaves_is_run_again_though_a_worker_dies_and_progress_is_told_by_tiles(
    client, in_tiles, whole, tmp_path, address
):
    before = set(client.run(os.getpid).values())
    killed, told = [], []

    def kill_one(stage, share):
        told.append((stage, share))
        if re.search(r"第 2 块", stage) and not killed:
            killed.append(min(before))
            os.kill(killed[0], signal.SIGKILL)

    finding = find_and_write(order(in_tiles, tmp_path / "out", address), kill_one)
    assert killed, "the run was over before it began"
    assert killed[0] not in client.run(os.getpid).values()
    assert tables_of(tmp_path / "out") == tables_of(in_tiles)
    assert_same_walks(tmp_path / "out", whole)
    walks = [stage for stage, _share in told if stage.startswith("走路")]
    assert walks == [f"走路：第 {done} 块，共 {finding.tiles} 块" for done in range(1, finding.tiles + 1)]
    assert [share for _stage, share in told] == sorted(share for _stage, share in told)
    assert finding.tiles > 10


def test_doors_outside_a_boundary_are_left_out(in_tiles, tmp_path, run, address, whole):
    lon, lat = np.median(whole.town.origins.lon), np.median(whole.town.origins.lat)
    area = tmp_path / "area.geojson"
    area.write_text(json.dumps(shapely.geometry.mapping(shapely.box(0, 0, lon, lat))), encoding="utf-8")
    code, told, err = run(
        in_tiles, "--out", tmp_path / "out", "--dask", address, "--boundary", area, "--json", "--tile", 1e6
    )
    assert (code, err) == (0, "")
    inside = (np.asarray(whole.town.origins.lon) < lon) & (np.asarray(whole.town.origins.lat) < lat)
    assert json.loads(told)["counts"]["origins"] == inside.sum()
    elsewhere = tmp_path / "elsewhere.geojson"
    elsewhere.write_text(json.dumps(shapely.geometry.mapping(shapely.box(0, 0, 1, 1))), encoding="utf-8")
    code, _told, err = run(in_tiles, "--out", tmp_path / "none", "--dask", address, "--boundary", elsewhere)
    assert code == 2
    assert "没有一个起点" in err
    assert not (tmp_path / "none").exists()


def test_one_tile_tells_what_a_run_in_one_piece_tells_and_takes_its_place(run, tmp_path, address, in_tiles):
    out = tmp_path / "out"
    out.mkdir()
    for name in outputs.FILES:
        (out / name).write_text("old")
    people = [word for who in WHO for word in ("--persona", who)]
    words = (in_tiles, "--out", out, "--dask", address, *people, "--tile", 1e6)
    code, told, err = run(*words)
    assert (code, err) == (0, "")
    assert "origins.parquet" in told
    assert "菜市场或生鲜超市" in told
    assert {one.name for one in out.iterdir()} == {"coverage.csv", "compliance.csv", "origins.parquet"}
    assert tables_of(out) == tables_of(in_tiles)
    code, told, _err = run(*words, "--json")
    said = json.loads(told)
    with (out / "coverage.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [row["share"] for row in written] == [
        "" if row["share"] is None else f"{row['share']:.6f}" for row in said["coverage"]
    ]
    assert said["tiles"]["count"] == len(said["tiles"]["peak_mb"]) == 1


def spoilt(table, spoil):
    def change(folder):
        path = folder / f"{table}.parquet"
        spoil(path)

    return change


def drop(*columns):
    def change(path):
        pq.write_table(pq.read_table(path).drop_columns(list(columns)), path)

    return change


def with_column(name, value):
    def change(path):
        frame = geopandas.read_parquet(path)
        frame[name] = value
        frame.to_parquet(path)

    return change


def reproject(path):
    geopandas.read_parquet(path).to_crs("EPSG:4547").to_parquet(path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoilt("origins", Path.unlink), "找不到 origins.parquet"),
        (spoilt("origins", lambda path: path.write_bytes(b"PAR1")), "origins.parquet 损坏"),
        (spoilt("origins", drop("residents")), "origins.parquet 缺少列：residents"),
        (spoilt("origins", with_column("residents", -1.0)), "origins.parquet 的列“residents”"),
        (spoilt("origins", with_column("state", "lost")), "main island unsnapped"),
        (spoilt("origins", with_column("node", 10**9)), "路网上没有的节点"),
        (spoilt("origins", reproject), "不是 WGS 84"),
        (spoilt("facilities", drop("facility_type")), "facilities.parquet 缺少列：facility_type"),
        (spoilt("facilities", with_column("facility_type", "pub")), "没有一处设施"),
        (spoilt("edges", drop("u")), "edges.parquet 缺少列：u"),
    ],
)
def test_a_table_that_cannot_be_used_is_one_line_and_leaves_nothing(run, in_tiles, tmp_path, address, spoil, said):
    import shutil

    folder = shutil.copytree(in_tiles, tmp_path / "city")
    spoil(folder)
    code, told, err = run(folder, "--out", tmp_path / "out", "--dask", address)
    assert (code, told) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["city"]


def test_a_damaged_tile_is_named_by_the_worker_that_met_it(city, tmp_path, run, address):
    write_tiles(InMemory(city, TILE_M), tmp_path / "city")
    victim = sorted((tmp_path / "city" / "edges").iterdir())[2]
    victim.write_bytes(victim.read_bytes()[:50])
    code, _told, err = run(tmp_path / "city", "--out", tmp_path / "out", "--dask", address)
    assert code == 2
    assert victim.name in err
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--tile", "0"], "--tile"),
        (["--tile", "nan"], "--tile"),
        (["--tile", "0.01"], "太小"),
        (["--residents", "grid.gpkg:people"], "residents 列"),
        (["--persona", "ghost"], "adult elder frail"),
    ],
)
def test_options_that_do_not_fit_are_refused(run, in_tiles, tmp_path, address, words, said):
    code, _told, err = run(in_tiles, "--out", tmp_path / "out", "--dask", address, *words)
    assert code == 2
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_the_input_is_not_written_over(run, in_tiles, address):
    before = {one.name: one.stat().st_mtime_ns for one in in_tiles.iterdir()}
    code, _told, err = run(in_tiles, "--out", in_tiles, "--dask", address)
    assert code == 2
    assert "--out" in err
    assert {one.name: one.stat().st_mtime_ns for one in in_tiles.iterdir()} == before


def test_a_folder_without_dask_is_told_of_it(run, in_tiles, tmp_path):
    code, _told, err = run(in_tiles, "--out", tmp_path / "out")
    assert code == 2
    assert "--dask local" in err


@pytest.mark.parametrize("where", ["tcp://127.0.0.1:1", "nonsense", "foo://host:1", "mute", "http", "worker"])
def test_an_address_that_is_no_scheduler_is_one_line(run, in_tiles, tmp_path, client, monkeypatch, where):
    import socket

    monkeypatch.setattr(cluster, "_PATIENCE_S", 0.5)
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        there.listen()
        known = {
            "mute": f"tcp://127.0.0.1:{there.getsockname()[1]}",
            "http": f"http://127.0.0.1:{there.getsockname()[1]}",
            "worker": next(iter(client.nthreads())),
        }
        code, told, err = run(in_tiles, "--out", tmp_path / "out", "--dask", known.get(where, where))
    assert (code, told) == (2, "")
    assert "调度器" in err
    assert len(err.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("library", ["dask", "distributed", "pyarrow"])
def test_without_the_extra_it_says_what_to_install(run, in_tiles, tmp_path, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    code, _told, err = run(in_tiles, "--out", tmp_path / "out", "--dask", "local")
    assert code == 2
    assert "pip install 'xiuhua[scale]'" in err
    assert not list(tmp_path.iterdir())


def test_a_tile_that_kills_every_worker_is_named():
    import distributed

    class Dead:
        def result(self):
            raise distributed.KilledWorker("walk", None, 3)

    with pytest.raises(Refused, match="第 7 块"):
        cluster._result(Dead(), 7)


def test_our_own_workers_listen_on_loopback_only(client):
    for pid in (os.getpid(), *client.run(os.getpid).values()):
        listening = [one for one in psutil.Process(pid).net_connections() if one.status == psutil.CONN_LISTEN]
        assert {one.laddr.ip for one in listening} <= {"127.0.0.1"}
        assert listening


def test_ctrl_c_while_workers_begin_ends_all_without_a_word(tmp_path):
    """To the whole group, as a terminal sends it, and again: 130, no traceback, no process, no file."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    program = (
        "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}) if hasattr(os, 'sched_setaffinity') else None\n"
        "from xiuhua.doors.cli import main; main()"
    )
    begun = subprocess.Popen(
        [sys.executable, "-c", program, "lifecircle", EXTRACT, "--out", tmp_path / "out", "--dask", "local"],
        env={**os.environ, "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        workers = []
        until = time.monotonic() + 60
        while not workers and begun.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
            workers = [one for one in psutil.Process(begun.pid).children() if "spawn_main" in " ".join(_words(one))]
        for _again in range(3):
            os.killpg(begun.pid, signal.SIGINT)
            time.sleep(0.1)
        told, err = begun.communicate(timeout=60)
        assert workers, "the run was over before a worker began"
        assert (begun.returncode, told, err.strip()) == (130, b"", b"")
        assert not psutil.wait_procs(workers, timeout=5)[1]
        assert [*tmp_path.rglob("*")] == [scratch]
    finally:
        if begun.poll() is None:
            os.killpg(begun.pid, signal.SIGKILL)


def _words(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_importing_the_command_imports_no_dask():
    heavy = "{'dask', 'pyarrow', 'numba'}"
    code = f"import sys, xiuhua.programmes.lifecircle.commands; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
