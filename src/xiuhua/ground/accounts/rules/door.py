"""What holds at the door: how often a code goes out, which failures count, how long a session and a token last."""

from datetime import datetime, timedelta
from math import ceil

from xiuhua.ground.accounts.numbers import is_mobile
from xiuhua.ground.standards.trust import CodeStandard, SessionStandard, SignInStandard, TokenStandard
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


def code_can_be_sent(
    phone: str,
    at: datetime,
    figures: CodeStandard,
    *,
    last_at: datetime | None,
    phone_today: int,
    phone_today_all: int,
    address_hour: int,
    own: bool = False,
) -> Verdict[bool]:
    """Whether a code may go to a telephone: a proper number, not again at once, not too often a day or an address.

    `phone_today` and `last_at` are of the address that asks, so that nobody uses up what others may ask for; the cap
    over all addresses keeps a number from being pestered. Whoever is signed in with the number (`own`) has a count that
    strangers do not use up.
    """
    if not is_mobile(phone):
        return _no(_phone_trouble(phone), "phone", _("请填 11 位手机号"))
    wait = 0 if last_at is None else ceil(figures.wait_seconds.number - (at - last_at).total_seconds())
    if wait > 0:
        return _no(_("刚刚发过一条短信"), "phone", _("请等 %(seconds)s 秒再要一条") % {"seconds": wait}, "wait_seconds")
    for count, name in _counts(phone_today, phone_today_all, own=own):
        if count >= getattr(figures, name).number:
            return _no(_("这个号码今天要的验证码太多了"), "phone", _("请明天再来，或者去居委会"), name)
    if not own and address_hour >= figures.address_hour.number:
        return _no(_("这里要的验证码太多了"), "phone", _("请过一个钟头再来，或者去居委会"), "address_hour")
    return Verdict(True)


def _counts(phone_today: int, phone_today_all: int, *, own: bool) -> list[tuple[int, str]]:
    """What is counted, against which figure."""
    return [(phone_today, "own_day")] if own else [(phone_today, "phone_day"), (phone_today_all, "phone_day_all")]


def after_failure(count: int, last_at: datetime | None, at: datetime, figures: SignInStandard) -> int:
    """How many failures count, this one included: those of long ago are forgotten."""
    forgotten = last_at is None or at - last_at > timedelta(minutes=figures.forget_minutes.number)
    return 1 if forgotten else count + 1


def end_of(
    began_at: datetime, seen_at: datetime, figures: SessionStandard, *, is_resident: bool
) -> tuple[datetime, str]:
    """When a session ends, and by what: a worker's by idleness or by the hour, a resident's by the day."""
    if is_resident:
        return seen_at + timedelta(days=figures.resident_days.number), "idle"
    idle = seen_at + timedelta(minutes=figures.idle_minutes.number)
    longest = began_at + timedelta(hours=figures.hours.number)
    return (idle, "idle") if idle < longest else (longest, "longest")


def token_can_be_made(name: str, days: int, figures: TokenStandard) -> Verdict[bool]:
    """Whether a token has a use and an end."""
    longest = int(figures.longest_days.number)
    if not name.strip():
        return Verdict(False, Reason(_("用途空着"), field="name", mend=_("请写清哪个程序用、做什么")))
    if not 1 <= days <= longest:
        return Verdict(
            False,
            Reason(
                _("有效期要在 1 天到 %(longest)s 天之间") % {"longest": longest},
                field="days",
                mend=_("到期前可以再建一个"),
                cites="trust.token.longest_days",
            ),
        )
    return Verdict(True)


def _phone_trouble(phone: str) -> str:
    if phone.isdecimal() and len(phone) < 11:
        return _("手机号少了 %(count)s 位") % {"count": 11 - len(phone)}
    if phone.isdecimal() and len(phone) > 11:
        return _("手机号多了 %(count)s 位") % {"count": len(phone) - 11}
    return _("这不是手机号")


def _no(text: str, field: str, mend: str, figure: str = "") -> Verdict[bool]:
    return Verdict(False, Reason(text, field=field, mend=mend, cites=f"trust.code.{figure}" if figure else None))
