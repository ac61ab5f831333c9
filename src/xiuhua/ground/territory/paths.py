"""Levels of the territory's paths, as `scope.paths` has them."""

from xiuhua.ground.scope.paths import (
    BUILDING,
    COMMITTEE,
    HOUSEHOLD,
    MICRO_GRID,
    RESIDENT,
    STAIRWELL,
    SUBDISTRICT,
    child_path,
    end_of_subtree,
)

__all__ = [
    "BUILDING",
    "COMMITTEE",
    "HOUSEHOLD",
    "MICRO_GRID",
    "RESIDENT",
    "STAIRWELL",
    "SUBDISTRICT",
    "child_path",
    "end_of_subtree",
]
