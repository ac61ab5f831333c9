"""Defaults for buildings (建筑默认值): what a map does not say about storeys and residents, from ``buildings.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from xiuhua.ground.standards.figures import Figure, Page

Use = Literal["residential", "mixed", "public", "other", "shelter"]
"""What a building is for; a shelter (棚、亭、车库) is a roof that nobody can live under."""


@dataclass(frozen=True, slots=True)
class BuildingType:
    """What a value of the tag ``building`` means: its use and its storeys where they are not tagged."""

    key: str
    use: Use
    levels: Figure


@dataclass(frozen=True, slots=True)
class BuildingDefaults:
    """Assumptions that turn outlines into residents.

    Parameters
    ----------
    types : mapping of str to BuildingType
        By value of the tag ``building``.
    untold, untold_in_quarter : BuildingType
        For ``building=yes``: anywhere, and inside ``landuse=residential``.
    lived_share : mapping of str to Figure
        Share of floor area lived in, by use.
    floor_area_m2_per_resident : Figure
        Gross floor area a resident.
    smallest_home_m2 : Figure
        A building of less floor area houses nobody.
    snap_limit_m : Figure
        A door farther than this from every path is left unconnected, and said so.
    """

    types: Mapping[str, BuildingType]
    untold: BuildingType
    untold_in_quarter: BuildingType
    lived_share: Mapping[str, Figure]
    floor_area_m2_per_resident: Figure
    smallest_home_m2: Figure
    snap_limit_m: Figure

    def type_of(self, tags: Mapping[str, str], *, in_residential_quarter: bool = False) -> BuildingType:
        """What kind of building an object with these tags is.

        Parameters
        ----------
        tags : mapping
            The object's tags.
        in_residential_quarter : bool
            It stands inside ``landuse=residential``.
        """
        value = tags.get("building", "yes")
        if value in self.types:
            return self.types[value]
        return self.untold_in_quarter if in_residential_quarter and not _serves_public(tags) else self.untold

    def is_big_enough(self, floor_area_m2: float) -> bool:
        """Say whether somebody could live in so much floor area."""
        return floor_area_m2 >= self.smallest_home_m2.number

    def residents(self, use: str, floor_area_m2: float) -> float:
        """Estimated residents of a building, from its use and gross floor area."""
        share = self.lived_share[use].number if use in self.lived_share else 0.0
        return floor_area_m2 * share / self.floor_area_m2_per_resident.number


def read_buildings(page: Page) -> BuildingDefaults:
    """Read ``buildings.toml``."""
    sections = {section.name: section for section in page.pages()}
    types = {row.name: _read_type(row) for row in sections["types"].pages()}
    shares = sections["lived_share"]
    return BuildingDefaults(
        types=types,
        untold=_read_type(sections["untold"]),
        untold_in_quarter=_read_type(sections["untold_in_quarter"]),
        lived_share={use: shares.figure(use) for use in get_args(Use)},
        floor_area_m2_per_resident=page.figure("floor_area_m2_per_resident"),
        smallest_home_m2=page.figure("smallest_home_m2"),
        snap_limit_m=page.figure("snap_limit_m"),
    )


def _read_type(row: Page) -> BuildingType:
    use = row.word("use")
    if use not in get_args(Use):
        raise ValueError(f"{row.key}.use: {use!r} is none of {get_args(Use)}")
    return BuildingType(row.name, cast(Use, use), row.figure("levels"))


def _serves_public(tags: Mapping[str, str]) -> bool:
    return any(key in tags for key in ("amenity", "shop", "office", "tourism", "leisure", "healthcare", "man_made"))
