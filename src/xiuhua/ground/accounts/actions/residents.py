"""Residents at the door (居民): an account comes into being when somebody first shows that a telephone is theirs."""

import secrets

from django.db import transaction
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import permits
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor, Visitor
from xiuhua.ground.journal.answers import hold
from xiuhua.ground.sealing.fields import sealed_equals


@action("accounts.open_own", says=gettext_lazy("居民首次登录"), permits=permits.may_open_own, audience=Audience.OFFICE)
def open_own(*, actor: Actor, phone: str) -> Done[User]:
    """Open a resident's account for a telephone that has just been shown to be theirs (居民首次登录).

    It has no password, no name and no household: those come when a committee worker confirms who they are.
    """
    user = User(username=f"r-{secrets.token_hex(8)}", kind=Kind.RESIDENT, phone=phone, made_at=now())
    user.set_unusable_password()
    user.save()
    return Done(user, sealed={"phone": phone})


def resident_with(phone: str) -> User | None:
    """The resident's account of a telephone, open or ended; a worker's account is another one."""
    rows = User.objects.filter(sealed_equals(User, "phone", phone), kind=Kind.RESIDENT)
    return rows.order_by("-is_active", "pk").first()  # type: ignore[no-any-return]


def resident_of(phone: str) -> User:
    """The resident's account of a telephone, opened where there is none yet; two codes at once open one."""
    with transaction.atomic():
        hold("accounts.open_own", Visitor(), phone)
        return resident_with(phone) or open_own(actor=Visitor(), phone=phone).subject
