"""The demonstration that the browser's tests stand on, as the command that built it says."""

import json
import os
import subprocess
from pathlib import Path

from serving import XIUHUA


def run(built: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "DJANGO_SETTINGS_MODULE": "xiuhua.doors.settings", "XIUHUA_LANG": "zh-hans"}
    own["XIUHUA_DATA"] = str(built / "data")
    return subprocess.run([XIUHUA, *words], capture_output=True, text=True, check=False, env={**own, **environment})


def test_what_was_built_is_counted(built: Path):
    counted = json.loads((built / "summary.json").read_text())
    named = {name.removesuffix("居委会") for name in counted["committee_names"]}
    assert {"中山桥", "长风一村", "曹家村", "中江"} <= named
    assert counted["residents"] > counted["residents_60_plus"] > 0
    assert (built / "data" / "xiuhua.sqlite3").exists()


def test_it_is_built_once_and_counted_back(built: Path, tmp_path: Path):
    again = tmp_path / "again.json"
    assert run(built, "demo", "--scale", "0.05", "--no-serve", "--summary", str(again)).returncode == 0
    assert json.loads(again.read_text()) == json.loads((built / "summary.json").read_text())


def test_another_scale_is_another_subdistrict(built: Path):
    other = run(built, "demo", "--scale", "0.06", "--no-serve")
    assert other.returncode == 2
    assert "已经有另一个街道的数据" in other.stderr


def test_nothing_starts_without_its_keys(built: Path, tmp_path: Path):
    for command in (("serve",), ("worker",), ("journal", "verify")):
        lost = run(built, *command, XIUHUA_KEYS_FILE=str(tmp_path / "keys" / "lost.txt"))
        assert lost.returncode == 2
        assert "钥匙文件里没有它" in lost.stderr
