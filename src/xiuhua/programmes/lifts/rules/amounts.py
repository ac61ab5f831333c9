"""Amounts of money: whole fen, and never below nothing."""

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

MOST_FEN = 10_000_000_00
"""More than any lift costs; a slip of the key is found by it."""


def amount_is_sound(amount_fen: int, *, field: str, nothing: bool = False) -> Verdict[bool]:
    """Whether an amount can be; `nothing` lets it be zero."""
    if amount_fen < 0:
        return Verdict(False, Reason(_("金额不能是负数"), field=field, mend=_("退款和冲账另有办法，请填正数")))
    if amount_fen == 0 and not nothing:
        return Verdict(False, Reason(_("金额不能是 0"), field=field, mend=_("请填实际的数")))
    if amount_fen > MOST_FEN:
        return Verdict(False, Reason(_("金额超过一千万元"), field=field, mend=_("请核对是不是多打了几位")))
    return Verdict(True)
