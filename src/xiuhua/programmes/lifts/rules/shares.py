"""Who pays what for a lift: what a meeting may choose, what that comes to, and when it may be adopted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from xiuhua.engine import shares as engine
from xiuhua.engine.shares import Household, Table
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

MOST_FEN = 10_000_000_000
"""A hundred million yuan: whoever writes more has mistaken the unit."""

BY_AREA = frozenset({"area", "dongpu"})
"""Ways that hang on areas whatever is chosen within a floor."""
SPLIT_WITHIN = frozenset({"guidance", "own", "benefit", "consent"})
"""Ways whose split within a floor is chosen: by area, or the same for each."""
WITH_INPUTS = frozenset({"guidance", "own"})
"""Ways for which the meeting gives a number a floor."""

Within = Literal["area", "equal"]


@dataclass(frozen=True, slots=True)
class Home:
    """A household as shares ask about it; `key` names it."""

    key: int
    room: str
    floor: int
    area_dm2: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a meeting chose: the way, the money in fen, numbers by floor, the split within one, and who stays out."""

    kind: str
    total_fen: int
    subsidy_fen: int
    floors: Mapping[int, Fraction] = field(default_factory=dict)
    within: Within = "area"
    left: frozenset[int] = frozenset()

    @property
    def residents_fen(self) -> int:
        """What the households bear together."""
        return self.total_fen - self.subsidy_fen


@dataclass(frozen=True, slots=True)
class ShareFigures:
    """What the rule book says about shares in this house; `guidance` is empty where it has no table for it."""

    guidance: Mapping[int, tuple[Fraction, Fraction]]
    coefficients: Mapping[str, Table]
    half_landing: bool = False
    fixed_percent: Fraction = Fraction(40)
    limits_least: int = 3
    consent_drafts: int = 3


def subsidy_of(total_fen: int, *, percent: Fraction, most_fen: int) -> int:
    """The public subsidy: a percentage of the construction sum, whole fen, up to a ceiling."""
    return min(int(total_fen * percent / 100), most_fen)


def choice_is_sound(homes: Sequence[Home], choice: Choice, figures: ShareFigures) -> Verdict[bool]:
    """Whether shares can be worked out at all; every fault with its field."""
    if not homes:
        return Verdict(False, Reason(_("还没有登记房屋"), mend=_("先登记房屋和面积")))
    faults = _money_faults(choice)
    staying = [home for home in homes if home.key not in choice.left]
    if not staying:
        faults.append(Reason(_("一户都不参加，没法分摊"), field="left"))
        return Verdict(False, *faults)
    faults += _area_faults(staying, choice)
    faults += _floor_faults(staying, choice, figures)
    if choice.kind in ("benefit", "shapley", "consent") and all(home.floor == 1 for home in staying):
        faults.append(Reason(_("一层以上没有人参加"), field="left"))
    return Verdict(not faults, *faults)


def percents_are_whole(choice: Choice) -> Verdict[bool]:
    """Whether percentages by floor make exactly 100; they may stand otherwise while people talk."""
    total = sum(choice.floors.values(), Fraction(0))
    if choice.kind != "guidance" or total == 100:
        return Verdict(True)
    gap = 100 - total
    words = _("各层合计 %(total)g%%，还差 %(gap)g%%") if gap > 0 else _("各层合计 %(total)g%%，多出 %(gap)g%%")
    told = words % {"total": float(total), "gap": float(abs(gap))}
    mend = _("先按比例配平试算，定下来以前要正好 100%")
    return Verdict(False, Reason(told, field="floors", mend=mend))


def limits_may_be_used(stated: int, drafts: int, choice: Choice, figures: ShareFigures) -> Verdict[bool]:
    """Whether limits told in confidence may be used: enough of them, everybody in, and not time and again."""
    faults = []
    if stated < figures.limits_least:
        faults.append(
            Reason(
                _("说过心里价位的不到 %(least)s 户，不能用") % {"least": figures.limits_least},
                field="kind",
                mend=_("请住户自己在手机上填，或当面封存"),
                cites="lifts.money.limits_least",
            )
        )
    if choice.left:
        faults.append(Reason(_("按心里价位算的时候，不能去掉某一户"), field="left", mend=_("请把每一户都勾上")))
    if drafts >= figures.consent_drafts:
        faults.append(
            Reason(
                _("按心里价位已经起了 %(drafts)s 稿") % {"drafts": drafts},
                field="kind",
                mend=_("再算下去，会把各户的心里价位套出来"),
                cites="lifts.money.consent_drafts",
            )
        )
    return Verdict(not faults, *faults)


def work_out(
    homes: Sequence[Home], choice: Choice, figures: ShareFigures, limits: Mapping[int, int] | None = None
) -> dict[int, int]:
    """Fen of each household by its key, exact in sum; nothing for those that stay out.

    The choice is sound (`choice_is_sound`); percentages that do not make 100 are taken in proportion. `limits` are for
    the way that keeps most of them.
    """
    staying = [home for home in homes if home.key not in choice.left]
    rows = [Household(home.floor, home.area_dm2 or 1) for home in staying]
    amounts = _amounts(rows, choice, figures, [(limits or {}).get(home.key) for home in staying])
    return dict.fromkeys((home.key for home in homes), 0) | {
        home.key: amount for home, amount in zip(staying, amounts, strict=True)
    }


def outside_guidance(
    homes: Sequence[Home], amounts: Mapping[int, int], choice: Choice, figures: ShareFigures
) -> list[int]:
    """Floors whose part of the whole lies outside the guidance (超出指导区间), lowest first."""
    staying = [home for home in homes if home.key not in choice.left]
    if not figures.guidance or not any(amounts[home.key] for home in staying):
        return []
    floors = {home.floor for home in staying}
    if choice.kind == "guidance" and percents_are_whole(choice).decision:
        table = Table("floor_percent", choice.floors)
    else:
        rows = [Household(home.floor, home.area_dm2 or 1) for home in staying]
        table = engine.floor_percents([amounts[home.key] for home in staying], rows)
    return [floor for floor in engine.outside(table, figures.guidance) if floor in floors]


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of a scheme as it was kept."""

    key: int
    amount_fen: int
    area_dm2: int | None


def scheme_can_be_adopted(
    homes: Sequence[Home], choice: Choice, lines: Sequence[LineFacts], figures: ShareFigures, *, paid: bool
) -> Verdict[bool]:
    """Whether a draft may be settled (定稿): everybody is in it, nothing is negative, and it adds up to the fen."""
    faults = list(percents_are_whole(choice).reasons) + list(choice_is_sound(homes, choice, figures).reasons)
    known = {line.key: line.area_dm2 for line in lines}
    changed = [home.room for home in homes if home.key not in known or known[home.key] != home.area_dm2]
    if changed or len(known) != len(homes):
        faults.append(
            Reason(_("起稿以后房屋或面积变过：%(rooms)s") % {"rooms": listed(changed)}, mend=_("请重新起一稿"))
        )
    if any(line.amount_fen < 0 for line in lines):
        faults.append(Reason(_("有一户的分摊是负数"), mend=_("请重新起一稿")))
    gap = sum(line.amount_fen for line in lines) - choice.residents_fen
    if gap:
        faults.append(
            Reason(_("各户加起来和居民分摊差 %(gap).2f 元") % {"gap": abs(gap) / 100}, mend=_("请重新起一稿"))
        )
    if paid:
        faults.append(Reason(_("已经有人付过款，不能再换方案"), mend=_("造价变了的，走结算，多退少补")))
    return Verdict(not faults, *faults)


def draft_is_open(state: str) -> Verdict[bool]:
    """Whether a scheme may still be adopted: it is a draft, or was put to the vote."""
    if state in ("draft", "proposed"):
        return Verdict(True)
    return Verdict(False, Reason(_("这一稿已经定过稿或被替换"), mend=_("请在讨论稿里选")))


def stage_is_right(state: str, *, adopting: bool) -> Verdict[bool]:
    """Whether the dossier is where shares are talked about, or settled."""
    if state in ("designing", "agreeing") or (state == "consulting" and not adopting):
        return Verdict(True)
    if adopting:
        return Verdict(False, Reason(_("这一步不能定分摊方案"), mend=_("「方案与分摊」和「公示与签约」的时候定")))
    return Verdict(False, Reason(_("这一步不能再起分摊稿"), mend=_("签约以前谈；造价变了的，走结算")))


def limit_is_sound(amount_fen: int) -> Verdict[bool]:
    """Whether a limit can be meant; what was typed is not said again, since refusals are on record."""
    if 0 <= amount_fen <= MOST_FEN:
        return Verdict(True)
    return Verdict(False, Reason(_("这个数不对"), field="amount", mend=_("请填 0 或更大的整数，单位是元")))


def subsidy_is_told(*, computed_fen: int, told_fen: int, because: str) -> Verdict[bool]:
    """Whether a subsidy that is not the computed one comes with its reason."""
    if told_fen == computed_fen or because.strip():
        return Verdict(True)
    return Verdict(
        False,
        Reason(
            _("补贴和算出来的 %(computed).2f 元不一样") % {"computed": computed_fen / 100},
            field="subsidy_because",
            mend=_("写一句为什么，例如：区里批复的数"),
        ),
    )


def listed(rooms: Collection[str]) -> str:
    """Rooms in a row."""
    return _("、").join(rooms)


def _money_faults(choice: Choice) -> list[Reason]:
    if choice.total_fen == 0:
        return [Reason(_("还没有填总价"), field="total", mend=_("照选定的报价填，单位是元"))]
    faults = []
    if not 0 < choice.total_fen <= MOST_FEN:
        faults.append(Reason(_("总价不对"), field="total", mend=_("请填大于 0、不到一亿的数，单位是元")))
    if choice.subsidy_fen < 0:
        faults.append(Reason(_("补贴不能是负数"), field="subsidy"))
    elif choice.subsidy_fen >= choice.total_fen > 0:
        faults.append(Reason(_("补贴不能比总价多"), field="subsidy", mend=_("请核对总价和补贴")))
    return faults


def _area_faults(staying: Sequence[Home], choice: Choice) -> list[Reason]:
    by_area = choice.kind in BY_AREA or (choice.kind in SPLIT_WITHIN and choice.within == "area")
    lacking = [home.room for home in staying if home.area_dm2 is None]
    if not by_area or not lacking:
        return []
    mend = _("先登记专有面积，或改成每户一样") if choice.kind in SPLIT_WITHIN else _("先登记专有面积")
    return [Reason(_("缺面积：%(rooms)s") % {"rooms": listed(lacking)}, field="kind", mend=mend)]


def _floor_faults(staying: Sequence[Home], choice: Choice, figures: ShareFigures) -> list[Reason]:
    floors = sorted({home.floor for home in staying})
    if choice.kind == "guidance" and not figures.guidance:
        return [Reason(_("没有这种房型的指导区间"), field="kind", mend=_("请换一种分法"))]
    if choice.kind in WITH_INPUTS:
        return _input_faults(floors, choice)
    table = figures.coefficients.get(choice.kind)
    if table is None:
        return []
    lacking = [str(floor) for floor in floors if floor not in table.values]
    faults = [Reason(_("系数表里没有 %(floors)s 层") % {"floors": listed(lacking)}, field="kind")] if lacking else []
    if not any(table.values.get(floor) for floor in floors):
        faults.append(Reason(_("参加的几层都不用出，没法分摊"), field="kind", mend=_("请换一种分法")))
    return faults


def _input_faults(floors: Sequence[int], choice: Choice) -> list[Reason]:
    lacking = [str(floor) for floor in floors if floor not in choice.floors]
    negative = [str(floor) for floor, value in choice.floors.items() if value < 0]
    faults = []
    if lacking:
        faults.append(Reason(_("%(floors)s 层还没有填") % {"floors": listed(lacking)}, field="floors"))
    if negative:
        faults.append(Reason(_("%(floors)s 层是负数") % {"floors": listed(negative)}, field="floors"))
    if not faults and not any(choice.floors.get(floor) for floor in floors):
        faults.append(Reason(_("参加的几层都是 0，没法分摊"), field="floors"))
    return faults


def _amounts(
    rows: Sequence[Household], choice: Choice, figures: ShareFigures, limits: Sequence[int | None]
) -> list[int]:
    total, within = choice.residents_fen, choice.within
    if choice.kind == "area":
        return engine.by_area(total, rows)
    if choice.kind == "equal":
        return engine.equally(total, rows)
    if choice.kind == "benefit":
        return engine.by_benefit(total, rows, Fraction(int(figures.half_landing), 2), within)
    if choice.kind == "shapley":
        return engine.shapley_of(total, rows, int(total * figures.fixed_percent / 100))
    if choice.kind == "consent":
        return engine.most_consent(total, rows, limits, within=within)
    return engine.by_coefficients(total, rows, _table(rows, choice, figures), within)


def _table(rows: Sequence[Household], choice: Choice, figures: ShareFigures) -> Table:
    if choice.kind == "own":
        return Table("area_weight" if choice.within == "area" else "household_weight", choice.floors)
    if choice.kind == "guidance":
        whole = sum(choice.floors.values(), Fraction(0))
        table = Table("floor_percent", {floor: value * 100 / whole for floor, value in choice.floors.items()})
        return table.only({row.floor for row in rows})
    return figures.coefficients[choice.kind]
