"""The one clock: everything that asks what time it is asks here.

The demonstration subdistrict lives in its own time (演示日期), which starts at a fixed moment and runs on.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = "clock.json"
"""Name of the file, in the data folder, by which every process of a demonstration shows the same time."""


@dataclass(slots=True)
class _Clock:
    offset: timedelta = timedelta(0)
    stopped_at: datetime | None = None


_clock = _Clock()


def now() -> datetime:
    """Return the present moment, in UTC."""
    return _clock.stopped_at or datetime.now(UTC) + _clock.offset


def start_at(moment: datetime, since: datetime | None = None) -> None:
    """Let the clock show `moment` as of the real moment `since` (default: at once) and run on from there."""
    _clock.offset = moment - (since or datetime.now(UTC))


def keep(path: Path, moment: datetime, since: datetime) -> None:
    """Note for later processes that the clock shows `moment` as of the real moment `since`."""
    path.write_text(json.dumps({"shows": moment.isoformat(), "since": since.isoformat()}), "ascii")


def restore(path: Path) -> None:
    """Let the clock run as noted, where there is a note."""
    if path.exists():
        kept = json.loads(path.read_text("ascii"))
        start_at(datetime.fromisoformat(kept["shows"]), since=datetime.fromisoformat(kept["since"]))


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stop the clock at one moment within a block, as tests and reproducible builds need it."""
    before, _clock.stopped_at = _clock.stopped_at, moment
    try:
        yield
    finally:
        _clock.stopped_at = before
