"""The lift itself: how it is registered, kept and inspected."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.amounts import amount_is_sound

STANDS = ("building", "finishing", "running")
"""States in which there is a lift that can be registered."""

LOADS_KG = (320, 2500)
"""Loads of the lifts that houses get, least and most."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is said of a lift when it is registered for use (使用登记)."""

    brand: str
    load_kg: int
    stops: int
    maker_number: str
    registration: str
    serves_wheelchair: bool = False


@dataclass(frozen=True, slots=True)
class UpkeepFacts:
    """What a contract of upkeep says: from when until when, a year's price, and what a household pays a month."""

    from_on: date
    until_on: date
    price_fen: int
    household_fen: int


def unit_is_sound(
    facts: UnitFacts, *, state: str, levels: int, again: bool, on: date, after: date | None, today: date
) -> Verdict[bool]:
    """Whether a lift can be registered: one there is, everything said, its certificate its own."""
    if state not in STANDS:
        return Verdict(False, Reason(_("还没有电梯可以登记"), mend=_("开工以后再登记")))
    faults = [
        Reason(_("还没有填%(what)s") % {"what": words}, field=name)
        for name, words in (
            ("brand", _("品牌型号")),
            ("maker_number", _("出厂编号")),
            ("registration", _("使用登记证编号")),
        )
        if not getattr(facts, name).strip()
    ]
    if again:
        faults.append(Reason(_("这个使用登记证编号是另一台的"), field="registration", mend=_("请照证书核对")))
    least, most = LOADS_KG
    if not least <= facts.load_kg <= most:
        faults.append(Reason(_("载重不对"), field="load_kg", mend=_("请填 320 至 2500 千克")))
    if not 2 <= facts.stops <= levels + 1:
        faults.append(Reason(_("这幢楼 %(levels)s 层，站数不对") % {"levels": levels}, field="stops"))
    if on > today:
        faults.append(Reason(_("日期在今天以后"), field="on"))
    elif after is not None and on < after:
        faults.append(Reason(_("日期比开工（%(day)s）还早") % {"day": after}, field="on", mend=_("请核对日期")))
    return Verdict(not faults, *faults)


def upkeep_is_sound(facts: UpkeepFacts, *, kind: str, overlaps: bool) -> Verdict[bool]:
    """Whether a contract of upkeep can be noted: a firm that keeps lifts, one at a time, amounts that can be."""
    faults = [
        *amount_is_sound(facts.price_fen, field="price_fen", nothing=True).reasons,
        *amount_is_sound(facts.household_fen, field="household_fen", nothing=True).reasons,
    ]
    if kind != "upkeep":
        faults.append(Reason(_("这家不做维保"), field="firm", mend=_("请选维保单位")))
    if facts.until_on <= facts.from_on:
        faults.append(Reason(_("到期日要晚于起始日"), field="until_on"))
    if overlaps:
        faults.append(Reason(_("这段时间已经有一份维保合同"), field="from_on", mend=_("从那一份到期的第二天起")))
    return Verdict(not faults, *faults)


def upkeep_is_agreed(firm: str, *, until_on: date | None, household_fen: int | None, yuan: str) -> Verdict[bool]:
    """Whether somebody keeps the lift and it is agreed what a household pays a month; `yuan` is that in words."""
    if until_on is None or household_fen is None:
        return Verdict(False, Reason(_("还没有维保合同")))
    return Verdict(
        True,
        Reason(_("%(firm)s，到 %(until)s，每户每月 %(yuan)s 元") % {"firm": firm, "until": until_on, "yuan": yuan}),
    )


def seen_to_can_be(on: date, *, since: date, today: date, again: bool) -> Verdict[bool]:
    """Whether a service or an inspection may have been on a day."""
    if on > today:
        return Verdict(False, Reason(_("日期在今天以后"), field="on", mend=_("做了再记")))
    if on < since:
        return Verdict(False, Reason(_("日期比使用登记（%(day)s）还早") % {"day": since}, field="on"))
    return Verdict(False, Reason(_("这一天已经记过了"), field="on")) if again else Verdict(True)


def inspection_is_told(number: str, *, again: bool) -> Verdict[bool]:
    """Whether an inspection has its report, not noted before."""
    if not number.strip():
        return Verdict(False, Reason(_("还没有填报告编号"), field="number", mend=_("照检验报告上的写")))
    return Verdict(False, Reason(_("这份报告已经记过了"), field="number")) if again else Verdict(True)


def next_service(on: date, days: float) -> date:
    """When the firm has to see to it again."""
    return on + timedelta(days=int(days))


def next_inspection(on: date, months: float) -> date:
    """When it has to be inspected again: so many months on, on the same day of the month where there is one."""
    year, month = divmod(on.month - 1 + int(months), 12)
    year, month = on.year + year, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))
