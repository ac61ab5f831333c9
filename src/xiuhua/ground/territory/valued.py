"""A figure's value as people read it: with its unit, which its name ends with, or in words."""

from xiuhua.ground.standards import Value
from xiuhua.ground.words import gettext as _


def value_in_words(key: str, value: Value) -> str:
    """A value with its unit: ``15 分钟``, ``要``, ``能打开居民档案的角色``."""
    if isinstance(value, bool):
        return _("要") if value else _("不要")
    if isinstance(value, str):
        return choices_of(key).get(value, value)
    return f"{value:g} {unit_of(key)}".rstrip()


def unit_of(key: str) -> str:
    """The unit that a figure's name ends with; empty where it counts things that its name says."""
    return {
        "seconds": _("秒"),
        "minutes": _("分钟"),
        "hours": _("小时"),
        "days": _("天"),
        "months": _("个月"),
        "letters": _("个字"),
        "kinds": _("种"),
        "digits": _("位"),
        "tries": _("次"),
        "m": _("米"),
        "percent": "%",
        "yuan": _("元"),
    }.get(key.rpartition(".")[2].rpartition("_")[2], "")


def choices_of(key: str) -> dict[str, str]:
    """What the words of a figure mean, where it is one of several."""
    return {
        "trust.two_factor.sight": {
            "places": _("看得到街区的角色，办公室里几乎人人"),
            "households": _("看得到住户的角色，加梯专员在内"),
            "open_files": _("能打开居民档案的角色"),
        }
    }.get(key, {})
