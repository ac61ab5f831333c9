"""Firms on the list, and quotes compared (比价)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.amounts import amount_is_sound

BUILDS = ("works", "maker")
"""Kinds of firms that quote for a whole lift."""

MOST_DAYS, MOST_MONTHS = 730, 240
"""More than any site takes and any firm warrants; a slip of the key is found by it."""


@dataclass(frozen=True, slots=True)
class ContractorFacts:
    """What is said of a firm."""

    kind: str
    name: str
    phone: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """What a firm asks for a lift: price in fen, days on the site, months of warranty."""

    price_fen: int
    days: int
    warranty_months: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A quote beside the others: what it costs more than the cheapest, and whether nobody is cheaper or faster."""

    more_fen: int
    cheapest: bool
    fastest: bool
    longest_warranty: bool


def contractor_is_sound(
    facts: ContractorFacts, *, kinds: Collection[str], again: bool, entered_on: date, today: date
) -> Verdict[bool]:
    """Whether a firm can stand on the list: named, to be reached, of a kind that there is, once a kind."""
    faults = []
    if facts.kind not in kinds:
        faults.append(Reason(_("没有这种单位"), field="kind", mend=_("请在列出的种类里选")))
    if not facts.name.strip():
        faults.append(Reason(_("还没有填单位名称"), field="name", mend=_("照营业执照写全称")))
    if not facts.phone.strip():
        faults.append(Reason(_("还没有填电话"), field="phone", mend=_("填单位的，不填个人的")))
    if again:
        faults.append(Reason(_("名录里已经有这家"), field="name", mend=_("要改的，打开那一家改")))
    if entered_on > today:
        faults.append(Reason(_("日期在今天以后"), field="entered_on"))
    return Verdict(not faults, *faults)


def quote_is_sound(
    quote: QuoteFacts, *, kind: str, on_list: bool, chosen: bool, quoted_on: date, today: date
) -> Verdict[bool]:
    """Whether a quote can be noted: from a firm that builds, with amounts that can be, before one is chosen."""
    if chosen:
        return Verdict(False, Reason(_("已经选定了一家，不能再改报价"), mend=_("要重选的，先搁置再启动")))
    faults = list(amount_is_sound(quote.price_fen, field="price_fen").reasons)
    if kind not in BUILDS:
        faults.append(Reason(_("这家不做施工，也不是电梯厂"), field="contractor", mend=_("请选施工单位或电梯厂")))
    if not on_list:
        faults.append(Reason(_("这家已经退出名录"), field="contractor"))
    if not 0 < quote.days <= MOST_DAYS:
        faults.append(Reason(_("工期不对"), field="days", mend=_("请填 1 至 730 天")))
    if not 0 <= quote.warranty_months <= MOST_MONTHS:
        faults.append(Reason(_("质保不对"), field="warranty_months", mend=_("请填 0 至 240 个月")))
    if quoted_on > today:
        faults.append(Reason(_("日期在今天以后"), field="quoted_on"))
    return Verdict(not faults, *faults)


def quote_can_be_chosen(*, quotes: int, least: float, chosen: bool, because: str) -> Verdict[bool]:
    """Whether one of the quotes can be chosen: enough were asked for, and it is said why this one."""
    if chosen:
        return Verdict(False, Reason(_("已经选定了一家")))
    if quotes < least:
        return Verdict(
            False,
            Reason(
                _("只有 %(has)s 家报价，要 %(least)g 家以上") % {"has": quotes, "least": least},
                mend=_("再请几家来报"),
                cites="lifts.money.least_quotes",
            ),
        )
    if not because.strip():
        return Verdict(False, Reason(_("还没有写为什么选它"), field="because", mend=_("写一句，居民会问")))
    return Verdict(True)


def quotes_are_settled(*, quotes: int, least: float, chosen: str) -> Verdict[bool]:
    """Whether quotes have been compared and one is chosen; `chosen` is the name of the firm."""
    if quotes < least:
        return Verdict(
            False,
            Reason(_("%(has)s 家报价，要 %(least)g 家") % {"has": quotes, "least": least}),
        )
    if not chosen:
        return Verdict(False, Reason(_("%(has)s 家报价，还没有选定") % {"has": quotes}))
    return Verdict(True, Reason(_("%(has)s 家比选，选了%(name)s") % {"has": quotes, "name": chosen}))


def compared(quotes: Sequence[QuoteFacts]) -> list[Compared]:
    """Each quote beside the others, in the order given; of two that are alike both are marked."""
    if not quotes:
        return []
    cheapest = min(one.price_fen for one in quotes)
    fastest = min(one.days for one in quotes)
    longest = max(one.warranty_months for one in quotes)
    return [
        Compared(
            more_fen=one.price_fen - cheapest,
            cheapest=one.price_fen == cheapest,
            fastest=one.days == fastest,
            longest_warranty=one.warranty_months == longest,
        )
        for one in quotes
    ]


def contractor_is_there(*, gone: bool) -> Verdict[bool]:
    """Whether a firm is still on the list."""
    return Verdict(False, Reason(_("这家已经不在名录里"))) if gone else Verdict(True)
