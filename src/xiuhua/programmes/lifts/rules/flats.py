"""Flats and owners: areas, floors, who speaks for whom."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

MOST_DM2 = 100_000
"""A thousand square metres: whoever writes more has mistaken the unit."""

ROOMS_NAMED = 4
"""Rooms that a sentence names before it counts them."""


@dataclass(frozen=True, slots=True)
class FlatFacts:
    """A flat as rules ask about it; area in square decimetres."""

    room: str
    floor: int
    area_dm2: int | None
    area_source: str = ""
    stance: str = "unknown"
    owners: int = 0


def flat_is_sound(flat: FlatFacts, *, levels: int, rooms: Collection[str]) -> Verdict[bool]:
    """Whether what is said of a flat can be so; `rooms` are the others of the stairwell."""
    faults = []
    if not flat.room.strip():
        faults.append(Reason(_("还没有填室号"), field="room"))
    if flat.room.strip() in rooms:
        faults.append(Reason(_("%(room)s 室已经登记过") % {"room": flat.room}, field="room", mend=_("请核对室号")))
    if not 1 <= flat.floor <= levels:
        faults.append(Reason(_("这个门洞只有 %(levels)s 层") % {"levels": levels}, field="floor", mend=_("请核对楼层")))
    if flat.area_dm2 is not None and not 0 < flat.area_dm2 <= MOST_DM2:
        faults.append(Reason(_("面积不对"), field="area", mend=_("请填 0 至 1000 平方米之间的数，照产证上的写")))
    if flat.area_dm2 is not None and not flat.area_source:
        faults.append(
            Reason(_("还没有选面积依据"), field="area_source", mend=_("先按登记，没有登记的按测绘，再没有的按合同"))
        )
    return Verdict(not faults, *faults)


def areas_sum_to(flats: Sequence[FlatFacts], told_dm2: int) -> Verdict[bool]:
    """Whether the areas of a stairwell make up the sum that the register gives (面积合计)."""
    total = sum(flat.area_dm2 or 0 for flat in flats)
    if total == told_dm2:
        return Verdict(True)
    return Verdict(
        False,
        Reason(
            _("各户面积加起来是 %(sum).2f 平方米，合计写的是 %(told).2f，差 %(gap).2f")
            % {"sum": total / 100, "told": told_dm2 / 100, "gap": abs(total - told_dm2) / 100},
            field="total",
            mend=_("请逐户对产证，或改合计"),
        ),
    )


def registers_are_whole(flats: Sequence[FlatFacts], *, by_room: bool = True) -> Verdict[bool]:
    """Whether every flat has its area and an owner (产权面积和业主登记齐); what lacks is named by room, or counted."""
    told = _listed if by_room else _counted
    if not flats:
        return Verdict(False, Reason(_("还没有登记房屋")))
    without_area = [flat.room for flat in flats if flat.area_dm2 is None]
    without_owner = [flat.room for flat in flats if not flat.owners]
    faults = []
    if without_area:
        faults.append(Reason(_("缺面积：%(rooms)s") % {"rooms": told(without_area)}))
    if without_owner:
        faults.append(Reason(_("缺业主：%(rooms)s") % {"rooms": told(without_owner)}))
    return Verdict(not faults, *faults)


def wishes_reach(flats: Sequence[FlatFacts], share: Fraction) -> Verdict[bool]:
    """Whether enough households wish for a lift, compared as integers."""
    wish = sum(flat.stance == "for" for flat in flats)
    told = _("%(wish)s／%(all)s 户愿意") % {"wish": wish, "all": len(flats)}
    reached = bool(flats) and wish * share.denominator >= len(flats) * share.numerator
    return Verdict(reached, Reason(told))


def owner_can_be_added(*, again: bool, speaks: bool, spoken_for: bool, name: str, phone: str) -> Verdict[bool]:
    """Whether somebody may be put in as an owner of a flat: once, with a name, and one who speaks for the flat."""
    faults = []
    if not name.strip():
        faults.append(Reason(_("还没有填姓名"), field="name"))
    if again:
        faults.append(Reason(_("这位业主已经登记在这套房屋上"), field="name", mend=_("同名不同人的，请把电话也填上")))
    faults += phone_is_sound(phone).reasons
    if speaks and spoken_for:
        faults.append(
            Reason(_("这套房屋已经有人行使表决权"), field="speaks", mend=_("几位共有的推选一人，先改原来那一位"))
        )
    return Verdict(not faults, *faults)


def phone_is_sound(phone: str) -> Verdict[bool]:
    """Whether a telephone can be rung, where one is given."""
    if not phone.strip() or 5 <= sum(sign.isdigit() for sign in phone) <= 15:
        return Verdict(True)
    return Verdict(False, Reason(_("电话不对"), field="phone", mend=_("手机号是 11 位，座机带区号")))


def _listed(rooms: Sequence[str]) -> str:
    """Rooms by name; of many the first few, and how many there are."""
    named = _("、").join(rooms[:ROOMS_NAMED])
    return named if len(rooms) <= ROOMS_NAMED else _("%(rooms)s等 %(count)s 户") % {"rooms": named, "count": len(rooms)}


def _counted(rooms: Sequence[str]) -> str:
    return _("%(count)s 户") % {"count": len(rooms)}


def without_rooms(told: str, rooms: Collection[str]) -> str:
    """What was written with the rooms of the stairwell left out: 102 室窗前 reads 某室窗前."""
    longest_first = sorted(filter(None, rooms), key=len, reverse=True)
    if not longest_first:
        return told
    listed = "|".join(re.escape(room) for room in longest_first)
    return re.sub(rf"(?<![0-9.])(?:{listed})(?![0-9.])(?:\s*室)?", _("某室"), told)


def rooms_are_known(rooms: Collection[str], known: Collection[str]) -> Verdict[bool]:
    """Whether every room that is spoken of stands in the stairwell."""
    unknown = sorted(set(rooms) - set(known))
    if unknown:
        return Verdict(False, Reason(_("这个门洞没有 %(rooms)s 室") % {"rooms": _listed(unknown)}, field="room"))
    return Verdict(True)


def owner_was_there(there: bool) -> Verdict[bool]:
    """Whether an owner stood at the flat."""
    return Verdict(True) if there else Verdict(False, Reason(_("这位业主不在这套房屋上")))
