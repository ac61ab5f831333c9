"""Reading a population grid (人口格网): residents in cells."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyogrio import list_layers, read_info
from pyogrio.errors import DataLayerError, DataSourceError
from pyogrio.raw import read
from pyproj import Transformer

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_POLYGONS = (3, 6)


@dataclass(frozen=True, slots=True, eq=False)
class PopulationGrid:
    """C cells with their residents.

    Attributes
    ----------
    file : str
        Name to speak of it by.
    area : object[C]
        Shapely polygons, longitude and latitude in WGS 84.
    residents : float64[C]
        Nobody where the file has no value.
    """

    file: str
    area: NDArray[np.object_]
    residents: NDArray[np.float64]


def read_population_grid(source: str) -> PopulationGrid:
    """Read the cells of a grid from a column of a vector file.

    Parameters
    ----------
    source : str
        ``FILE:COLUMN``, or ``FILE:LAYER:COLUMN`` where the file has several layers: GeoPackage, GeoJSON, Shapefile.
        In any coordinate system that the file names.

    Raises
    ------
    Refused
        The file or layer is missing or unreadable; the column is missing (the message names those there are) or
        holds no numbers, or a negative one; cells are not polygons; the file does not say its coordinate system.
    """
    path, layer, column = _parts(source)
    layer = _layer(path, layer)
    info = read_info(path, layer=layer)
    fields = [str(field) for field in info["fields"]]
    if column not in fields:
        cause = _("%(file)s 里没有列“%(column)s”") % {"file": path.name, "column": column}
        raise Refused(
            Reason(cause, field=path.name, mend=_("可用的列：%(columns)s") % {"columns": _("、").join(fields)})
        )
    if not info["crs"]:
        raise _refusal(path, _("%(file)s 没有注明坐标系"), _("请在制图软件里指定坐标系后另存"))
    _meta, _ids, geometry, values = read(path, layer=layer, columns=[column])
    cells = _on_the_globe(shapely.from_wkb(geometry), str(info["crs"]), path)
    return PopulationGrid(path.name, cells, _numbers(values[0], column, path))


def _parts(source: str) -> tuple[Path, str | None, str]:
    """File, layer and column; a colon of a Windows drive belongs to the file."""
    words = source.split(":")
    for last in (1, 2):
        path = Path(":".join(words[:-last]))
        if len(words) > last and path.is_file() and words[-1]:
            return path, words[-2] if last == 2 else None, words[-1]
    whole = [Path(":".join(words[:end])) for end in range(len(words), 0, -1)]
    if file := next(filter(Path.is_file, whole), None):
        raise _refusal(file, _("没有说用 %(file)s 的哪一列"), _("请写成 文件名:列名"))
    name = Path(source).name.partition(":")[0]
    cause = _("找不到人口格网 %(file)s") % {"file": name}
    raise Refused(Reason(cause, field=name, mend=_("请核对路径，写成 文件名:列名")))


def _layer(path: Path, layer: str | None) -> str:
    try:
        layers = [str(name) for name, _kind in list_layers(path)]
    except (DataSourceError, DataLayerError) as error:
        raise _refusal(path, _("读不懂 %(file)s"), _("请提供 GeoPackage 或 GeoJSON 文件")) from error
    if layer is None and layers:
        return layers[0]
    if layer not in layers:
        cause = _("%(file)s 里没有图层“%(layer)s”") % {"file": path.name, "layer": layer or ""}
        raise Refused(
            Reason(cause, field=path.name, mend=_("可用的图层：%(layers)s") % {"layers": _("、").join(layers)})
        )
    return str(layer)


def _on_the_globe(cells: Any, crs: str, path: Path) -> NDArray[np.object_]:
    cells = np.asarray(cells, object)
    if not len(cells) or not np.isin(shapely.get_type_id(cells), _POLYGONS).all():
        raise _refusal(path, _("%(file)s 的格子不是面"), _("请提供多边形格网"))
    transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)

    def to_degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return np.asarray(shapely.transform(shapely.force_2d(cells), to_degrees), object)


def _numbers(values: NDArray[Any], column: str, path: Path) -> NDArray[np.float64]:
    try:
        numbers = values.astype(np.float64)
        numbers[np.isnan(numbers)] = 0.0
    except (ValueError, TypeError):
        numbers = np.array([-1.0])
    if not np.isfinite(numbers).all() or (numbers < 0).any():
        cause = _("%(file)s 的列“%(column)s”里有不是人数的值") % {"file": path.name, "column": column}
        raise Refused(Reason(cause, field=path.name, mend=_("该列须为不小于零的数字")))
    return numbers


def _refusal(path: Path, cause: str, mend: str) -> Refused:
    return Refused(Reason(cause % {"file": path.name}, field=path.name, mend=mend))
