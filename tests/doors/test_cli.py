import json
import os
import subprocess
import sys

import pytest

XIUHUA = [sys.executable, "-c", "from xiuhua.doors.cli import main; main()"]


def run(*arguments, **environment):
    own = {**os.environ, "DJANGO_SETTINGS_MODULE": "xiuhua.doors.settings", "XIUHUA_LANG": "zh-hans", **environment}
    return subprocess.run([*XIUHUA, *arguments], capture_output=True, text=True, check=False, env=own)


def test_help_lists_every_noun():
    listed = run("--help")
    assert listed.returncode == 0
    assert all(noun in listed.stdout for noun in ("lifecircle", "demo", "serve", "territory", "manage"))


def test_help_speaks_english_by_switch():
    assert "street map" in run("--help", XIUHUA_LANG="en").stdout


@pytest.mark.parametrize("noun", ["lifecircle", "demo", "serve", "territory"])
def test_every_noun_explains_itself(noun, tmp_path):
    told = run(noun, "--help", XIUHUA_DATA=str(tmp_path))
    assert told.returncode == 0, told.stderr
    assert "--" in told.stdout


def test_what_is_refused_is_one_line_and_status_two(tmp_path):
    refused = run("lifecircle", "nowhere.osm.pbf", "--out", str(tmp_path / "out"))
    assert refused.returncode == 2
    assert refused.stderr.count("nowhere.osm.pbf") == 1
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_an_unknown_noun_is_refused():
    assert run("frobnicate").returncode == 2


def test_the_command_without_a_database_loads_no_django(tmp_path):
    script = (
        "import sys; from xiuhua.doors.cli import main\n"
        "sys.argv = ['xiuhua', 'lifecircle', 'nowhere.osm', '--out', 'x']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('django' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert told.stdout.strip() == "False"


def test_manage_passes_through_to_django(tmp_path):
    told = run("manage", "check", "--fail-level", "WARNING", XIUHUA_DATA=str(tmp_path))
    assert told.returncode == 0, told.stderr


def test_a_small_demo_is_built_once_and_counted_back(tmp_path):
    summary = tmp_path / "summary.json"
    command = ("demo", "--scale", "0.05", "--no-serve", "--summary", str(summary))
    data = {"XIUHUA_DATA": str(tmp_path / "data")}
    assert run(*command, **data).returncode == 0
    counted = json.loads(summary.read_text())
    assert {"中山桥", "长风一村", "曹家村", "中江"} <= {
        name.removesuffix("居委会") for name in counted["committee_names"]
    }
    assert counted["residents"] > counted["residents_60_plus"] > 0
    assert (tmp_path / "data" / "xiuhua.sqlite3").exists()

    summary.unlink()
    assert run(*command, **data).returncode == 0
    assert json.loads(summary.read_text()) == counted

    other = run("demo", "--scale", "0.06", "--no-serve", **data)
    assert other.returncode == 2
    assert "已经有另一个街道的数据" in other.stderr
