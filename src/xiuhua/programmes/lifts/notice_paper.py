"""The printed notice (公示, A4): what it says in words, as the template reads it."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from xiuhua.ground import standards
from xiuhua.ground.documents import typeset
from xiuhua.ground.territory.models import Committee
from xiuhua.ground.territory.names import committee_name
from xiuhua.ground.ui.qr import qr_svg
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import words, words_build
from xiuhua.programmes.lifts.house_drawing import house_svg
from xiuhua.programmes.lifts.models import Centre, Notice

_LAW_SINCE = re.compile(r"（[0-9-]+ 起施行）")
MOST_ROOMS = 4
"""Rooms of a floor that have a column each; of more, floors stand alone."""


def printed(notice: Notice, address: str) -> bytes:
    """The notice as PDF; `address` is where its code leads."""
    house = notice.content.get("house", {})
    half = notice.content.get("lift", {}).get("entry") == "half"
    pictures = {"house.svg": house_svg(int(house.get("levels") or 6), half=half), "code.svg": qr_svg(address)}
    return typeset("lifts/notice.typ", paper_of(notice), pictures)


def paper_of(notice: Notice) -> dict[str, Any]:
    """The notice as plain values."""
    committee = notice.dossier.stairwell.building.committee
    return {
        "title": _("加装电梯公示"),
        "author": notice.subdistrict.name,
        "number": notice.number,
        "facts": facts_of(notice),
        "vote": vote_of(notice.content.get("vote")),
        "money": money_of(notice.content.get("money")),
        "speak": {"title": _("有意见怎么说"), "words": _how_to_speak(notice)},
        "code": {"title": _("扫码看方案、提意见"), "lines": where_of(committee)},
        "seal": {
            "words": _("盖章处"),
            "lines": [
                _("%(name)s居民委员会") % {"name": committee_name(committee).removesuffix("居委会")},
                _full(notice.posted_on),
            ],
        },
        "footer": _("本页由绣花按档案生成，编号 %(number)s") % {"number": sheet_number(notice)},
        "place": _("张贴位置：%(place)s") % {"place": notice.place},
    }


def sheet_number(notice: Notice) -> str:
    """Number of the sheet in the archive: year, number, and the how manyeth attempt of the stairwell."""
    return f"LF-{notice.year}-{notice.serial:04d}-{notice.attempt}"


def vote_of(vote: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """How the vote came out: four bars with the line that each had to reach."""
    if not vote:
        return None
    part, agree = vote["part"], vote["agree"]
    bars = [
        _area_bar(_("参与面积"), part),
        _head_bar(_("参与人数"), part),
        _area_bar(_("同意面积"), agree),
        _head_bar(_("同意人数"), agree),
    ]
    source, clause = vote["law"]
    told = {"law": f"{_LAW_SINCE.sub('', source)}{clause}"}
    return {
        "title": _("表决结果：通过"),
        "bars": [bar for bar in bars if bar["of"]],
        "note": _("%(law)s；「以上」含本数。竖线是门槛。各户投的是什么，不公示。") % told,
    }


def money_of(money: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What it costs and who pays what by floor; rooms in columns where there are few."""
    if not money:
        return None
    residents = money["total_fen"] - money["subsidy_fen"]
    doors = _doors(money["floors"])
    rows = [_floor_row(one, doors, residents) for one in money["floors"]]
    heads = [_("楼层"), _("比例"), *(_("%(room)s 室（元）") % {"room": door} for door in doors), _("每层合计（元）")]
    told = {"total": words_build.yuan(money["total_fen"]), "subsidy": words_build.yuan(money["subsidy_fen"])}
    return {
        "title": _("费用与分摊"),
        "say": _("总价 %(total)s 元，政府补贴 %(subsidy)s 元，居民分摊") % told,
        "residents": words_build.yuan(residents),
        "unit": _("元。"),
        "more": _without_paying(money["floors"]),
        "heads": heads,
        "rows": rows,
    }


def share_words(fen: int, whole_fen: int) -> str:
    """A share in percent, to as many digits as it takes, two at most."""
    share = 100 * fen / whole_fen if whole_fen else 0.0
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def facts_of(notice: Notice) -> list[list[str]]:
    house, lift = notice.content.get("house", {}), notice.content.get("lift", {})
    built = [_("%(year)s 年") % {"year": house["year"]}] if house.get("year") else []
    if house.get("structure"):
        kind = house["structure"]
        built.append(kind if kind.endswith("结构") else _("%(kind)s结构") % {"kind": kind})
    built.append(_("%(levels)s 层 %(homes)s 户") % {"levels": house.get("levels"), "homes": house.get("homes")})
    if house.get("area_dm2"):
        built.append(_("%(area)s 平方米") % {"area": words.square_metres(house["area_dm2"])})
    entry = {"half": _("错层入户"), "level": _("平层入户")}.get(lift.get("entry", ""), "")
    told = [_("楼外钢结构井道"), _("%(stops)s 站") % {"stops": lift.get("stops")}]
    told += [entry] if entry else []
    told += [_("载重 %(load)s 千克") % {"load": lift["load_kg"]}] if lift.get("load_kg") else []
    days = (notice.until_on - notice.posted_on).days
    return [
        [_("门洞"), notice.dossier.address, ""],
        [_("房屋"), _("，").join(built), ""],
        [_("电梯"), _("，").join(told), ""],
        [_("公示期"), _span(notice), _("，满 %(days)s 天") % {"days": days}],
    ]


def _span(notice: Notice) -> str:
    first, last = notice.posted_on, notice.until_on
    until = _full(last) if last.year != first.year else _("%(m)s 月 %(d)s 日") % {"m": last.month, "d": last.day}
    return _("%(first)s至 %(last)s") % {"first": _full(first), "last": until}


def _full(day: Any) -> str:
    return _("%(y)s 年 %(m)s 月 %(d)s 日") % {"y": day.year, "m": day.month, "d": day.day}


def _area_bar(label: str, bar: Mapping[str, Any]) -> dict[str, Any]:
    share = Fraction(bar["area_dm2"], bar["of_area_dm2"]) if bar["of_area_dm2"] else Fraction(0)
    return _bar(label, bar["gate"], share, f"{float(100 * share):.2f}%", bool(bar["of_area_dm2"]))


def _head_bar(label: str, bar: Mapping[str, Any]) -> dict[str, Any]:
    share = Fraction(bar["heads"], bar["of_heads"]) if bar["of_heads"] else Fraction(0)
    shown = _("%(heads)s／%(all)s 户") % {"heads": bar["heads"], "all": bar["of_heads"]}
    return _bar(label, bar["gate"], share, shown, bool(bar["of_heads"]))


def _bar(label: str, gate: str, share: Fraction, shown: str, of: bool) -> dict[str, Any]:
    least = Fraction(gate)
    words_ = _("%(what)s（须过%(gate)s）") % {"what": label, "gate": _fraction(least)} if least else label
    return {"label": words_, "share": float(share), "shown": shown, "gate": float(least) or None, "of": of}


def _fraction(share: Fraction) -> str:
    """A fraction as it is said: 三分之二."""
    digits = "零一二三四五六七八九十"
    if share.denominator <= 10 and share.numerator <= 10:
        return _("%(below)s分之%(above)s") % {"below": digits[share.denominator], "above": digits[share.numerator]}
    return f"{float(100 * share):g}%"


def _doors(floors: Sequence[Mapping[str, Any]]) -> list[str]:
    """What rooms are called apart from their floor (01, 02), where each floor has the same few."""
    found: list[list[str]] = []
    for floor in floors:
        begin = str(floor["floor"])
        rooms = [str(one["room"]) for one in floor["rooms"]]
        if not all(room.startswith(begin) and len(room) > len(begin) for room in rooms):
            return []
        found.append([room.removeprefix(begin) for room in rooms])
    doors = sorted({door for rooms in found for door in rooms})
    return doors if 0 < len(doors) <= MOST_ROOMS else []


def _floor_row(floor: Mapping[str, Any], doors: Sequence[str], residents_fen: int) -> list[str]:
    by_door = {str(one["room"]).removeprefix(str(floor["floor"])): one["fen"] for one in floor["rooms"]}
    sum_fen = sum(one["fen"] for one in floor["rooms"])
    rooms = [words_build.yuan_to_fen(by_door[door]) if door in by_door else "—" for door in doors]
    return [
        _("%(floor)s 层") % {"floor": floor["floor"]},
        share_words(sum_fen, residents_fen),
        *rooms,
        words_build.yuan_to_fen(sum_fen),
    ]


def _without_paying(floors: Sequence[Mapping[str, Any]]) -> str:
    free = sorted(one["floor"] for one in floors if not any(room["fen"] for room in one["rooms"]))
    if not free:
        return ""
    return _("%(floors)s不出资。") % {"floors": _("、").join(_("%(floor)s 层") % {"floor": one} for one in free)}


def _how_to_speak(notice: Notice) -> str:
    figures = standards.on(notice.posted_on, at=notice.dossier.path).lifts.notice
    told = {"days": int(figures.reply_days.number)}
    return (
        _(
            "公示期内扫码、打电话，或到居委会当面说。每一条都登记，%(days)s 个工作日内书面答复。"
            "一层住户的采光、噪声问题，陪伴小组上门谈。"
        )
        % told
    )


def where_of(committee: Committee) -> list[str]:
    """Where one finds whoever hears: the committee's sub-centre, else the subdistrict's centre."""
    rows = Centre.objects.filter(closed_on__isnull=True)
    centre = rows.filter(path=committee.path).first() or rows.filter(path=committee.path[:9]).first()
    name = committee_name(committee)
    if centre is None:
        return [name]
    return [name, centre.address, centre.hours, _("电话 %(phone)s") % {"phone": centre.phone}]
