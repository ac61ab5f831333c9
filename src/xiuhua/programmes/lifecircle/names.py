"""What people, places and levels of a life circle are called on a page."""

from django.utils.translation import get_language

from xiuhua.ground.standards import FacilityType, LifeCircleStandard, PersonaStandard
from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import gettext_noop

_PERSONAS = {
    "adult": gettext_noop("成人"),
    "elder": gettext_noop("老人"),
    "frail": gettext_noop("体弱老人"),
    "wheelchair": gettext_noop("轮椅"),
    "child": gettext_noop("儿童"),
    "pushchair": gettext_noop("婴儿车"),
    "standard": gettext_noop("标准步行"),
}
_SHORT_TYPES = {
    "day_care": gettext_noop("日间照料"),
    "market": gettext_noop("菜场"),
    "park": gettext_noop("公园"),
    "health_centre": gettext_noop("社区医院"),
    "health_station": gettext_noop("卫生站"),
    "canteen": gettext_noop("食堂"),
    "kindergarten": gettext_noop("幼儿园"),
    "elder_station": gettext_noop("为老服务站"),
    "service_station": gettext_noop("居委会"),
}
_LEVELS = {
    "15": gettext_noop("十五分钟生活圈"),
    "10": gettext_noop("十分钟生活圈"),
    "5": gettext_noop("五分钟生活圈"),
    "block": gettext_noop("居住街坊"),
}
_NEEDS = {
    "required": gettext_noop("应配"),
    "optional": gettext_noop("宜配"),
    "local": gettext_noop("本地另列"),
}


def _in_english() -> bool:
    return (get_language() or "").startswith("en")


def persona_name(key: str) -> str:
    """Short name of who walks (人群), for a control."""
    return _(_PERSONAS[key]) if key in _PERSONAS else key


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
    return _(_SHORT_TYPES[kind.key]) if kind.key in _SHORT_TYPES else type_name(kind)


def standard_name(standard: LifeCircleStandard) -> str:
    """Name of a standard in the reader's language."""
    return standard.name_en if _in_english() else standard.name_zh


def level_name(level: str) -> str:
    """A level of the standard (层级)."""
    return _(_LEVELS[level])


def need_name(need: str) -> str:
    """How much a level asks for a facility."""
    return _(_NEEDS[need])
