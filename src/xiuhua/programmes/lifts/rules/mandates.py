"""Mandates (委托): what somebody may do for an owner, and until when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

VOTE, SIGN, SEE = "vote", "sign", "see"
DEEDS = (VOTE, SIGN, SEE)
"""What can be done for an owner: cast their ballot, sign the agreement, read and report."""


@dataclass(frozen=True, slots=True)
class MandateTold:
    """What is said of a mandate: to whom, who they are to the owner, for what, from when and until when."""

    name: str
    phone: str
    covers: Sequence[str]
    given_on: date
    until: date
    relation: str = ""


def mandate_can_be_given(
    told: MandateTold,
    *,
    has_paper: bool,
    by_owner: bool,
    owner_phone: str,
    of_here: bool,
    in_force: Collection[str],
    today: date,
) -> Verdict[bool]:
    """Whether a mandate may be put down: to somebody who can be reached, by a document or the owner's own phone.

    `in_force` is what the same telephone may do for the owner already.
    """
    faults = []
    digits = "".join(sign for sign in told.phone if sign.isdigit())
    if not of_here:
        faults.append(Reason(_("这位业主不在这个门洞"), field="owner"))
    if not told.name.strip():
        faults.append(Reason(_("还没有填受托人姓名"), field="name"))
    if not 5 <= len(digits) <= 15:
        faults.append(Reason(_("电话不对"), field="phone", mend=_("手机号是 11 位，座机带区号")))
    elif digits == owner_phone:
        faults.append(Reason(_("受托人和业主是同一个电话"), field="phone", mend=_("业主自己投票用不着委托")))
    if not set(told.covers) <= set(DEEDS) or not told.covers:
        faults.append(Reason(_("还没有选可以代办什么"), field="covers"))
    elif set(told.covers) <= set(in_force):
        faults.append(Reason(_("已经委托过这个手机号办这些事"), field="phone", mend=_("要改日期的，先收回再委托")))
    if told.given_on > today:
        faults.append(Reason(_("日期在今天以后"), field="given_on"))
    if told.until < max(told.given_on, today):
        faults.append(Reason(_("到期日已经过了"), field="until", mend=_("写今天以后的日期")))
    if not has_paper and not by_owner:
        faults.append(
            Reason(_("还没有附上委托书"), field="file", mend=_("拍下签了字的委托书；业主也可以在自己手机上委托"))
        )
    return Verdict(not faults, *faults)


def mandate_covers(deed: str, *, covers: Collection[str], in_force: bool, same_owner: bool) -> Verdict[bool]:
    """Whether a mandate lets somebody do a thing for this owner now."""
    if not same_owner:
        return Verdict(False, Reason(_("这份委托是另一位业主的"), field="mandate"))
    if not in_force:
        return Verdict(False, Reason(_("这份委托已经到期或撤销"), field="mandate", mend=_("请业主重新委托")))
    if deed not in covers:
        return Verdict(False, Reason(_("这份委托没有包括这件事"), field="mandate", mend=_("请业主重新委托")))
    return Verdict(True)


def mandate_stands(ended: bool) -> Verdict[bool]:
    """Whether a mandate has not been ended yet."""
    return Verdict(False, Reason(_("这份委托已经撤销"))) if ended else Verdict(True)
