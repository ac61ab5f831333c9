"""The account of a stairwell's lift (费用账)."""

from collections.abc import Collection, Iterable
from fractions import Fraction

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.amounts import amount_is_sound

COMES_IN = ("households", "public")
"""Kinds of money that come in; all others go out."""


MOST_LINE_FEN = 1_000_000_00
"""More than running a lift costs at once; a slip of the key is found by it."""


def line_is_sound(kind: str, amount_fen: int, *, kinds: Collection[str]) -> Verdict[bool]:
    """Whether a line of the account can be: of a kind that there is, and more than nothing."""
    faults = list(amount_is_sound(amount_fen, field="amount_fen").reasons)
    if not faults and amount_fen > MOST_LINE_FEN:
        faults.append(Reason(_("一笔超过一百万元"), field="amount_fen", mend=_("请核对是不是多打了几位")))
    if kind not in kinds:
        faults.append(Reason(_("没有这种项目"), field="kind", mend=_("请在列出的项目里选")))
    return Verdict(not faults, *faults)


def can_be_taken_back(*, gone: bool) -> Verdict[bool]:
    """Whether a line still stands."""
    return Verdict(False, Reason(_("这一笔已经冲销了"))) if gone else Verdict(True)


def household_month_fen(spent_fen: int, *, households: int, months: int) -> Fraction:
    """What running it costs a household a month."""
    return Fraction(spent_fen, max(1, households) * max(1, months))


def running_balance(signed_fen: Iterable[int]) -> list[int]:
    """The balance after each line, oldest first."""
    found, balance = [], 0
    for amount in signed_fen:
        balance += amount
        found.append(balance)
    return found
