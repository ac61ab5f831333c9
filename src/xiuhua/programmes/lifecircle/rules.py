"""What can be analysed."""

from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

HOURS_A_WEEK = 168


def analysis_can_run(area: BaseGeometry | None, hour: int, *, buildings_inside: int, laid_out: bool) -> Verdict[bool]:
    """Whether an analysis has a territory, an hour of the week, and an area with buildings in it."""
    if not laid_out:
        return Verdict(
            False,
            Reason(
                _("这个街道还没有楼栋和路网"),
                field="subdistrict",
                mend=_("请先用 xiuhua territory import-osm 导入地图"),
            ),
        )
    if not 0 <= hour < HOURS_A_WEEK:
        return Verdict(False, Reason(_("钟点不在一周之内"), field="hour", mend=_("请在 0 至 167 之间选")))
    if area is not None:
        shape = _area_can_be_used(area)
        if not shape.decision:
            return shape
    if not buildings_inside:
        return Verdict(False, Reason(_("范围里没有楼栋"), field="area", mend=_("请画大一点，或换个地方画")))
    return Verdict(True)


def _area_can_be_used(area: BaseGeometry) -> Verdict[bool]:
    if not isinstance(area, Polygon | MultiPolygon) or area.is_empty:
        return Verdict(False, Reason(_("分析范围不是一个面"), field="area", mend=_("请至少画三个点")))
    if not area.is_valid:
        place = explain_validity(area)
        return Verdict(
            False,
            Reason(
                _("分析范围的边自己相交（%(place)s）") % {"place": place}, field="area", mend=_("请重画，边线不要交叉")
            ),
        )
    return Verdict(True)
