"""What must hold before a household or a building is corrected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

YEARS = (1800, 2100)
LARGEST_HOME_M2, LARGEST_BUILDING_M2, MOST_LEVELS = 5_000, 1_000_000, 200


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A household as it goes on record."""

    room: str
    floor: int
    living_area_m2: float | None = None
    tenure: str = ""


@dataclass(frozen=True, slots=True)
class BuildingFacts:
    """A building as it goes on record."""

    name: str
    use: str
    levels: float
    floor_area_m2: float
    quarter: str = ""
    year_built: int | None = None
    structure: str = ""


def household_can_be_corrected(
    facts: HouseholdFacts, *, levels: int, room_taken: bool, changed: Collection[str]
) -> Verdict[bool]:
    """Whether a household is as told: a room of its own on a floor of the stairwell."""
    reasons = []
    if not facts.room:
        reasons.append(Reason(_("室号空着"), field="room", mend=_("请填室号，例如 501")))
    elif room_taken:
        reasons.append(Reason(_("这个门洞已经有 %(room)s 室") % {"room": facts.room}, "room", _("对一下室号")))
    if facts.floor == 0 or facts.floor > levels:
        mend = _("这个门洞有 %(levels)s 层；地下室写 -1") % {"levels": levels}
        reasons.append(Reason(_("没有这一层"), field="floor", mend=mend))
    if facts.living_area_m2 is not None and not 0 < facts.living_area_m2 <= LARGEST_HOME_M2:
        reasons.append(Reason(_("住房面积不对"), field="living_area_m2", mend=_("填平方米数；不知道就空着")))
    return _unless_same(reasons, changed)


def building_can_be_corrected(
    facts: BuildingFacts, *, uses: Collection[str], changed: Collection[str]
) -> Verdict[bool]:
    """Whether a building is as told: of a known use, with floors and an area that can be."""
    reasons = []
    if facts.use not in uses:
        reasons.append(Reason(_("没有这种用途"), field="use", mend=_("请选一种")))
    if not 0 < facts.levels <= MOST_LEVELS:
        reasons.append(Reason(_("层数不对"), field="levels", mend=_("填 1 至 %(most)s 的数") % {"most": MOST_LEVELS}))
    if not 0 <= facts.floor_area_m2 <= LARGEST_BUILDING_M2:
        reasons.append(Reason(_("建筑面积不对"), field="floor_area_m2", mend=_("填平方米数")))
    if facts.year_built is not None and not YEARS[0] <= facts.year_built <= YEARS[1]:
        reasons.append(Reason(_("建成年份不对"), field="year_built", mend=_("填四位年份，例如 1984；不知道就空着")))
    return _unless_same(reasons, changed)


def stairwell_can_be_judged(*, has_lift: bool, suitable: bool | None, because: str) -> Verdict[bool]:
    """Whether it may be noted if a lift suits a stairwell: it has none, and a no says why."""
    if has_lift:
        return Verdict(False, Reason(_("这个门洞本来就有电梯")))
    if suitable is False and not because.strip():
        return Verdict(False, Reason(_("还没有写为什么不具备条件"), field="because", mend=_("例如：楼间距不足")))
    return Verdict(True)


def _unless_same(reasons: list[Reason], changed: Collection[str]) -> Verdict[bool]:
    if not reasons and not changed:
        reasons = [Reason(_("和登记的一样，没有要改的"), mend=_("改了再存，或者点不改了"))]
    return Verdict(not reasons, *reasons)
