"""Compiled code is kept: a second process compiles nothing, wherever the package is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import xiuhua.engine

# Asks for an answer, then how often numba fetched a kernel from its cache, and how often it had to compile.
JOB = """
import xiuhua.engine as xe
from xiuhua.engine.searches import arcs{module}

street = xe.WalkNetwork.from_edges([0, 10, 20], [0, 0, 0], [0, 1], [1, 2], [10, 10])
assert {question}
assert xe.__file__ == {where!r}, xe.__file__
kernels = [{kernels}]
print(sum(sum(one.stats.cache_hits.values()) for one in kernels))
print(sum(sum(one.stats.cache_misses.values()) for one in kernels))
"""
ARCS = {"module": "", "kernels": "arcs._group", "question": "street.head.tolist() == [1, 0, 2, 1]"}
SEARCH = {
    "module": ", dial",
    "kernels": "arcs._group, arcs._hilbert, dial.nearest_metres",
    "question": "xe.reach.nearest(street, [0], 100).tolist() == [0, 10, 20]",
}


@pytest.fixture
def install(tmp_path):
    """A copy of the engine without compiled code, as pip would put it into a folder."""
    folder = tmp_path / "site" / "xiuhua"
    source = Path(xiuhua.engine.__file__).parent
    shutil.copytree(source, folder / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "__init__.py").touch()
    return folder


def write_protected(folder):
    """What a read-only install looks like to numba, and to root too: a file stands where the cache should be."""
    for place in (folder, *(below for below in folder.rglob("*") if below.is_dir())):
        (place / "__pycache__").touch()


def run(install, tmp_path, job=ARCS, **environment):
    """Hits and misses of numba's cache in a process of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA", "PYTHON", "XDG"))}
    home = {"HOME": str(tmp_path / "home"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(install.parent)}
    code = JOB.format(where=str(install / "engine" / "__init__.py"), **job)
    done = subprocess.run(
        [sys.executable, "-c", code], env=plain | home | environment, capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    return [int(count) for count in done.stdout.split()]


def test_a_second_process_compiles_nothing(install, tmp_path):
    assert run(install, tmp_path, SEARCH) == [0, 3]
    assert run(install, tmp_path, SEARCH) == [3, 0]
    assert list((install / "engine" / "searches" / "__pycache__").glob("*.nbi"))


def test_a_read_only_install_keeps_its_code_at_home(install, tmp_path):
    write_protected(install)
    assert run(install, tmp_path) == [0, 1]
    assert run(install, tmp_path) == [1, 0]
    assert list((tmp_path / "home").rglob("*.nbi"))


def test_or_in_a_folder_that_is_named(install, tmp_path):
    write_protected(install)
    assert run(install, tmp_path, NUMBA_CACHE_DIR=str(tmp_path / "kept")) == [0, 1]
    assert list((tmp_path / "kept").rglob("*.nbi"))
    assert not (tmp_path / "home").exists()


def test_without_any_place_to_keep_code_it_works_all_the_same(install, tmp_path):
    write_protected(install)
    assert run(install, tmp_path, HOME="/dev/null") == [0, 1]
    assert not list(tmp_path.rglob("*.nbi"))
