"""Verbs for those who stand before a locked door: an administrator lifts a lock, or takes away lost factors."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import permits, rules
from xiuhua.ground.accounts.entrance import tries
from xiuhua.ground.accounts.entrance.sessions import end_sessions
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext as _


@action("accounts.unlock", says=gettext_lazy("解锁账号"), permits=permits.may_manage, audience=Audience.OFFICE)
def unlock(*, actor: Actor, user: User) -> Done[User]:
    """Let someone try again who failed too often (解锁账号).

    Raises
    ------
    Refused
        The account is not locked.
    """
    key = tries.key_for(user.username, user)
    if tries.locked_until(key) is None:
        raise Refused(Reason(_("这个账号没有锁住"), mend=_("本人可以直接登录")))
    tries.forget(key)
    return Done(user)


@action(
    "accounts.drop_factors", says=gettext_lazy("清除登录第二步"), permits=permits.may_manage, audience=Audience.OFFICE
)
def drop_factors(*, actor: Actor, user: User) -> Done[User]:
    """Take away the second factors of someone who lost them (清除登录第二步); their sessions end.

    Raises
    ------
    Refused
        There are none, or they are one's own.
    """
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    is_self = user.reference == actor.reference
    refuse_unless(rules.factors_can_be_dropped(stand=bool(kinds), is_self=is_self))
    Authenticator.objects.filter(user=user).delete()
    return Done(user, {"kinds": kinds, "sessions": end_sessions(user)})
