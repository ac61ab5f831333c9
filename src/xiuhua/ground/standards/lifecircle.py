"""Life-circle standards (生活圈标准): which facility at which level, required or not, within which radius."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

from xiuhua.ground.standards.figures import Figure, Page

Level = Literal["15", "10", "5", "block"]
Need = Literal["required", "optional", "local"]

LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One cell of a standard's facility table.

    Parameters
    ----------
    facility_type : str
        Key of ``facilities.toml``.
    level : {"15", "10", "5", "block"}
        Life circle that the facility belongs to.
    need_figure : Figure
        ``required`` (▲), ``optional`` (△), or ``local``: a type of our own that the standard does not list.
    radius_m : Figure, optional
        Service radius; absent where the standard sets none.
    """

    facility_type: str
    level: Level
    need_figure: Figure
    radius_m: Figure | None

    @property
    def need(self) -> Need:
        """``required``, ``optional`` or ``local``."""
        return cast(Need, self.need_figure.value)


@dataclass(frozen=True, slots=True)
class LifeCircleStandard:
    """A life-circle standard: its levels' minutes and its facility table.

    Parameters
    ----------
    key, name_zh, name_en : str
        As in its TOML file.
    minutes : tuple of (level, Figure)
        Walk that each level stands for.
    entries : tuple of Requirement
        The table, in the order of the standard.
    """

    key: str
    name_zh: str
    name_en: str
    minutes: tuple[tuple[Level, Figure], ...]
    entries: tuple[Requirement, ...]

    def minutes_of(self, level: Level) -> float:
        """Minutes' walk that a level stands for."""
        return dict(self.minutes)[level].number

    @property
    def facility_types(self) -> tuple[str, ...]:
        """Types that the standard speaks of, our own last, each once."""
        return tuple(dict.fromkeys(entry.facility_type for entry in self.entries))

    @property
    def required(self) -> dict[str, float]:
        """Required types with the minutes of the closest level that requires them.

        Levels do not contain one another (各层级为非包含关系): who reaches the 15-minute level needs those below too,
        so the closest requirement of a type decides.
        """
        minutes: dict[str, float] = {}
        for entry in self.entries:
            if entry.need == "required":
                reach = self.minutes_of(entry.level)
                minutes[entry.facility_type] = min(reach, minutes.get(entry.facility_type, reach))
        return minutes


def read_lifecircle(page: Page) -> LifeCircleStandard:
    """Read a standard's file."""
    sections = {section.name: section for section in page.pages()}
    minutes = tuple((level, sections["minutes"].figure(level)) for level in LEVELS)
    entries = tuple(
        _read_requirement(row, level)
        for level in LEVELS
        for row in (sections[f"level_{level}"].pages() if f"level_{level}" in sections else ())
    )
    return LifeCircleStandard(page.name, page.word("name_zh"), page.word("name_en"), minutes, entries)


def _read_requirement(row: Page, level: Level) -> Requirement:
    need = row.figure("need")
    if need.value not in get_args(Need):
        raise ValueError(f"{row.key}.need: {need.value!r} is none of {get_args(Need)}")
    return Requirement(row.name, level, need, row.figure_or_none("radius_m"))
