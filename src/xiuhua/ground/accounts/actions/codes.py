"""One-time codes by text message (短信验证码): sent, counted, used once.

A code is drawn, goes out, and is kept only as a digest bound to its row. Whoever asked for it holds the row's number in
their session, so that a code opens the door to nobody else.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import permits, rules
from xiuhua.ground.accounts.models import PhoneCode
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.answers import hold
from xiuhua.ground.messages.sms import Sms
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.standards.trust import CodeStandard
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext as _

_KEPT = timedelta(days=2)


@action(
    "accounts.send_code", says=gettext_lazy("发送验证码"), permits=permits.may_ask_for_code, audience=Audience.OFFICE
)
def send_code(*, actor: Actor, phone: str, address: str, own: bool = False) -> Done[PhoneCode]:
    """Draw a code for a telephone (发送验证码); the answer's subject carries it as `code`, and `message` sends it.

    Parameters
    ----------
    actor : Actor
        Whoever asks; nobody has signed in yet.
    phone : str
        Figures only.
    address : str
        Where the request comes from; only a keyed digest of it is kept.
    own : bool
        Whether somebody is signed in whose telephone it is: they have a count of their own.

    Raises
    ------
    Refused
        The number is none, or too many codes were asked for.
    """
    at, figures, place = now(), policy().code, _digest("own" if own else "address", phone if own else address)
    for asker in (phone, place):  # two at once would each count the codes without the other's
        hold("accounts.send_code", actor, asker)
    sent = PhoneCode.objects.filter(sealed_equals(PhoneCode, "phone", phone))
    here = sent.filter(address=place)
    refuse_unless(
        rules.code_can_be_sent(
            phone,
            at,
            figures,
            last_at=here.order_by("-pk").values_list("made_at", flat=True).first(),
            phone_today=here.filter(made_at__gt=at - timedelta(days=1)).count(),
            phone_today_all=sent.filter(made_at__gt=at - timedelta(days=1)).count(),
            address_hour=PhoneCode.objects.filter(address=place, made_at__gt=at - timedelta(hours=1)).count(),
            own=own,
        )
    )
    PhoneCode.objects.filter(made_at__lt=at - _KEPT).delete()
    digits = int(figures.digits.number)
    code = f"{secrets.randbelow(10**digits):0{digits}d}"
    row = PhoneCode(phone=phone, address=place, made_at=at, expires_at=at + timedelta(minutes=figures.minutes.number))
    row.digest = _digest_of_code(row, code)
    row.save()
    row.code = code  # type: ignore[attr-defined]  # goes out once, is kept nowhere
    return Done(row)


def message(row: PhoneCode, code: str) -> Sms:
    """The text message with a code; the same row gives the same request, so that a gateway sends it once."""
    minutes = int(policy().code.minutes.number)
    text = _("验证码 %(code)s，%(minutes)s 分钟内有效。这是登录用的，谁来要都不要给。")
    values = {"code": code, "minutes": str(minutes)}
    return Sms(row.phone, text % values, template="code", values=values, request_id=row.seal_id.hex)


def use_code(row: PhoneCode, code: str) -> None:
    """Take a code that was typed: right, in time, for the first time.

    Every try is counted before it is looked at, so that two at once do not count as one.

    Raises
    ------
    Refused
        It is not this one, was used, has expired, or was tried too often.
    """
    figures, at = policy().code, now()
    row.refresh_from_db()
    _refuse_spent(row, at, figures)
    most = int(figures.tries.number)
    open_rows = PhoneCode.objects.filter(pk=row.pk, used_at=None)
    if not open_rows.filter(tries__lt=most).update(tries=F("tries") + 1):
        raise Refused(_worn_out())
    if not hmac.compare_digest(row.digest, _digest_of_code(row, code)):
        raise Refused(_wrong(row, code, most - row.tries - 1))
    if not open_rows.update(used_at=at):
        raise Refused(_used())


def _refuse_spent(row: PhoneCode, at: datetime, figures: CodeStandard) -> None:
    if row.used_at is not None:
        raise Refused(_used())
    if at >= row.expires_at:
        minutes = int(figures.minutes.number)
        raise Refused(
            Reason(
                _("验证码过期了，它只管 %(minutes)s 分钟") % {"minutes": minutes},
                field="code",
                mend=_("请重新要一个"),
                cites="trust.code.minutes",
            )
        )
    if row.tries >= figures.tries.number:
        raise Refused(_worn_out())


def _wrong(row: PhoneCode, code: str, left: int) -> Reason:
    # Only codes that were asked for at the same place: else whoever asks for one elsewhere could try out another's.
    earlier = PhoneCode.objects.filter(sealed_equals(PhoneCode, "phone", row.phone), address=row.address, pk__lt=row.pk)
    if any(hmac.compare_digest(one.digest, _digest_of_code(one, code)) for one in earlier):
        return Reason(_("这是前一条短信里的验证码"), field="code", mend=_("请填最新一条短信里的"))
    if left <= 0:
        return _worn_out()
    return Reason(
        _("验证码不对，还能试 %(left)s 次") % {"left": left},
        field="code",
        mend=_("请对照短信再填一次"),
        cites="trust.code.tries",
    )


def _used() -> Reason:
    return Reason(_("这个验证码已经用过了"), field="code", mend=_("每个验证码只能用一次，请重新要一个"))


def _worn_out() -> Reason:
    return Reason(_("这个验证码试错太多次，作废了"), field="code", mend=_("请重新要一个"), cites="trust.code.tries")


def _digest_of_code(row: PhoneCode, code: str) -> str:
    return _digest("code", f"{row.seal_id.hex}|{code}")


def _digest(purpose: str, text: str) -> str:
    ring = keyring()
    return hmac.new(ring.key(f"codes/{purpose}", ring.ids[-1]), text.encode(), hashlib.sha256).hexdigest()
