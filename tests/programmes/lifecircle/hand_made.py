"""Small towns by hand: a straight street along the equator of a plane, with doors and shops beside it."""

from datetime import date

import numpy as np
import shapely

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.ground import standards
from xiuhua.programmes.lifecircle.analysis import Origins, Places, Town

PLANE = LocalProjection(121.4, 31.2)
BOOK = standards.on(date(2023, 8, 3))


def degrees(points):
    lon, lat = PLANE.inverse(*np.array(points, float).reshape(-1, 2).T)
    return lon, lat


def street(length_m=2000, step_m=100, **edge):
    """Nodes every step along y = 0; more edges by `extra`, as (x0, y0, x1, y1, flags)."""
    extra = edge.pop("extra", ())
    x = list(np.arange(0, length_m + step_m, step_m, dtype=float))
    y, u, v, flags = [0.0] * len(x), list(range(len(x) - 1)), list(range(1, len(x))), [0] * (len(x) - 1)
    for x0, y0, x1, y1, flag in extra:
        ends = []
        for px, py in ((x0, y0), (x1, y1)):
            known = [n for n in range(len(x)) if x[n] == px and y[n] == py]
            if not known:
                x.append(px)
                y.append(py)
            ends.append(known[0] if known else len(x) - 1)
        u.append(ends[0])
        v.append(ends[1])
        flags.append(flag)
    length = np.hypot(np.take(x, u) - np.take(x, v), np.take(y, u) - np.take(y, v))
    return WalkNetwork.from_edges(x, y, u, v, length, flags, projection=PLANE, **edge)


def town(doors, shops, *, network=None, residents=None, walls=(), groups=None, columns=None, unmapped=()):
    """`doors` are points in metres; `shops` are (type, x, y)."""
    lon, lat = degrees(doors)
    shop_lon, shop_lat = degrees([(x, y) for _kind, x, y in shops]) if shops else (np.empty(0), np.empty(0))
    people = np.ones(len(doors)) if residents is None else np.array(residents, float)
    origins = Origins(
        id=[f"door/{n}" for n in range(len(doors))],
        lon=lon,
        lat=lat,
        weights={"residents": people, **{name: np.array(column, float) for name, column in (columns or {}).items()}},
        label=[""] * len(doors),
        group=None if groups is None else np.array(groups, np.int32),
        group_names=() if groups is None else [f"committee {n}" for n in range(max(groups) + 1)],
    )
    places = Places(
        [f"shop/{n}" for n in range(len(shops))],
        [kind for kind, _x, _y in shops],
        shop_lon,
        shop_lat,
        [""] * len(shops),
    )
    lines = np.array([shapely.LineString(np.column_stack(degrees(line))) for line in walls], object)
    return Town(network or street(), lines, origins, places, frozenset(unmapped))
