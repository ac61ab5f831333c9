import subprocess
import sys

import pytest

import xiuhua.engine as xe


def in_a_fresh_process(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


LOADED = """
import sys
heavy = {"numba", "scipy", "shapely", "pyproj", "pandas", "geopandas"}
print("loaded", *sorted(heavy & sys.modules.keys()))
"""


@pytest.mark.parametrize("line", ["import xiuhua.engine", "import xiuhua.engine.reach, xiuhua.engine.network"])
def test_importing_fetches_no_heavy_library(line):
    assert in_a_fresh_process(f"{line}\n{LOADED}") == ["loaded"]


def test_importing_the_package_alone_fetches_no_numpy():
    assert in_a_fresh_process("import sys, xiuhua.engine\nprint('numpy' in sys.modules)") == ["False"]


def test_parts_are_there_once_they_are_named():
    code = "import xiuhua.engine as xe\nprint(xe.reach.nearest.__name__, xe.WalkNetwork.__name__, xe.access.__name__)"
    assert in_a_fresh_process(code) == ["nearest", "WalkNetwork", "xiuhua.engine.access"]


@pytest.mark.parametrize("name", xe.__all__)
def test_every_public_name_is_there(name):
    assert name in dir(xe)
    assert getattr(xe, name).__doc__


def test_a_name_that_is_not_public_is_not_there():
    with pytest.raises(AttributeError, match=r"module 'xiuhua.engine' has no attribute 'rounds'"):
        _ = xe.rounds
