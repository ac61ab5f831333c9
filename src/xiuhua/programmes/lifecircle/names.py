"""What people, places and levels of a life circle are called on a page."""

from django.utils.translation import get_language

from xiuhua.ground.standards import FacilityType, LifeCircleStandard, PersonaStandard
from xiuhua.ground.words import gettext as _


def _in_english() -> bool:
    return (get_language() or "").startswith("en")


def persona_name(key: str) -> str:
    """Short name of who walks (人群), for a control."""
    return {
        "adult": _("成人"),
        "elder": _("老人"),
        "frail": _("体弱老人"),
        "wheelchair": _("轮椅"),
        "child": _("儿童"),
        "pushchair": _("婴儿车"),
        "standard": _("标准步行"),
    }.get(key, key)


def people_name(persona: PersonaStandard, columns: frozenset[str]) -> str:
    """Whom the figures count: the persona's own population where it is on record, else all residents."""
    return {
        "residents_60_plus": _("60 岁以上居民"),
        "residents_80_plus": _("80 岁以上居民"),
        "children_6_12": _("6 至 12 岁儿童"),
        "children_0_3": _("3 岁以下婴幼儿"),
    }.get(persona.population if persona.population in columns else "", _("居民"))


def type_name(kind: FacilityType) -> str:
    """Name of a facility type (设施类型) in the reader's language."""
    return kind.name_en if _in_english() else kind.name_zh


def short_type_name(kind: FacilityType) -> str:
    """The same as residents say it, where the standard's name is long."""
    return {
        "day_care": _("日间照料"),
        "market": _("菜场"),
        "park": _("公园"),
        "health_centre": _("社区医院"),
        "health_station": _("卫生站"),
        "canteen": _("食堂"),
        "kindergarten": _("幼儿园"),
        "elder_station": _("为老服务站"),
        "service_station": _("居委会"),
    }.get(kind.key) or type_name(kind)


def standard_name(standard: LifeCircleStandard) -> str:
    """Name of a standard in the reader's language."""
    return standard.name_en if _in_english() else standard.name_zh


def level_name(level: str) -> str:
    """A level of the standard (层级)."""
    return {
        "15": _("十五分钟生活圈"),
        "10": _("十分钟生活圈"),
        "5": _("五分钟生活圈"),
        "block": _("居住街坊"),
    }[level]


def need_name(need: str) -> str:
    """How much a level asks for a facility."""
    return {"required": _("应配"), "optional": _("宜配"), "local": _("本地另列")}[need]
