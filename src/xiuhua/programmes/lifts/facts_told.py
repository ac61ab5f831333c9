"""What the verbs of lifts note besides, as timelines and the record tell it: gates by name, money in yuan."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from xiuhua.ground.journal import telling
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.flow import Stage
from xiuhua.programmes.lifts.share_words import yuan
from xiuhua.programmes.lifts.words import book, on_day, square_metres


def line(facts: Mapping[str, Any], path: str) -> str:
    """The gate that an entry is about, the room, how many flats, how it came out, the day."""
    said = []
    rule = book(path).rules.get(str(facts.get("rule", "")))
    if rule is not None:
        said.append(rule.name)
    if facts.get("room"):
        said.append(_("%(room)s 室") % {"room": facts["room"]})
    if isinstance(facts.get("flats"), int):
        said.append(_("%(count)s 户") % {"count": facts["flats"]})
    if isinstance(facts.get("passed"), bool):
        said.append(_("通过") if facts["passed"] else _("没有通过"))
    with suppress(TypeError, ValueError):
        said.append(on_day(date.fromisoformat(facts.get("on", ""))))
    return _("，").join(said)


def one(name: str, value: Any, path: str) -> tuple[str, Any] | None:
    """One fact, named and said."""
    title = _names().get(name)
    if title is None:
        return None
    say = _sayings(path).get(name)
    return title, say(value) if say else value


def _names() -> dict[str, str]:
    return {
        "rule": _("关口"),
        "on": _("哪天"),
        "from": _("原来"),
        "to": _("现在"),
        "room": _("房屋"),
        "flats": _("户数"),
        "flat": _("房屋编号"),
        "owners": _("业主数"),
        "sum_dm2": _("面积合计（平方米）"),
        "area_dm2": _("专有面积（平方米）"),
        "total_fen": _("总价（元）"),
        "subsidy_fen": _("补贴（元）"),
        "residents_fen": _("居民分摊（元）"),
        "price_fen": _("价格（元）"),
        "amount_fen": _("金额（元）"),
        "scheme": _("分摊方案编号"),
        "contractor": _("单位编号"),
        "firm": _("单位编号"),
        "suitable": _("适合加梯"),
        "opened": _("新建档案"),
        "moves": _("补记的步数"),
        "until": _("到哪天"),
        "until_on": _("改到哪天"),
        "planned_on": _("原定哪天"),
        "due_on": _("该在哪天前答复"),
        "due": _("该在什么时候前到场"),
        "next": _("下一次"),
        "at": _("什么时候"),
        "late": _("超过时限"),
        "minutes": _("用了几分钟"),
        "photos": _("照片"),
        "percents": _("各期比例"),
        "closes_at": _("什么时候截止"),
        "electors": _("表决权人"),
        "vote": _("表决编号"),
        "passed": _("通过"),
        "part_heads": _("参与户数"),
        "agree_heads": _("同意户数"),
        "all_heads": _("总户数"),
        "archived": _("纸质存档"),
        "ballots": _("票数"),
        "chain": _("票链"),
        "commitment": _("封票指纹"),
        "receipt": _("回执号"),
        "stairwells": _("门洞数"),
        "lots": _("批次数"),
    }


def _sayings(path: str) -> dict[str, Callable[[Any], Any]]:
    rules, stages = book(path).rules, dict(Stage.choices)
    return {
        "rule": lambda key: rules[key].name if key in rules else key,
        **dict.fromkeys(("from", "to"), lambda key: str(stages.get(key, key))),
        **dict.fromkeys(("sum_dm2", "area_dm2"), square_metres),
        **dict.fromkeys(("total_fen", "subsidy_fen", "residents_fen", "price_fen", "amount_fen"), yuan),
        "percents": lambda parts: _("、").join(f"{part}%" for part in parts),
        **dict.fromkeys(("suitable", "late", "passed", "archived"), lambda yes: _("是") if yes else _("不是")),
    }


telling.tells("lifts", line=line, one=one)
