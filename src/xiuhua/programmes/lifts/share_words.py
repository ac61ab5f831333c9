"""How a share came about, in words that a household can check with a pencil (怎么算的)."""

from collections.abc import Mapping, Sequence

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.shares import Choice, Home

DIGITS = "零壹贰叁肆伍陆柒捌玖"
"""Digits as receipts write them."""


def yuan(fen: int) -> str:
    """An amount in yuan to the fen, with its thousands: 64,555.94."""
    return f"{fen / 100:,.2f}" if fen % 100 else f"{fen // 100:,}"


def exact_yuan(fen: int) -> str:
    """An amount with both digits of its fen, for columns: 140,800.00; a plain 0 for nothing."""
    return f"{fen / 100:,.2f}" if fen else "0"


def percent(share: float) -> str:
    """A percentage to at most two digits: 32%, 16.67%."""
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def capitals(fen: int) -> str:
    """An amount as receipts write it, so that nobody adds a stroke (大写): 陆万肆仟伍佰伍拾伍元玖角肆分."""
    whole, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    said = f"{_grouped(whole)}元" if whole or not rest else ""
    if not rest:
        return said + "整"
    said += f"{DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return said + (f"{DIGITS[cents]}分" if cents else "整")


def _grouped(whole: int) -> str:
    """A whole number in capitals, four digits a group."""
    if not whole:
        return "零"
    said, gap = "", False
    for power, name in ((8, "亿"), (4, "万"), (0, "")):
        group = whole // 10**power % 10_000
        if not group:
            gap = bool(said)
            continue
        if said and (gap or group < 1000):
            said += "零"
        said, gap = said + _thousands(group) + name, False
    return said


def _thousands(group: int) -> str:
    said, gap = "", False
    for power, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = group // power % 10
        if not digit:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + DIGITS[digit] + name
        gap = False
    return said


def sentences(
    key: int, homes: Sequence[Home], amounts: Mapping[int, int], choice: Choice, *, final_fen: int | None = None
) -> list[str]:
    """How one household's share came about, step by step."""
    home = next(one for one in homes if one.key == key)
    said = [
        _("总价 %(total)s 元，政府补贴 %(subsidy)s 元，居民一共出 %(residents)s 元。")
        % {
            "total": yuan(choice.total_fen),
            "subsidy": yuan(choice.subsidy_fen),
            "residents": yuan(choice.residents_fen),
        }
    ]
    if key in choice.left:
        return [*said, _("%(room)s 室不参加，不出资。") % {"room": home.room}]
    staying = [one for one in homes if one.key not in choice.left]
    said += _by_kind(home, staying, amounts, choice)
    said.append(
        _("%(room)s 室出 %(amount)s 元；各户加起来正好 %(residents)s 元，一分不差。")
        % {"room": home.room, "amount": yuan(amounts[key]), "residents": yuan(choice.residents_fen)}
    )
    if final_fen is not None and final_fen != amounts[key]:
        said.append(_("按结算造价重算，这一户应出 %(final)s 元，多退少补。") % {"final": yuan(final_fen)})
    return said


def _by_kind(home: Home, staying: Sequence[Home], amounts: Mapping[int, int], choice: Choice) -> list[str]:
    if choice.kind == "area":
        return [_area_of(home, staying), _("没有约定的，《民法典》第二百八十三条就是这样分。")]
    if choice.kind == "equal":
        return [_("参加的 %(count)s 户，每户出一样多。") % {"count": len(staying)}]
    if choice.kind == "shapley":
        return [
            _("电梯每多停一层要多花的钱，由这一层和以上用得着的人家平分；基坑、轿厢、主机由二层以上的人家平分。"),
            _floor_bears(home, staying, amounts, choice),
        ]
    if choice.kind == "benefit":
        return [_("按少爬几层分：住得越高，省的力气越多。"), _floor_bears(home, staying, amounts, choice)]
    if choice.kind == "consent":
        return [
            _("在各户说过的心里价位里，找最多户能接受的分法；谁说了多少，任何人都看不到。"),
            _floor_bears(home, staying, amounts, choice),
        ]
    return [*_by_table(home, choice), _floor_bears(home, staying, amounts, choice)]


def _by_table(home: Home, choice: Choice) -> list[str]:
    if choice.kind == "guidance" and home.floor in choice.floors:
        told = {"floor": home.floor, "percent": percent(float(choice.floors[home.floor]))}
        return [_("照市里的指导区间谈定：%(floor)s 层出 %(percent)s。") % told]
    if choice.kind == "own" and home.floor in choice.floors:
        told = {"floor": home.floor, "rate": f"{float(choice.floors[home.floor]):g}"}
        times = _("本门洞约定：%(floor)s 层的系数是 %(rate)s，再乘面积。")
        return [(times if choice.within == "area" else _("本门洞约定：%(floor)s 层的系数是 %(rate)s。")) % told]
    named = {"guangzhou": _("照广州的楼层系数算。"), "dongpu": _("照东圃的楼层系数乘面积算。")}
    return [named[choice.kind]] if choice.kind in named else []


def _floor_bears(home: Home, staying: Sequence[Home], amounts: Mapping[int, int], choice: Choice) -> str:
    here = [one for one in staying if one.floor == home.floor]
    together = sum(amounts[one.key] for one in here)
    told = {"floor": home.floor, "sum": yuan(together), "count": len(here)}
    if not together:
        return _("%(floor)s 层不出资。") % told
    areas = [one.area_dm2 for one in here]
    if choice.within == "area" and len(here) > 1 and None not in areas and choice.kind in ("guidance", "benefit"):
        area = sum(one.area_dm2 or 0 for one in here)
        told |= {"room": home.room, "own": f"{(home.area_dm2 or 0) / 100:.2f}", "all": f"{area / 100:.2f}"}
        return (
            _("%(floor)s 层一共 %(sum)s 元，%(count)s 户按面积分：%(room)s 室 %(own)s 平方米，全层 %(all)s 平方米。")
            % told
        )
    return _("%(floor)s 层 %(count)s 户，一共 %(sum)s 元。") % told


def _area_of(home: Home, staying: Sequence[Home]) -> str:
    total = sum(one.area_dm2 or 0 for one in staying)
    own = home.area_dm2 or 0
    return _("按专有面积分：%(room)s 室 %(own)s 平方米，一共 %(all)s 平方米，占 %(percent)s。") % {
        "room": home.room,
        "own": f"{own / 100:.2f}",
        "all": f"{total / 100:.2f}",
        "percent": percent(100 * own / total) if total else "0%",
    }
