"""What is asked at the door before anyone is let in: number and password, or a telephone and its code."""

from datetime import datetime, timedelta
from math import ceil

from xiuhua.ground.accounts.actions import codes
from xiuhua.ground.accounts.actions.residents import resident_of, resident_with
from xiuhua.ground.accounts.entrance import tries
from xiuhua.ground.accounts.entrance.backend import password_is_right, staff_with
from xiuhua.ground.accounts.models import PhoneCode, User
from xiuhua.ground.accounts.numbers import typed
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.accounts.queries import first_password_given_at
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.journal.attempts import record_refusal
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

VERB = "accounts.sign_in"


def person_with_password(number: str, password: str) -> User:
    """The worker whose number and password these are.

    A number that nobody has is answered like a wrong password, and locks like one. What was refused goes on record.

    Raises
    ------
    Refused
        They do not belong together, were tried too often, or are good no more.
    """
    number = typed(number)
    user, figures = staff_with(number), policy().sign_in
    key = tries.key_for(number, user)
    if (until := tries.take(key, user, figures)) is not None:
        raise _refused(user, "locked", number, locked_out(until))
    right = password_is_right(user, password)
    if user is None or not right:
        standing = tries.failed(key, user, figures)
        reason = locked_out(standing.locked_until) if standing.locked_until else _wrong(standing.left)
        raise _refused(user, "password" if user else "unknown", number, reason)
    tries.give_back(key)
    if not user.is_active:
        raise _refused(user, "ended", number, _ended())
    if _first_password_is_over(user):
        raise _refused(user, "first_password", number, _first_password_over(user))
    return user


def person_with_code(row: PhoneCode | None, code: str) -> User:
    """The resident whose telephone a code went to; an account is opened at the first time.

    Raises
    ------
    Refused
        The code is not this one, was used, has expired, was tried too often, or the account has ended.
    """
    if row is None:
        raise Refused(Reason(_("还没有要过验证码"), field="code", mend=_("请先填手机号")))
    try:
        codes.use_code(row, code)
        user = resident_of(row.phone)
        if not user.is_active:
            raise Refused(Reason(_("这个账号已经停用"), field="code", mend=_("请到居委会问一问")))
    except Refused:
        record_refusal(VERB, Visitor(), subject=resident_with(row.phone), facts={"why": "code"}, said=row.phone)
        raise
    return user


def refuse_second_step(user: User, why: str = "second_step") -> None:
    """Put on record that a second step was failed, or that nobody may try it now."""
    record_refusal(VERB, Visitor(), subject=user, facts={"why": why}, said=user.username)


def _refused(user: User | None, why: str, number: str, reason: Reason) -> Refused:
    record_refusal(VERB, Visitor(), subject=user, facts={"why": why}, said=number)
    return Refused(reason)


def _first_password_is_over(user: User) -> bool:
    """Whether a first password was not used in time."""
    if not user.must_change_password:
        return False
    given = first_password_given_at(user)
    return given is None or now() - given > timedelta(hours=policy(user.home).password.first_hours.number)


def _wrong(left: int) -> Reason:
    return Reason(
        _("密码不对，还能试 %(left)s 次。忘了就找街道系统管理员重设。") % {"left": left}, cites="trust.sign_in.tries"
    )


def locked_out(until: datetime) -> Reason:
    """Why nobody comes in now, and when they may again."""
    return Reason(
        _("试错太多次，锁住了，%(minutes)s 分钟后再来。急着用就找街道系统管理员解锁。")
        % {"minutes": ceil((until - now()) / timedelta(minutes=1))},
        cites="trust.sign_in.lock_minutes",
    )


def _ended() -> Reason:
    return Reason(_("这个账号已经停用。要重新启用，请找街道系统管理员。"))


def _first_password_over(user: User) -> Reason:
    hours = int(policy(user.home).password.first_hours.number)
    return Reason(
        _("首次密码过了 %(hours)s 小时没有用，已经作废。请找街道系统管理员重设。") % {"hours": hours},
        cites="trust.password.first_hours",
    )
