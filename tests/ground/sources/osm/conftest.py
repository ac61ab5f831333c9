from collections.abc import Callable
from pathlib import Path

import pytest

from ground.sources.osm.maps import MapSheet, Walks


@pytest.fixture
def sheet() -> MapSheet:
    return MapSheet()


@pytest.fixture
def walks(tmp_path: Path) -> Callable[[MapSheet], Walks]:
    return lambda drawn: Walks(drawn, tmp_path)
