"""Verbs on a worker's account: invite and correct, give and take a role, end and reopen, a new password."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import permits, rules
from xiuhua.ground.accounts.actions.first_passwords import draw, with_first_password
from xiuhua.ground.accounts.models import Kind, RoleGrant, User, UserQuerySet
from xiuhua.ground.accounts.places import names_of
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.grants import Grant
from xiuhua.ground.scope.roles import ADMINISTRATIONS, Role
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.verdicts import refuse_unless


@action("accounts.invite_staff", says=gettext_lazy("开通账号"), permits=permits.may_invite, audience=Audience.OFFICE)
def invite_staff(
    *,
    actor: Actor,
    path: str,
    username: str,
    name: str,
    phone: str = "",
    password: str = "",
    lasting: bool = False,
    with_password: bool = True,
    role: Role | None = None,
) -> Done[User]:
    """Open an account for someone who works here (开通账号), with a first password that they must change.

    The first password is drawn unless one is given; the answer's subject carries it as `first_password`, and it is kept
    nowhere. Only the system opens an account whose given password is `lasting`: nobody need change it. One that is
    opened without a password waits until first passwords are handed out (`first_passwords.hand_out`).

    Raises
    ------
    Refused
        Staff number or telephone is malformed or taken, the name is empty, or the role cannot be given.
    """
    username, name, phone = username.strip(), name.strip(), phone.strip()
    refuse_unless(
        rules.staff_can_be_invited(
            username,
            name,
            phone,
            taken=User.objects.filter(username__iexact=username).exists(),
            phone_taken=bool(phone) and phone_holders(phone).exists(),
        )
    )
    user = User(username=username, name=name, phone=phone, home=path, must_change_password=not lasting, made_at=now())
    first = (password or draw()) if with_password else ""
    user.set_password(first or None)
    user.save()
    if role is not None:
        give_role(actor=actor, user=user, role=role, path=path)
    user.first_password = first  # type: ignore[attr-defined]  # told once, kept nowhere
    return Done(user, {"role": role}, sealed={"name": name, "phone": phone})


@action("accounts.correct_staff", says=gettext_lazy("更正账号"), permits=permits.may_manage, audience=Audience.OFFICE)
def correct_staff(*, actor: Actor, user: User, name: str, phone: str) -> Done[User]:
    """Put right how somebody is called or reached (更正账号).

    Raises
    ------
    Refused
        The account has ended, the name is empty, or the telephone is malformed or another's.
    """
    user = locked(user)
    name, phone = name.strip(), phone.strip()
    taken = bool(phone) and phone_holders(phone).exclude(pk=user.pk).exists()
    refuse_unless(rules.staff_can_be_corrected(name, phone, is_active=user.is_active, phone_taken=taken))
    told = {"name": [user.name, name], "phone": [user.phone, phone]}
    changed = {field: values for field, values in told.items() if values[0] != values[1]}
    user.name, user.phone = name, phone
    user.save(update_fields=["name", "phone"])
    return Done(user, {"fields": sorted(changed)}, sealed=changed)


@action("accounts.give_role", says=gettext_lazy("授予角色"), permits=permits.may_give_role, audience=Audience.OFFICE)
def give_role(*, actor: Actor, user: User, role: Role, path: str) -> Done[RoleGrant]:
    """Let someone hold a role at a place (授予角色).

    Raises
    ------
    Refused
        It excludes a role that they hold, is held already, or nobody knows the place; nobody gives to themselves.
    """
    user = locked(user)
    refuse_unless(
        rules.role_can_be_given(
            role,
            path,
            user.grants,
            is_staff=user.kind == Kind.STAFF,
            is_active=user.is_active,
            is_self=user.reference == actor.reference,
            place_known=path in names_of([path]),
        )
    )
    grant = RoleGrant.objects.create(user=user, role=role, path=path, given_by=actor.reference, given_at=now())
    return Done(grant, {"user": user.pk, "role": role})


@action("accounts.take_role", says=gettext_lazy("收回角色"), permits=permits.may_take_role, audience=Audience.OFFICE)
def take_role(*, actor: Actor, grant: RoleGrant) -> Done[RoleGrant]:
    """Take a role from someone (收回角色).

    Raises
    ------
    Refused
        It was taken before, or they are the last administrator of their kind.
    """
    user, grant = locked(grant.user), locked(grant)
    refuse_unless(
        rules.role_can_be_taken(
            is_held=grant.is_held(),
            is_self=user.reference == actor.reference,
            last_of=_last_of(user, (Grant(Role(grant.role), grant.path),)),
        )
    )
    grant.ended_at = now()
    grant.save(update_fields=["ended_at"])
    return Done(grant, {"user": user.pk, "role": grant.role})


@action("accounts.end_staff", says=gettext_lazy("停用账号"), permits=permits.may_manage, audience=Audience.OFFICE)
def end_staff(*, actor: Actor, user: User) -> Done[User]:
    """End an account (停用账号): its sessions, tokens and roles end with it; what it did stays on record.

    Raises
    ------
    Refused
        It has ended, is one's own, or is the last administrator of its kind.
    """
    user = locked(user)
    refuse_unless(
        rules.staff_can_be_ended(
            is_active=user.is_active,
            is_self=user.reference == actor.reference,
            last_of=_last_of(user, user.grants),
        )
    )
    at = now()
    user.role_grants.filter(ended_at__isnull=True).update(ended_at=at)
    user.api_tokens.filter(ended_at__isnull=True).update(ended_at=at)
    user.is_active, user.ended_at = False, at
    user.save(update_fields=["is_active", "ended_at"])
    user.forget_grants()
    return Done(user)


@action(
    "accounts.reopen_staff", says=gettext_lazy("重新启用账号"), permits=permits.may_manage, audience=Audience.OFFICE
)
def reopen_staff(*, actor: Actor, user: User) -> Done[User]:
    """Open an account again (重新启用账号), with a new first password and without roles.

    Raises
    ------
    Refused
        It has not ended.
    """
    user = locked(user)
    refuse_unless(rules.staff_can_be_reopened(is_active=user.is_active))
    return Done(with_first_password(user, is_active=True, ended_at=None))


@action("accounts.reset_password", says=gettext_lazy("重设密码"), permits=permits.may_manage, audience=Audience.OFFICE)
def reset_password(*, actor: Actor, user: User) -> Done[User]:
    """Give someone a new first password (重设密码), which they must change at once; their sessions end.

    Raises
    ------
    Refused
        The account has ended, or is one's own.
    """
    user = locked(user)
    refuse_unless(rules.password_can_be_reset(is_active=user.is_active, is_self=user.reference == actor.reference))
    return Done(with_first_password(user))


@action(
    "accounts.export_staff",
    says=gettext_lazy("导出人员名单"),
    permits=permits.may_export,
    audience=Audience.OFFICE,
    shows=True,
)
def export_staff(*, actor: Actor, by: User, rows: int) -> Done[User]:
    """Take the list of staff away as a file (导出人员名单)."""
    return Done(by, {"rows": rows})


def phone_holders(phone: str) -> UserQuerySet:
    """Staff accounts in use that have a telephone; a worker may live here too, and have a resident's account."""
    rows: UserQuerySet = User.objects.filter(sealed_equals(User, "phone", phone), is_active=True, kind=Kind.STAFF)
    return rows


def _last_of(user: User, going: tuple[Grant, ...]) -> Role | None:
    """The administration of which nobody would be left at its place."""
    for grant in going:
        others = RoleGrant.objects.filter(role=grant.role, path=grant.path, ended_at__isnull=True).exclude(user=user)
        if grant.role in ADMINISTRATIONS and not others.exists():
            return grant.role
    return None
