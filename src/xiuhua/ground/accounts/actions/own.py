"""Verbs on one's own account: sign in and out, change the password, second factors, tokens for programs."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import permits, rules
from xiuhua.ground.accounts.entrance.backend import password_is_right
from xiuhua.ground.accounts.entrance.sessions import end_sessions
from xiuhua.ground.accounts.models import ApiToken, User
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext as _

TOKEN_PREFIX = "xiuhua-"  # noqa: S105 - how a token begins, so that a scanner of leaked secrets knows it


@action("accounts.sign_in", says=gettext_lazy("登录"), permits=permits.may_keep_own, audience=Audience.OFFICE)
def sign_in(*, actor: Actor, user: User, by: str, in_two_steps: bool = False) -> Done[User]:
    """Come in (登录), after every step at the door has been passed.

    Parameters
    ----------
    actor, user : User
        The same person.
    by : str
        ``password``, ``passkey`` or ``code``.
    in_two_steps : bool
        A second factor was shown.
    """
    user.last_login = now()
    user.save(update_fields=["last_login"])
    return Done(user, {"by": by, "in_two_steps": in_two_steps})


@action("accounts.sign_out", says=gettext_lazy("退出"), permits=permits.may_keep_own, audience=Audience.OFFICE)
def sign_out(*, actor: Actor, user: User) -> Done[User]:
    """Go out (退出)."""
    return Done(user)


@action(
    "accounts.sign_out_everywhere",
    says=gettext_lazy("在所有设备上退出"),
    permits=permits.may_keep_own,
    audience=Audience.OFFICE,
)
def sign_out_everywhere(*, actor: Actor, user: User) -> Done[User]:
    """Go out on every device (在所有设备上退出), this one too."""
    return Done(user, {"sessions": end_sessions(user)})


@action(
    "accounts.change_password", says=gettext_lazy("修改密码"), permits=permits.may_keep_own, audience=Audience.OFFICE
)
def change_password(*, actor: Actor, user: User, password: str) -> Done[User]:
    """Take a new password (修改密码); all sessions end, but for the one whose hash the door renews.

    Raises
    ------
    Refused
        It is the old one, or not good enough.
    """
    user = locked(user)
    if password_is_right(user, password):
        raise Refused(Reason(_("新密码和现在的一样"), field="new", mend=_("请换一个")))
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(*(Reason(message, field="new") for message in error.messages)) from error
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    return Done(user)


@action(
    "accounts.keep_factor",
    says=gettext_lazy("设置登录第二步"),
    permits=permits.may_keep_own,
    audience=Audience.OFFICE,
)
def keep_factor(*, actor: Actor, user: User, kind: str) -> Done[User]:
    """Set up a second factor (设置登录第二步): an authenticator, a passkey, recovery codes."""
    return Done(user, {"kind": kind})


@action(
    "accounts.give_up_factor",
    says=gettext_lazy("取消登录第二步"),
    permits=permits.may_keep_own,
    audience=Audience.OFFICE,
)
def give_up_factor(*, actor: Actor, user: User, kind: str) -> Done[User]:
    """Give up a second factor (取消登录第二步)."""
    return Done(user, {"kind": kind})


@action(
    "accounts.make_token", says=gettext_lazy("建立接口令牌"), permits=permits.may_keep_own, audience=Audience.OFFICE
)
def make_token(*, actor: Actor, user: User, name: str, days: int) -> Done[ApiToken]:
    """Make a token with which a program speaks for oneself (建立接口令牌).

    The answer's subject carries it as `secret`, told once; only its digest is kept.

    Raises
    ------
    Refused
        It has no use, or no end within the time allowed.
    """
    refuse_unless(rules.token_can_be_made(name, days, policy(user.home).token))
    secret, at = f"{TOKEN_PREFIX}{secrets.token_urlsafe(32)}", now()
    token = ApiToken.objects.create(
        user=user, name=name.strip(), digest=digest_of(secret), made_at=at, expires_at=at + timedelta(days=days)
    )
    token.secret = secret  # type: ignore[attr-defined]  # told once, kept nowhere
    return Done(token, {"days": days})


def may_end_token(actor: Actor, *, token: ApiToken, **_: object) -> bool:
    """Whoever made it."""
    return permits.may_keep_own(actor, user=token.user)


@action("accounts.end_token", says=gettext_lazy("停用接口令牌"), permits=may_end_token, audience=Audience.OFFICE)
def end_token(*, actor: Actor, token: ApiToken) -> Done[ApiToken]:
    """End a token (停用接口令牌).

    Raises
    ------
    Refused
        It has ended.
    """
    token = locked(token)
    if token.ended_at is not None:
        raise Refused(Reason(_("这个令牌已经停用"), mend=_("不用再停一次")))
    token.ended_at = now()
    token.save(update_fields=["ended_at"])
    return Done(token)


def digest_of(secret: str) -> str:
    """What is kept of a token: it is random and long, so that a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()
