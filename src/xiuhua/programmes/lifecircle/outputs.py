"""What the command leaves behind: tables, points and the network, whole or not at all."""

from __future__ import annotations

import csv
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Protocol

import numpy as np
import shapely

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.analysis import Analysis, ComplianceRow, CoverageRow

COVERAGE, COMPLIANCE, ORIGINS, NETWORK, PAGE = (
    "coverage.csv",
    "compliance.csv",
    "origins.gpkg",
    "network.npz",
    "lifecircle.html",
)
FILES = frozenset({COVERAGE, COMPLIANCE, ORIGINS, NETWORK, PAGE})
IN_TILES = frozenset({COVERAGE, COMPLIANCE, "origins.parquet", "nodes.parquet", "edges.parquet", "facilities.parquet"})
"""What is written instead when the work was done in tiles (``--dask``)."""
STATES = ("main", "island", "unsnapped")

_SIDECARS = tuple(f"{ORIGINS}-{ending}" for ending in ("wal", "shm", "journal"))
"""What QGIS leaves beside a GeoPackage that it has open; it belongs to the old one and goes with it."""
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_DRAFT = ".xiuhua-"


def refuse_foreign_folder(out: Path) -> None:
    """Refuse a place that is not ours to write to.

    Raises
    ------
    Refused
        `out` is a file, a link to nowhere, or a folder with anything in it that this command does not write; what
        desktops scatter (``.DS_Store``) does not count.
    """
    mend = _("请另给一个文件夹，或先把它移走")
    if (out.is_symlink() or out.exists()) and not out.is_dir():
        raise Refused(Reason(_("已经有一个同名文件，不是文件夹"), field=str(out), mend=mend))
    strangers = sorted(one.name for one in out.iterdir() if not _is_expected(one.name)) if out.is_dir() else []
    if strangers:
        cause = _("文件夹里有别的文件（%(file)s），不会覆盖") % {"file": strangers[0]}
        raise Refused(Reason(cause, field=str(out), mend=mend))


class Covered(Protocol):
    """What the tables are written of."""

    def coverage(self) -> list[CoverageRow]:
        """Rows of ``coverage.csv``."""

    def compliance(self) -> list[ComplianceRow]:
        """Rows of ``compliance.csv``."""


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Yield a temporary folder that becomes `out` at the end, or vanishes if anything goes wrong, Ctrl-C included.

    Where `out` is there already it stays the folder it is (the working folder, a mounted disk, what a link points to),
    and the files are moved into it, or none of them.

    Raises
    ------
    Refused
        The folder cannot be written, or is not ours to replace.
    """
    refuse_foreign_folder(out)
    home = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.is_dir())
    before = _end_on_terminate()
    try:
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=home))
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        inside = draft / "new"
        inside.mkdir()
        yield inside
        _swap(inside, out, draft / "old")
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def write_coverage(analysis: Covered, path: Path) -> None:
    """Write who reaches what within which minutes: ``coverage.csv``; nothing where the map says nothing of a type."""
    head = ("facility_type", "minutes", "persona", "origins", "residents", "covered", "share")
    rows = (
        (
            row.facility_type,
            row.minutes,
            row.persona,
            row.origins,
            _people(row.residents),
            _people(row.covered),
            _share(row.share),
        )
        for row in analysis.coverage()
    )
    _write_csv(path, head, rows)


def write_compliance(analysis: Covered, path: Path) -> None:
    """Write who lives within each facility's own service radius: ``compliance.csv``; empty as in ``coverage.csv``."""
    head = (
        *("facility_type", "level", "need", "radius_m", "status", "source", "clause"),
        *("facilities", "residents", "covered", "share"),
    )
    rows = (
        (
            row.facility_type,
            row.level,
            row.need,
            f"{row.radius.number:g}",
            row.radius.status.value,
            row.radius.source,
            row.radius.clause,
            row.facilities,
            _people(row.residents),
            _people(row.covered),
            _share(row.share),
        )
        for row in analysis.compliance()
    )
    _write_csv(path, head, rows)


def write_origins(analysis: Analysis, path: Path) -> None:
    """Write the points with seconds to the nearest facility of each type: ``origins.gpkg``.

    One column a persona and type, ``seconds_PERSONA_TYPE``, null beyond fifteen minutes, besides id, name, residents
    and state (``main``, ``island``, ``unsnapped``).
    """
    import pyogrio

    origins = analysis.town.origins
    points = shapely.to_wkb(shapely.points(origins.lon, origins.lat))
    columns: dict[str, np.ndarray] = {
        "id": np.array(origins.id, object),
        "name": np.array(origins.label, object),
        "residents": np.round(origins.weights["residents"], 2),
        "state": np.array([STATES[one] for one in analysis.origin_state], object),
    }
    masks = [None, None, None if origins.counted else np.ones(len(origins), bool), None]
    for place, persona in enumerate(analysis.personas):
        for number, kind in enumerate(analysis.types):
            seconds = analysis.seconds[place, :, number]
            known = np.isfinite(seconds)
            columns[f"seconds_{persona.key}_{kind}"] = np.where(known, np.round(seconds, 1), 0.0).astype(np.float64)
            masks.append(~known)
    pyogrio.raw.write(
        path,
        geometry=points,
        field_data=list(columns.values()),
        fields=list(columns),
        field_mask=masks,
        layer="origins",
        driver="GPKG",
        geometry_type="Point",
        crs="EPSG:4326",
    )


def _write_csv(path: Path, head: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _people(count: float | None) -> str:
    return "" if count is None else f"{count:.1f}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.6f}"


def _is_expected(name: str) -> bool:
    return name in FILES or name in IN_TILES or name in _SIDECARS or name in _LITTER or name.startswith(_DRAFT)


def _swap(inside: Path, out: Path, aside: Path) -> None:
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        inside.rename(out)
        return
    refuse_foreign_folder(out)
    new = [one.name for one in inside.iterdir()]
    aside.mkdir()
    try:
        for name in (*(FILES | IN_TILES), *_SIDECARS):
            if (out / name).exists():
                (out / name).rename(aside / name)
        for name in new:
            (inside / name).rename(out / name)
    except BaseException:
        for name in new:
            if not (inside / name).exists():
                (out / name).unlink(missing_ok=True)
        for old in aside.iterdir():
            old.replace(out / old.name)
        raise


def _unwritable(out: Path, error: OSError) -> Refused:
    cause = _("写不进去：%(why)s") % {"why": error.strerror or error}
    return Refused(Reason(cause, field=str(out), mend=_("请另给一个能写的文件夹")))


def _end_on_terminate() -> Callable[[int, FrameType | None], object] | int | None:
    """Let a polite kill run the clean-up too, where this is the main thread."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    try:
        return signal.signal(signal.SIGTERM, stop)
    except ValueError:
        return None
