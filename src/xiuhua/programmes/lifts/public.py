"""The lift programme for everybody (公开地图): counts by block, so that no stairwell and no family can be told.

A block in which a lift suits fewer stairwells than the rule book asks for is counted with the rest of its committee;
where that is too little as well, with the rest of the subdistrict, which lies nowhere on the map.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from xiuhua.ground import standards
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.layers.registry import Feature
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries
from xiuhua.programmes.lifts.flow import IN_HAND
from xiuhua.programmes.lifts.layers import UNSUITABLE, mark_of
from xiuhua.programmes.lifts.models import Dossier

READER = System("public map")


@dataclass(frozen=True, slots=True)
class Block:
    """A block, or the rest of a committee, with how many stairwells of it have each mark; a point where it has one."""

    number: int
    name: str
    committee: str
    point: tuple[float, float] | None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def suitable(self) -> int:
        """How many stairwells a lift suits."""
        return sum(count for mark, count in self.counts.items() if mark != UNSUITABLE)

    @property
    def in_hand(self) -> int:
        """How many of them are signed, being built or running."""
        return sum(self.counts.get(stage, 0) for stage in IN_HAND)

    @property
    def title(self) -> str:
        """Its name; for the rest of a committee, whose rest it is."""
        if self.name:
            return self.name
        return _("%(committee)s其他门洞") % {"committee": self.committee} if self.committee else _("其他零散门洞")


def blocks_of(subdistrict: Subdistrict) -> list[Block]:
    """All blocks of a subdistrict, by committee and name; kept until something is put on record."""
    key = ("public lifts", subdistrict.path, today())
    return until_recorded(key, [subdistrict.path], lambda: _counted(subdistrict), worth=bool)


def totals(blocks: Iterable[Block]) -> Counter[str]:
    """How many stairwells of the subdistrict have each mark."""
    return sum((Counter(block.counts) for block in blocks), Counter[str]())


def features_of(blocks: Iterable[Block]) -> list[Feature]:
    """Blocks with a point, as maps of everybody draw them."""
    return [
        Feature(block.number, shapely.Point(block.point), {"name": block.title, **_told(block)})
        for block in blocks
        if block.point
    ]


def _counted(subdistrict: Subdistrict) -> list[Block]:
    least = int(standards.on(today(), at=subdistrict.path).lifts.batch.public_least.number)
    rows: list[Dossier] = list(queries.dossiers(READER).under(subdistrict.path).defer("snag"))  # type: ignore[attr-defined]
    by_block: dict[tuple[str, str], list[Dossier]] = {}
    for row in rows:
        quarter = row.stairwell.building.quarter
        by_block.setdefault((committee_of(row.path), quarter), []).append(row)
    kept = {key: found for key, found in by_block.items() if key[1] and _suited(found) >= least}
    rest: dict[str, list[Dossier]] = {}
    for (committee, quarter), found in by_block.items():
        if (committee, quarter) not in kept:
            rest.setdefault(committee, []).extend(found)
    kept |= {(committee, ""): found for committee, found in rest.items() if _suited(found) >= least}
    scattered = [row for found in rest.values() if _suited(found) < least for row in found]
    committees = {row.path: row for row in Committee.objects.under(subdistrict.path)}
    blocks = [
        Block(number, key[1], committees[key[0]].name, _point(key[1], found, committees[key[0]]), _counts(found))
        for number, (key, found) in enumerate(sorted(kept.items(), key=lambda pair: pair[0]), start=1)
    ]
    return [*blocks, Block(0, "", "", None, _counts(scattered))] if scattered else blocks


def _point(quarter: str, rows: Sequence[Dossier], committee: Committee) -> tuple[float, float]:
    """The middle of a block; for the rest of a committee, a point in the committee's area."""
    if not quarter:
        middle = shapely.point_on_surface(committee.geometry)
        return shapely.get_x(middle).item(), shapely.get_y(middle).item()
    doors = [(row.stairwell.door_lon, row.stairwell.door_lat) for row in rows]
    return sum(lon for lon, _lat in doors) / len(doors), sum(lat for _lon, lat in doors) / len(doors)


def _suited(rows: Iterable[Dossier]) -> int:
    """How many stairwells a stage is told of: those that are ruled out tell nothing of a family."""
    return sum(mark_of(row) != UNSUITABLE for row in rows)


def _counts(rows: Iterable[Dossier]) -> dict[str, int]:
    return dict(Counter(mark_of(row) for row in rows))


def _told(block: Block) -> dict[str, Any]:
    return {"committee": block.committee, "suitable": block.suitable, "in_hand": block.in_hand, **block.counts}
