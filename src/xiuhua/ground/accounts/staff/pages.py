"""人员与权限: who works here, what they may do where, and how they come in again."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts import actions, permits
from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.accounts.models import Kind, RoleGrant, User
from xiuhua.ground.accounts.places import places_for
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.accounts.staff.forms import InviteForm, RoleForm
from xiuhua.ground.accounts.staff.lists import staff_list, state_of, with_facts
from xiuhua.ground.accounts.staff.roles import ROLES, roles_held
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import OVERSIGHT, Role, Sight
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage, Related

INVITE = FormPage(
    title=gettext_lazy("开通账号"),
    submit=gettext_lazy("开通账号"),
    icon="i-check",
    parts=[
        Part(gettext_lazy("是谁"), [("username", "name"), "phone"]),
        Part(gettext_lazy("做什么"), [("role", "path")], hint=gettext_lazy("以后可以再加角色，一个人可以有几个。")),
    ],
)
GIVE = FormPage(title=gettext_lazy("给角色"), submit=gettext_lazy("给这个角色"), icon="i-check")


@sensitive_post_parameters("q")
@sight_required(Sight.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff(request: UserRequest) -> HttpResponse:
    """The list of those who work here."""
    page = staff_list(
        request.actor, may_invite=request.actor.holds(Role.SYSTEM_ADMIN), invite_url=reverse("accounts:invite")
    )
    return page.respond(request, User.objects.visible_to(request.actor).filter(kind=Kind.STAFF))


@never_cache
@sight_required(Sight.STAFF)
@require_http_methods(["GET", "POST"])
def invite(request: UserRequest) -> HttpResponse:
    """Open an account, and show its first password this once."""
    if not request.actor.holds(Role.SYSTEM_ADMIN):
        raise PermissionDenied
    form = InviteForm(request.POST or None, places=places_for(request.actor), roles=_roles_to_give(request.actor))
    if form.is_valid():
        with refusals_on(form):
            user = actions.invite_staff(actor=request.actor, **form.cleaned_data).subject
            return first_password(request, user)
    return INVITE.respond(request, form, crumbs=_crumbs(), cancel=reverse("accounts:staff"))


@sight_required(Sight.STAFF)
@require_safe
def person(request: UserRequest, user_id: int) -> HttpResponse:
    """Someone who works here: roles, state, and what can be done."""
    user = _person(request, user_id)
    may_manage = permits.may_manage(request.actor, user=user) and user.reference != request.actor.reference
    state, tone = state_of(user)
    return ObjectPage(
        title=user.name,
        subject=user,
        crumbs=_crumbs(),
        chips=[Chip(state, tone)],
        acts=[*_role_act(request.actor, user), *(_acts(user) if may_manage else [])],
        facts=[
            Fact(_("工号"), user.username),
            Fact(_("手机号"), mask_phone(user.phone)),
            Fact(_("开通"), user.made_at),
            Fact(_("停用"), user.ended_at)
            if user.ended_at
            else Fact(_("上次登录"), user.last_login or _("还没有登录过")),
            Fact(_("登录第二步"), _("设好了") if _has_factors(user) else _("没有设")),
        ],
        sections=[Related(_("角色"), _columns(request.actor), roles_held(user), empty=_("现在没有角色。"))],
    ).respond(request)


@sight_required(Sight.STAFF)
@require_http_methods(["GET", "POST"])
def give_role(request: UserRequest, user_id: int) -> HttpResponse:
    """Let someone hold one more role."""
    user = _person(request, user_id)
    roles = _roles_to_give(request.actor)
    if not roles:
        raise PermissionDenied
    form = RoleForm(request.POST or None, places=places_for(request.actor), roles=roles)
    if form.is_valid():
        with refusals_on(form):
            actions.give_role(actor=request.actor, user=user, **form.cleaned_data)
            messages.success(request, _("角色给了"))
            return redirect("accounts:person", user.pk)
    back = reverse("accounts:person", args=[user.pk])
    return GIVE.respond(request, form, subtitle=user.name, crumbs=_crumbs(user), cancel=back)


def first_password(request: UserRequest, user: User) -> HttpResponse:
    """Show a first password this once; to the same request sent again, that it was shown."""
    shown = getattr(user, "first_password", "")
    return render(
        request,
        "accounts/first_password.html",
        {"person_told": user, "shown": shown, "hours": int(policy(user.home).password.first_hours.number)},
    )


def _person(request: UserRequest, user_id: int) -> Any:
    user = get_visible_or_404(User.objects.filter(kind=Kind.STAFF), request.actor, pk=user_id)
    return next(iter(with_facts([user])))


def _crumbs(user: User | None = None) -> list[tuple[str, str]]:
    above = [(_("人员与权限"), reverse("accounts:staff"))]
    return [*above, (user.name, reverse("accounts:person", args=[user.pk]))] if user else above


def _roles_to_give(actor: Any) -> list[Role]:
    return [role for role in Role if actor.holds(permits.GIVERS[role in OVERSIGHT])]


def _role_act(actor: Any, user: User) -> list[Act]:
    if not user.is_active or not _roles_to_give(actor) or user.reference == actor.reference:
        return []
    return [Act(_("给角色"), reverse("accounts:give_role", args=[user.pk]), "i-user-check", primary=True)]


def _acts(user: Any) -> list[Act]:
    def to(name: str) -> str:
        return reverse(f"accounts:{name}", args=[user.pk])

    if not user.is_active:
        return [Act(_("重新启用"), to("reopen"), "i-refresh")]
    acts = [Act(_("重设密码"), to("reset"), "i-key")]
    if user.is_locked:
        acts.insert(0, Act(_("解锁"), to("unlock"), "i-lock", post=True))
    if _has_factors(user):
        acts.append(Act(_("清除登录第二步"), to("drop_factors"), "i-device-mobile"))
    return [*acts, Act(_("停用"), to("end"), "i-ban", danger=True)]


def _has_factors(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def _columns(actor: Any) -> list[Column[Any]]:
    def to_take(grant: RoleGrant) -> str:
        allowed = permits.may_take_role(actor, grant=grant) and grant.user.reference != actor.reference
        return reverse("accounts:take_role", args=[grant.pk]) if allowed else ""

    return [*ROLES, Column("take", _("收回"), lambda grant: _("收回") if to_take(grant) else "", link=to_take)]
