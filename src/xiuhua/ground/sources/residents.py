"""Who lives in the buildings of a map (居民估算), where no register says."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from xiuhua.ground.words import gettext as _

SHELTER = "shelter"
"""Use of a kiosk, shed or roof, in which nobody can live."""
_MAYBE_HOMES = ("other",)


class _Assumptions(Protocol):
    """What the rule book assumes of buildings."""

    def residents(self, use: str, floor_area_m2: float) -> float: ...

    def is_big_enough(self, floor_area_m2: float) -> bool: ...


def residents_by_floor_area(
    use: Sequence[str], floor_area_m2: NDArray[np.float64], book: _Assumptions
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Estimate the residents of each building from its use and gross floor area.

    Where a map marks no housing at all, every building but the public ones is taken for housing, and a remark says so.
    Nobody lives in a shelter.

    Parameters
    ----------
    use : sequence of str, length B
        ``residential``, ``mixed``, ``public``, ``other`` or ``shelter``.
    floor_area_m2 : float64[B]
        Gross floor area.
    book : BuildingDefaults
        The rule book's share lived in, area a head and smallest home.

    Returns
    -------
    float64[B], tuple of str
        Residents, and what had to be assumed, in the reader's language.
    """
    big = np.array([book.is_big_enough(area) for area in floor_area_m2], bool)
    residents = _estimate(use, floor_area_m2, book) * big
    if residents.any():
        return residents, ()
    housing = big & np.isin(np.asarray(use), _MAYBE_HOMES)
    housing = housing if housing.any() else np.asarray(use) != SHELTER
    remark = _("地图没有标明哪些楼是住宅：除公共建筑外，每栋楼都当作住宅")
    return _estimate(["residential"] * len(floor_area_m2), floor_area_m2, book) * housing, (remark,)


def _estimate(use: Sequence[str], floor_area_m2: NDArray[np.float64], book: _Assumptions) -> NDArray[np.float64]:
    return np.array([book.residents(one, area) for one, area in zip(use, floor_area_m2, strict=True)], np.float64)
