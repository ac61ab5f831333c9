"""Paths of territory nodes: digits only, each level a fixed number of them, so that a subtree is a range of an index.

The first twelve digits follow the statistics bureau's codes (统计用区划代码): nine of the subdistrict, three of the
committee. Digits order alike in every database collation, which letters and marks do not.
"""

SUBDISTRICT, COMMITTEE, MICRO_GRID, BUILDING, STAIRWELL, HOUSEHOLD, RESIDENT = 9, 3, 3, 5, 2, 4, 2


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
