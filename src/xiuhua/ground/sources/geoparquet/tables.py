"""One table of places in a GeoParquet file: columns as arrays, geometry as WKB in WGS 84."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

GEOMETRY = "geometry"
_VERSION = "1.1.0"
_GEO, _NOTE = b"geo", b"xiuhua"
_KINDS = {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What was read of a file.

    Attributes
    ----------
    file : str
        Name to speak of it by.
    columns : dict of str to array
        Those that were asked for and are there: numbers as they are, text as object.
    shapes : object[R] or None
        Shapely geometries in degrees, where they were asked for.
    note : dict
        What the writer wrote beside the table.
    """

    file: str
    columns: dict[str, NDArray[Any]]
    shapes: NDArray[np.object_] | None
    note: dict[str, Any]

    def __len__(self) -> int:
        return len(self.shapes) if self.shapes is not None else len(next(iter(self.columns.values()), ()))

    def points(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude of each row.

        Raises
        ------
        Refused
            A row has no point, or one that is nowhere on earth.
        """
        shapes = np.array([], object) if self.shapes is None else self.shapes
        if not (shapely.get_type_id(shapes) == 0).all() or shapely.is_empty(shapes).any():
            raise self.refusal(_("%(file)s 的几何不都是点"), _("请每行给一个点（经度、纬度）"))
        lon, lat = np.asarray(shapely.get_x(shapes), np.float64), np.asarray(shapely.get_y(shapes), np.float64)
        if not ((np.abs(lon) <= 180).all() and (np.abs(lat) <= 90).all()):
            raise self.refusal(_("%(file)s 的坐标不是经纬度"), _("请先转成 WGS 84（EPSG:4326），先经度、后纬度"))
        return lon, lat

    def numbers(self, column: str, dtype: type[np.generic], *, least: float | None = None) -> NDArray[Any]:
        """A column as numbers of a type.

        Raises
        ------
        Refused
            It holds something else, or less than `least`.
        """
        given = self.columns[column]
        good = given.dtype.kind in "biuf" and bool(np.isfinite(given).all())
        if good and np.issubdtype(dtype, np.integer):
            bounds = np.iinfo(dtype)  # type: ignore[type-var]
            good = bool(((given >= bounds.min) & (given <= bounds.max) & (given == np.floor(given))).all())
        good = good and (least is None or bool((given >= least).all()))
        if not good:
            cause = _("%(file)s 的列“%(column)s”里有不能用的值") % {"file": self.file, "column": column}
            mend = _("该列须为数字，不能有空值") if least is None else _("该列须为不小于零的数字")
            raise Refused(Reason(cause, field=self.file, mend=mend))
        return given.astype(dtype)

    def words(self, column: str) -> list[str]:
        """A column as text, empty where there is none or it says nothing; a text of its own for each row."""
        if column not in self.columns:
            return [""] * len(self)
        return ["" if one is None or one != one else str(one) for one in self.columns[column].tolist()]

    def refusal(self, cause: str, mend: str) -> Refused:
        """A refusal that names the file as ``%(file)s`` in its cause."""
        return Refused(Reason(cause % {"file": self.file}, field=self.file, mend=mend))


def pyarrow() -> Any:
    """The library that reads and writes Parquet.

    Raises
    ------
    ImportError
        It is not installed; the message says how to.
    """
    try:
        import pyarrow as library
        import pyarrow.parquet
    except ImportError as missing:
        raise ImportError("GeoParquet needs pyarrow: pip install xiuhua[scale]") from missing
    return library


def write_table(
    path: Path,
    columns: Mapping[str, NDArray[Any] | Sequence[str]],
    shapes: NDArray[np.object_],
    note: Mapping[str, Any] | None = None,
) -> None:
    """Write a table, whole or not at all: a temporary file beside it is renamed at the end.

    Parameters
    ----------
    columns : mapping of str to array[R]
        Columns; a masked array has nulls where it is masked.
    shapes : object[R]
        Shapely geometries in degrees, longitude first.
    note : mapping, optional
        What a reader should know of the table, as plain values.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            _write(file, columns, shapes, note)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def table_bytes(
    columns: Mapping[str, NDArray[Any] | Sequence[str]],
    shapes: NDArray[np.object_],
    note: Mapping[str, Any] | None = None,
) -> bytes:
    """The same file in memory."""
    buffer = io.BytesIO()
    _write(buffer, columns, shapes, note)
    return buffer.getvalue()


def stack(parts: Sequence[Path], path: Path) -> None:
    """Put tables of the same columns into one file, in order, a row group each; only one is in memory at a time."""
    arrow = pyarrow()
    boxes = [json.loads(arrow.parquet.read_schema(part).metadata[_GEO])["columns"][GEOMETRY] for part in parts]
    schema = arrow.parquet.read_schema(parts[0])
    geo = json.loads(schema.metadata[_GEO])
    bounds = np.array([box["bbox"] for box in boxes if "bbox" in box]).reshape(-1, 4)
    if len(bounds):
        geo["columns"][GEOMETRY]["bbox"] = [*bounds[:, :2].min(axis=0).tolist(), *bounds[:, 2:].max(axis=0).tolist()]
    geo["columns"][GEOMETRY]["geometry_types"] = sorted({kind for box in boxes for kind in box["geometry_types"]})
    whole = schema.with_metadata({**schema.metadata, _GEO: json.dumps(geo).encode()})
    with arrow.parquet.ParquetWriter(path, whole, compression="zstd") as writer:
        for part in parts:
            table = arrow.parquet.read_table(part, partitioning=None)
            writer.write_table(table.replace_schema_metadata(whole.metadata))


def read_table(path: Path, need: Sequence[str] = (), *, also: Sequence[str] | None = (), shapes: bool = True) -> Table:
    """Read columns of a GeoParquet file.

    Parameters
    ----------
    need : sequence of str
        Columns that must be there.
    also : sequence of str, optional
        Columns that are read if they are there; None for all that are.
    shapes : bool
        Whether to read the geometry, which is then asked for in WGS 84.

    Raises
    ------
    Refused
        The file is missing or damaged, lacks a column, is no GeoParquet, or lies in another coordinate system.
    ImportError
        pyarrow is not installed.
    """
    arrow = pyarrow()
    if not path.is_file():
        raise _refusal(path, _("找不到 %(file)s"), _("请核对路径"))
    try:
        with arrow.parquet.ParquetFile(path) as file:
            schema = file.schema_arrow
            note, geo = _said(schema.metadata, _NOTE), _said(schema.metadata, _GEO)
            place = _geometry_column(path, geo, schema.names) if shapes else ""
            if missing := [name for name in need if name not in schema.names]:
                cause = _("%(file)s 缺少列：%(columns)s") % {"file": path.name, "columns": _("、").join(missing)}
                mend = _("现有的列：%(columns)s") % {"columns": _("、").join(schema.names)}
                raise Refused(Reason(cause, field=path.name, mend=mend))
            wanted = [one for one in schema.names if also is None or one in need or one in also]
            wanted = [one for one in wanted if one != place]
            read = file.read(columns=[*wanted, *([place] if shapes else [])])
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _refusal(path, _("%(file)s 损坏，或不是 Parquet 文件"), _("请重新导出")) from error
    return Table(
        path.name,
        {name: _array(read[name]) for name in wanted},
        _shapes(path, read[place]) if shapes else None,
        note,
    )


def _write(
    file: BinaryIO,
    columns: Mapping[str, NDArray[Any] | Sequence[str]],
    shapes: NDArray[np.object_],
    note: Mapping[str, Any] | None,
) -> None:
    arrow = pyarrow()
    arrays = {name: _arrow_array(arrow, column) for name, column in columns.items()}
    arrays[GEOMETRY] = arrow.array(shapely.to_wkb(shapes), arrow.binary())
    kinds = [_KINDS[kind] for kind in np.unique(shapely.get_type_id(shapes)).tolist() if kind in _KINDS]
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": kinds}
    if len(shapes):
        column["bbox"] = [float(bound) for bound in shapely.total_bounds(shapes)]
    geo = {"version": _VERSION, "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    metadata = {_GEO: json.dumps(geo).encode(), _NOTE: json.dumps(dict(note or {}), ensure_ascii=False).encode()}
    table = arrow.table(arrays).replace_schema_metadata(metadata)
    arrow.parquet.write_table(table, file, compression="zstd", row_group_size=1 << 20)


def _arrow_array(arrow: Any, column: NDArray[Any] | Sequence[str]) -> Any:
    if isinstance(column, np.ma.MaskedArray):
        return arrow.array(np.asarray(column.data), mask=np.ma.getmaskarray(column))
    if isinstance(column, np.ndarray) and column.dtype != object:
        return arrow.array(column)
    return arrow.array([str(one) for one in column], arrow.string())


def _array(column: Any) -> NDArray[Any]:
    """Numbers as they are (nulls become NaN), anything else as objects."""
    return np.asarray(column.to_numpy())


def _said(metadata: Any, key: bytes) -> dict[str, Any]:
    try:
        said = json.loads((metadata or {}).get(key, b"{}"))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _geometry_column(path: Path, geo: dict[str, Any], names: Sequence[str]) -> str:
    """The column of shapes, in WGS 84."""
    place = geo.get("primary_column")
    column = geo.get("columns", {}).get(place)
    if place not in names or not isinstance(column, dict):
        raise _refusal(path, _("%(file)s 里没有坐标（不是 GeoParquet）"), _("请在制图软件里另存为 GeoParquet"))
    if column.get("encoding") != "WKB":
        raise _refusal(path, _("%(file)s 的几何不是 WKB 编码"), _("请在制图软件里另存为 GeoParquet"))
    _refuse_other_crs(path, column)
    return str(place)


def _refuse_other_crs(path: Path, column: dict[str, Any]) -> None:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if "crs" not in column:
        return
    mend = _("请先转成 WGS 84（EPSG:4326），先经度、后纬度")
    if column["crs"] is None:
        raise _refusal(path, _("%(file)s 没有注明坐标系"), mend)
    try:
        crs = CRS.from_user_input(column["crs"])
        fits, name = crs.is_geographic and crs.equals(CRS("OGC:CRS84"), ignore_axis_order=True), crs.name
        fits = fits or crs.to_epsg() == 4326
    except CRSError:
        fits, name = False, "?"
    if not fits:
        cause = _("%(file)s 的坐标系是 %(crs)s，不是 WGS 84") % {"file": path.name, "crs": name}
        raise Refused(Reason(cause, field=path.name, mend=mend))


def _shapes(path: Path, column: Any) -> NDArray[np.object_]:
    try:
        return np.asarray(shapely.from_wkb(np.asarray(column.to_pylist(), object)), object)
    except (shapely.errors.GEOSException, TypeError) as error:
        raise _refusal(path, _("%(file)s 的几何读不懂"), _("请重新导出")) from error


def _refusal(path: Path, cause: str, mend: str) -> Refused:
    return Refused(Reason(cause % {"file": path.name}, field=path.name, mend=mend))
