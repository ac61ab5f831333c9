"""What a subdistrict must satisfy before it goes on record."""

import re

from shapely.geometry.base import BaseGeometry

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


def subdistrict_can_be_founded(code: str, name: str, area: BaseGeometry, *, taken: bool) -> Verdict[bool]:
    """Whether code, name and area make a subdistrict that is not on record yet."""
    reasons = []
    if not re.fullmatch(r"[1-8][0-9]{8}", code):
        reasons.append(
            Reason(
                _("街道代码「%(code)s」不对") % {"code": code},
                field="code",
                mend=_("请填 9 位数字的统计用区划代码，例如 310107014"),
            )
        )
    elif taken:
        reasons.append(
            Reason(
                _("代码为 %(code)s 的街道已经在册") % {"code": code},
                field="code",
                mend=_("请换一个代码，或另建数据目录"),
            )
        )
    if not name.strip():
        reasons.append(Reason(_("街道名称空着"), field="name", mend=_("请填街道名称")))
    if area.is_empty or not area.is_valid:
        reasons.append(Reason(_("街道边界不是有效的面"), field="area", mend=_("请检查边界是否自相交")))
    return Verdict(not reasons, *reasons)


def plan_can_be_laid_out(*, already_laid_out: bool, buildings: int, facilities: int) -> Verdict[bool]:
    """Whether a plan may be laid out: once a subdistrict, and not an empty one."""
    if already_laid_out:
        return Verdict(
            False, Reason(_("这个街道已经有楼栋和路网"), field="code", mend=_("请换一个街道代码，或另建数据目录"))
        )
    if not buildings and not facilities:
        return Verdict(
            False, Reason(_("没有读到楼栋，也没有读到设施"), field="extract", mend=_("请检查地图文件和边界是否对应"))
        )
    return Verdict(True)
