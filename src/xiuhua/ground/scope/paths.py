"""Paths of territory nodes (区划路径): digits only, so that a subtree is a range of an index.

The first twelve digits follow the statistics bureau's codes (统计用区划代码): nine of the subdistrict, three of the
committee. Digits order alike in every database collation, which letters and marks do not.
"""

SUBDISTRICT, COMMITTEE, MICRO_GRID, BUILDING, STAIRWELL, HOUSEHOLD, RESIDENT = 9, 3, 3, 5, 2, 4, 2
"""How many digits each level adds."""

EVERYWHERE = ""
"""Path above all subdistricts; only the system itself looks from there."""

_DEPTHS = (9, 12, 15, 20, 22, 26, 28)


def child_path(parent: str, number: int, width: int) -> str:
    """Path of the child with that number, at a level of so many digits.

    Raises
    ------
    ValueError
        The level has no room for that number.
    """
    if not 0 <= number < 10**width:
        message = f"{number} does not fit the {width} digits of its level under {parent}"
        raise ValueError(message)
    return f"{parent}{number:0{width}d}"


def end_of_subtree(path: str) -> str:
    """First path after the subtree: ``path <= p < end_of_subtree(path)`` holds for a node and for all below it.

    Codes of Chinese provinces begin with 1 to 8, so the successor has as many digits.
    """
    return str(int(path) + 1)


def within(path: str, top: str) -> bool:
    """Whether a path is `top` or lies below it; everything lies below `EVERYWHERE`."""
    return path.startswith(top)


def subdistrict_of(path: str) -> str:
    """Path of the subdistrict (街道) in which a node lies; empty for the path above all."""
    return path[:9]


def committee_of(path: str) -> str:
    """Path of the residents' committee (居委会) in which a node lies, or the subdistrict's own for one above."""
    return path[:12]


def ancestors(path: str) -> tuple[str, ...]:
    """Paths of the nodes above one, from the subdistrict down."""
    return tuple(path[:depth] for depth in _DEPTHS if depth < len(path))
