"""What must hold before an account is bound to a household."""

from xiuhua.ground.territory.rosters.cells import RoomCell
from xiuhua.ground.verdicts import Reason, Refused, Verdict
from xiuhua.ground.words import gettext as _

LONGEST_NAME = 40


def room_as_told(room: str) -> str:
    """A room's number without 室 and blanks.

    Raises
    ------
    Refused
        It is too long for one.
    """
    try:
        return RoomCell().clean(room) or ""
    except Refused as refused:
        raise Refused(*(Reason(one.text, field="room", mend=one.mend) for one in refused.reasons)) from None


def binding_can_be_asked(*, room: str, name: str, open_already: bool) -> Verdict[bool]:
    """Whether somebody can ask: once at a time, with a room and a name."""
    reasons = []
    if open_already:
        reasons.append(Reason(_("已经申请过，或者已经绑定"), mend=_("换了住处，先结束现在的绑定")))
    if not room:
        reasons.append(Reason(_("室号空着"), field="room", mend=_("请填室号，例如 501")))
    if not 0 < len(name) <= LONGEST_NAME:
        reasons.append(Reason(_("姓名空着或者太长"), field="name", mend=_("请填证件上的姓名")))
    return Verdict(not reasons, *reasons)


def binding_can_be_confirmed(*, waits: bool, same_stairwell: bool, resident_at_home: bool) -> Verdict[bool]:
    """Whether a binding can be confirmed: it waits, and household and resident belong together."""
    if not waits:
        return _answered()
    reasons = []
    if not same_stairwell:
        reasons.append(Reason(_("这一户不在申请的门洞里"), field="household", mend=_("请选这个门洞里的住户")))
    if not resident_at_home:
        reasons.append(Reason(_("这个人不住在这一户"), field="resident", mend=_("请选这一户的人，或者不选")))
    return Verdict(not reasons, *reasons)


def binding_can_be_refused(*, waits: bool, note: str) -> Verdict[bool]:
    """Whether a binding can be refused: it waits, and there is a reason."""
    if not waits:
        return _answered()
    if not note:
        return Verdict(False, Reason(_("没有写原因"), field="note", mend=_("写一句申请人看得懂的原因")))
    return Verdict(True)


def applicant_can_be_seen(*, waits: bool) -> Verdict[bool]:
    """Whether name and telephone of who asks may be seen: only while they wait for an answer."""
    return Verdict(True) if waits else _answered()


def binding_can_be_ended(*, is_open: bool) -> Verdict[bool]:
    """Whether a binding can end: it waits or stands."""
    return Verdict(True) if is_open else Verdict(False, Reason(_("这个绑定已经结束"), mend=_("不用再办")))


def _answered() -> Verdict[bool]:
    return Verdict(False, Reason(_("这个申请已经办过"), mend=_("刷新页面看看结果")))
