"""The money after the shares: instalments, payments, the final cost, what is paid back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from xiuhua.engine import shares as engine
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.shares import MOST_FEN


@dataclass(frozen=True, slots=True)
class Balance:
    """What a household owes and has paid, in fen; what was paid back is taken off."""

    due_fen: int
    paid_fen: int

    @property
    def left_fen(self) -> int:
        """Still to pay."""
        return max(self.due_fen - self.paid_fen, 0)

    @property
    def back_fen(self) -> int:
        """To be paid back."""
        return max(self.paid_fen - self.due_fen, 0)

    @property
    def settled(self) -> bool:
        """Whether nothing is open either way."""
        return self.due_fen == self.paid_fen


@dataclass(frozen=True, slots=True)
class Part:
    """One date of payment: what it waits for, percent of the share, and by when."""

    words: str
    percent: int
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class FirstPart:
    """The first instalment of a household that pays: what is due, and what came in (or went back) on which day."""

    room: str
    due_fen: int
    paid: Sequence[tuple[date, int]] = ()

    @property
    def whole_on(self) -> date | None:
        """Since when it is in; None while it is not."""
        together, since = 0, None
        for on, fen in sorted(self.paid):
            together += fen
            since = (since or on) if together >= self.due_fen else None
        return since


def plan_is_sound(parts: Sequence[Part]) -> Verdict[bool]:
    """Whether instalments make up the whole, each with its words, one after the other."""
    faults = []
    if not parts:
        faults.append(Reason(_("至少要有一期"), field="percents"))
    if any(part.percent <= 0 for part in parts):
        faults.append(Reason(_("每一期都要大于 0"), field="percents"))
    total = sum(part.percent for part in parts)
    if parts and total != 100:
        faults.append(
            Reason(
                _("各期合计 %(total)s%%，要正好 100%%") % {"total": total}, field="percents", mend=_("例如 30／40／30")
            )
        )
    if any(not part.words.strip() for part in parts):
        faults.append(Reason(_("有一期没有写什么时候付"), field="words", mend=_("例如：签约后")))
    days = [part.due_on for part in parts if part.due_on]
    if days != sorted(days):
        faults.append(Reason(_("后一期的期限比前一期还早"), field="due_on"))
    return Verdict(not faults, *faults)


def parts_of(amount_fen: int, percents: Sequence[int]) -> list[int]:
    """Fen of each instalment of a household's share, exact in sum."""
    return engine.instalments(amount_fen, list(percents))


def fallen_due(amount_fen: int, parts: Sequence[Part], on: date) -> int:
    """Fen of a household's share that have fallen due by a day; instalments without a day do not by themselves."""
    amounts = parts_of(amount_fen, [part.percent for part in parts])
    return sum(amount for part, amount in zip(parts, amounts, strict=True) if part.due_on and part.due_on <= on)


def share_can_be_signed(*, in_scheme: bool, takes_part: bool, signed: bool, by_owner_of_it: bool) -> Verdict[bool]:
    """Whether a household may sign: it has a share in the scheme in force, and has not signed it."""
    if not in_scheme:
        return Verdict(False, Reason(_("还没有定稿的分摊方案"), field="flat", mend=_("先定稿，再登记签字")))
    faults = []
    if not takes_part:
        faults.append(Reason(_("这一户不参加，不用签"), field="flat"))
    if signed:
        faults.append(Reason(_("这一户已经签过"), field="flat"))
    if not by_owner_of_it:
        faults.append(Reason(_("签字人不是这一户的业主"), field="owner", mend=_("先在房屋里登记业主")))
    return Verdict(not faults, *faults)


def payment_can_be_noted(balance: Balance | None, amount_fen: int) -> Verdict[bool]:
    """Whether money may be noted as paid: there is a share, and it is not more than is left of it."""
    refused = _amount_faults(balance, amount_fen)
    if refused:
        return refused
    assert balance is not None
    if amount_fen > balance.left_fen:
        return Verdict(
            False,
            Reason(
                _("这一户只差 %(left).2f 元，多收了 %(over).2f 元")
                % {"left": balance.left_fen / 100, "over": (amount_fen - balance.left_fen) / 100},
                field="amount_fen",
                mend=_("请核对金额和室号"),
            ),
        )
    return Verdict(True)


def refund_can_be_noted(balance: Balance | None, amount_fen: int) -> Verdict[bool]:
    """Whether money may be noted as paid back: so much was paid too much."""
    refused = _amount_faults(balance, amount_fen)
    if refused:
        return refused
    assert balance is not None
    if amount_fen > balance.back_fen:
        return Verdict(
            False,
            Reason(
                _("这一户只该退 %(back).2f 元") % {"back": balance.back_fen / 100},
                field="amount_fen",
                mend=_("请核对结算和室号"),
            ),
        )
    return Verdict(True)


def cost_can_be_settled(*, total_fen: int, subsidy_fen: int, adopted: bool, state: str) -> Verdict[bool]:
    """Whether the final cost may be put in: there is a scheme, building is over, and the money can be."""
    faults = []
    if not adopted:
        faults.append(Reason(_("还没有定稿的分摊方案")))
    if state not in ("finishing", "running"):
        faults.append(Reason(_("还没有竣工，不能结算"), mend=_("竣工以后按审计的数结")))
    if not 0 < total_fen <= MOST_FEN:
        faults.append(Reason(_("总价不对"), field="total_fen", mend=_("请填大于 0、不到一亿的数，单位是元")))
    if not 0 <= subsidy_fen <= max(total_fen, 0):
        faults.append(Reason(_("补贴不对"), field="subsidy_fen", mend=_("不能是负数，也不能比总价多")))
    return Verdict(not faults, *faults)


def settled_shares(shares: Sequence[int], residents_fen: int) -> list[int]:
    """What each owes by the final cost, in the proportions that were agreed, exact in sum."""
    return engine.resized(shares, residents_fen) if sum(shares) else list(shares)


def payment_can_be_struck(*, struck: bool, reason: str, leaves_fen: int) -> Verdict[bool]:
    """Whether an entry of money may be struck out (作废): once, for a reason, leaving no less than nothing."""
    faults = []
    if struck:
        faults.append(Reason(_("这张收据已经作废")))
    if not reason.strip():
        faults.append(Reason(_("还没有写原因"), field="reason", mend=_("例如：记错了室号")))
    if leaves_fen < 0:
        faults.append(Reason(_("这笔钱已经退过，不能作废"), mend=_("先作废退款的那张")))
    return Verdict(not faults, *faults)


def follows_on(on: date, before: date | None, *, field: str = "on") -> Verdict[bool]:
    """Whether a day is not before what it follows on."""
    if before is None or on >= before:
        return Verdict(True)
    return Verdict(
        False, Reason(_("日期比前面那一步（%(day)s）还早") % {"day": before}, field=field, mend=_("请核对日期"))
    )


def way_is_known(way: str, *, ways: Collection[str]) -> Verdict[bool]:
    """Whether money was paid in a way that there is."""
    if way in ways:
        return Verdict(True)
    return Verdict(False, Reason(_("没有这种付款方式"), field="way", mend=_("请在列出的方式里选")))


def _amount_faults(balance: Balance | None, amount_fen: int) -> Verdict[bool] | None:
    if balance is None:
        return Verdict(False, Reason(_("这一户没有定稿的分摊"), field="flat", mend=_("先定稿，再收款")))
    if amount_fen <= 0:
        return Verdict(
            False, Reason(_("金额不对"), field="amount_fen", mend=_("请填大于 0 的数，单位是元，最多两位小数"))
        )
    return None
