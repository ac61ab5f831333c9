"""What things of the territory are called on screen."""

import re

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.masking import mask_id_number, mask_name, mask_phone
from xiuhua.ground.standards import FacilityType
from xiuhua.ground.territory.models import Building, Committee, Resident, Stairwell
from xiuhua.ground.words import gettext, in_english

UNNAMED = _("没有名字的楼")


def building_name(building: Building) -> str:
    """Name of a building; many on a map have none."""
    return building.name or str(UNNAMED)


def committee_name(committee: Committee) -> str:
    """Name of a committee with what it is: 中江 reads 中江居委会."""
    short = committee.name.removesuffix("居委会")
    return gettext("%(name)s居委会") % {"name": short}


def type_name(kind: FacilityType | None, key: str) -> str:
    """Name of a facility's type (设施类型) in the reader's language."""
    if kind is None:
        return key
    return kind.name_en if in_english() else kind.name_zh


def resident_name(resident: Resident, *, whole: bool = False) -> str:
    """A resident's name, masked unless the file is open; the kind of row where no name is on record."""
    name = resident.name if whole else mask_name(resident.name)
    return name or gettext("没有登记姓名")


def marked_name(resident: Resident, *, whole: bool = False) -> str:
    """The same with a mark on who is kept and not used (只存不用), for lists."""
    name = resident_name(resident, whole=whole)
    return gettext("%(name)s（只存不用）") % {"name": name} if resident.kept_only else name


def resident_phone(resident: Resident, *, whole: bool = False) -> str:
    """A resident's telephone, masked unless the file is open."""
    return resident.phone if whole else mask_phone(resident.phone)


def resident_id_number(resident: Resident, *, whole: bool = False) -> str:
    """A resident's identity number, masked unless the file is open."""
    return resident.id_number if whole else mask_id_number(resident.id_number)


def lift_words(stairwell: Stairwell) -> tuple[str, str]:
    """What is to be said of a lift in a stairwell, and the tone of it."""
    if stairwell.has_lift:
        return gettext("已有电梯"), "good"
    if stairwell.lift_suitable is None:
        return gettext("还没有评估"), ""
    return (gettext("适合加梯"), "info") if stairwell.lift_suitable else (gettext("不具备条件"), "outline")


def short_door(stairwell: Stairwell) -> str:
    """The number on a stairwell's door, for a drawing: 枣阳路160弄23号 reads 23."""
    numbers = re.findall(r"[0-9]+", stairwell.name)
    return numbers[-1] if numbers else stairwell.name[:2]
