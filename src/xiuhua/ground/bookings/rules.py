"""What can be booked, who moves up, who may be checked in: decisions on plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xiuhua.ground.standards.bookings import BookingStandard
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


class BookingState(StrEnum):
    """How a booking stands."""

    BOOKED = "booked"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    CAME = "came"
    MISSED = "missed"


HOLDS_PLACES = frozenset({BookingState.BOOKED, BookingState.CAME})
"""States in which people have their places."""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session as rules see it; `taken` counts the people who have a place."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int = 0
    opens_at: datetime | None = None
    has_waiting_list: bool = True
    closed: bool = False
    cancelled: bool = False

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return self.capacity - self.taken


@dataclass(frozen=True, slots=True)
class Party:
    """Some people who booked together: their number in the order of the session, and how many they are."""

    number: int
    people: int


def session_can_be_held(
    session: SessionFacts, *, title: str, place: str, now: datetime, figures: BookingStandard
) -> Verdict[bool]:
    """Whether a session as planned is one: named, somewhere, to come, with an end after its start and room."""
    reasons: list[Reason] = []
    if not title.strip():
        reasons.append(Reason(_("没有写名称"), field="title"))
    if not place.strip():
        reasons.append(Reason(_("没有写地点"), field="place", mend=_("请写到门牌和房间")))
    if session.ends_at <= session.starts_at:
        reasons.append(Reason(_("结束时间不在开始时间之后"), field="ends_at"))
    elif session.ends_at <= now:
        reasons.append(Reason(_("这个时间已经过去了"), field="starts_at", mend=_("请选以后的时间")))
    if session.opens_at is not None and session.opens_at >= session.starts_at:
        reasons.append(Reason(_("开始预约的时间要在活动开始之前"), field="opens_at"))
    most = int(figures.most_capacity.number)
    if not 1 <= session.capacity <= most:
        reasons.append(
            Reason(
                _("名额要在 1 到 %(most)d 之间") % {"most": most},
                field="capacity",
                cites="bookings.session.most_capacity",
            )
        )
    elif session.capacity < session.taken:
        reasons.append(
            Reason(
                _("已经约出 %(taken)d 个名额，不能再少") % {"taken": session.taken},
                field="capacity",
                mend=_("要减少，请先联系约好的人取消"),
            )
        )
    return Verdict(not reasons, *reasons)


def is_still_open(session: SessionFacts) -> Verdict[bool]:
    """Whether a session still stands: neither called off nor ended."""
    if session.cancelled:
        return Verdict(False, Reason(_("这一场已经取消")))
    if session.closed:
        return Verdict(False, Reason(_("这一场已经结束登记")))
    return Verdict(True)


def can_be_called_off(session: SessionFacts, *, reason: str, now: datetime) -> Verdict[bool]:
    """Whether a session can be called off: it stands, is not over, and those who booked are told why."""
    standing = is_still_open(session)
    if not standing.decision:
        return standing
    if now >= session.ends_at:
        return Verdict(False, Reason(_("这一场已经开完，不能取消"), mend=_("请结束登记")))
    if not reason.strip():
        return Verdict(False, Reason(_("没有写取消的原因"), field="reason", mend=_("约好的人会看到")))
    return Verdict(True)


def can_be_closed(session: SessionFacts, *, now: datetime) -> Verdict[bool]:
    """Whether the list can be closed, with which whoever did not come has missed it."""
    standing = is_still_open(session)
    if standing.decision and now < session.ends_at:
        return Verdict(False, Reason(_("这一场还没有结束"), mend=_("请在结束时间以后再结束登记")))
    return standing


def can_be_booked(
    session: SessionFacts,
    *,
    people: int,
    booked_before: bool,
    others_first: bool,
    now: datetime,
    figures: BookingStandard,
) -> Verdict[BookingState | None]:
    """How a booking of so many people stands: with places, on the waiting list, or not at all.

    With `others_first` there are people for whom free places are kept together: who comes now waits behind them.
    """
    standing = is_still_open(session)
    if not standing.decision:
        return Verdict(None, *standing.reasons)
    if now >= session.starts_at:
        return Verdict(None, Reason(_("这一场已经开始，不能再预约"), mend=_("还有空位的话，到现场可以直接进")))
    if session.opens_at is not None and now < session.opens_at:
        return Verdict(None, Reason(_("还没有开始预约")))
    if booked_before:
        return Verdict(
            None,
            Reason(_("这个电话已经约过这一场"), field="phone", mend=_("要改人数，请先取消原来的预约")),
        )
    most = min(int(figures.most_people.number), session.capacity)
    if not 1 <= people <= most:
        return Verdict(
            None,
            Reason(_("一次最多约 %(most)d 人") % {"most": most}, field="people", cites="bookings.booking.most_people"),
        )
    if people <= session.free and not others_first:
        return Verdict(BookingState.BOOKED)
    if session.has_waiting_list:
        return Verdict(BookingState.WAITING, Reason(_("名额不够了，先给您排上候补，有人取消就按先后补上")))
    left = _("只剩 %(free)d 个名额") % {"free": session.free} if session.free else _("名额已经约满")
    return Verdict(None, Reason(left, field="people"))


def promoted(waiting: Iterable[Party], free: int, *, small_parties_pass: bool) -> list[int]:
    """Numbers of those who move up from the waiting list into free places, strictly in its order.

    The first party that does not fit keeps everybody behind it waiting, unless the session has declared that smaller
    parties may pass.
    """
    found: list[int] = []
    for party in sorted(waiting, key=lambda party: party.number):
        if party.people <= free:
            found.append(party.number)
            free -= party.people
        elif not small_parties_pass:
            break
    return found


def can_be_cancelled(state: BookingState, session: SessionFacts, *, now: datetime) -> Verdict[bool]:
    """Whether a booking can be taken back: it stands, and the session is not over."""
    if state == BookingState.CANCELLED:
        return Verdict(False, Reason(_("已经取消过了")))
    if state == BookingState.CAME:
        return Verdict(False, Reason(_("已经签到，不用取消")))
    if now >= session.ends_at or session.closed:
        return Verdict(False, Reason(_("这一场已经结束")))
    return Verdict(True)


def door_opens_at(session: SessionFacts, figures: BookingStandard) -> datetime:
    """From when on people are checked in."""
    return session.starts_at - timedelta(minutes=figures.check_in_opens_minutes.number)


def the_door_is_open(session: SessionFacts, *, now: datetime, figures: BookingStandard) -> Verdict[bool]:
    """Whether people are let in now."""
    standing = is_still_open(session)
    if not standing.decision:
        return standing
    if now < door_opens_at(session, figures):
        return Verdict(
            False,
            Reason(
                _("还没有开始签到"),
                mend=_("开始前 %(minutes)d 分钟起签到") % {"minutes": int(figures.check_in_opens_minutes.number)},
                cites="bookings.check_in.opens_minutes",
            ),
        )
    return Verdict(True)


def can_be_checked_in(
    state: BookingState, session: SessionFacts, *, people: int, now: datetime, figures: BookingStandard
) -> Verdict[bool]:
    """Whether those who booked are let in: the door is open, and their places are theirs or still free.

    Whoever waited, or came after their places were given away, is let in where there is room.
    """
    door = the_door_is_open(session, now=now, figures=figures)
    if not door.decision:
        return door
    if state == BookingState.CAME:
        return Verdict(False, Reason(_("已经签到过了")))
    if state == BookingState.CANCELLED:
        return Verdict(False, Reason(_("这个预约已经取消"), mend=_("还有空位的话，按现场来的登记")))
    if state == BookingState.WAITING and now < session.starts_at:
        return Verdict(False, Reason(_("还在候补"), mend=_("开始以后有空位就可以进")))
    if state not in HOLDS_PLACES and people > session.free:
        gone = state == BookingState.MISSED
        told = _("来晚了，位子已经让给现场的人") if gone else _("还在候补，没有空位")
        return Verdict(False, Reason(told))
    return Verdict(True)


def given_away(
    not_come: Sequence[Party], session: SessionFacts, *, people: int, now: datetime, figures: BookingStandard
) -> list[int] | None:
    """Whose places go to people who stand at the door: nobody's where there is room; None where nothing helps.

    Places are kept for so many minutes after the start; then those who booked last give theirs first, and no more than
    are needed.
    """
    needed = people - session.free
    if needed <= 0:
        return []
    if now < session.starts_at + timedelta(minutes=figures.hold_minutes.number):
        return None
    found: list[int] = []
    for party in sorted(not_come, key=lambda party: -party.number):
        found.append(party.number)
        needed -= party.people
        if needed <= 0:
            return found
    return None


def can_walk_in(
    session: SessionFacts,
    not_come: Sequence[Party],
    *,
    people: int,
    booked_before: bool,
    others_first: bool,
    now: datetime,
    figures: BookingStandard,
) -> Verdict[bool]:
    """Whether people who did not book are let in; before the start nobody passes those who wait (`others_first`)."""
    door = the_door_is_open(session, now=now, figures=figures)
    if not door.decision:
        return door
    if booked_before:
        return Verdict(False, Reason(_("这个电话已经约过这一场"), field="phone", mend=_("请在名单里点签到")))
    if not 1 <= people <= session.capacity:
        return Verdict(False, Reason(_("人数至少 1 人，最多到名额"), field="people"))
    if others_first and now < session.starts_at:
        return Verdict(False, Reason(_("还有人在候补"), field="people", mend=_("开始以后有空位再登记")))
    if given_away(not_come, session, people=people, now=now, figures=figures) is None:
        minutes = int(figures.hold_minutes.number)
        return Verdict(
            False,
            Reason(
                _("没有空位了"),
                field="people",
                mend=_("约好的位子留到开始后 %(minutes)d 分钟") % {"minutes": minutes},
                cites="bookings.check_in.hold_minutes",
            ),
        )
    return Verdict(True)


def phone_reads(phone: str) -> Verdict[bool]:
    """Whether a telephone can be called: a mobile of eleven figures, or a landline of at least seven."""
    figures = "".join(letter for letter in phone if letter.isdigit())
    if not figures:
        return Verdict(False, Reason(_("没有写电话"), field="phone", mend=_("有变动时好通知您")))
    if phone.strip().startswith("1") and len(figures) != 11:
        return Verdict(
            False,
            Reason(_("手机号是 11 位，这里有 %(count)d 位") % {"count": len(figures)}, field="phone"),
        )
    if not 7 <= len(figures) <= 13:
        return Verdict(False, Reason(_("电话的位数不对"), field="phone", mend=_("手机号 11 位，座机带区号")))
    return Verdict(True)


def name_reads(name: str) -> Verdict[bool]:
    """Whether a name stands there by which somebody is called at the door."""
    return Verdict(True) if name.strip() else Verdict(False, Reason(_("没有写称呼"), field="name"))
