"""我的账号: what someone who works here sees and changes of their own account."""

from dataclasses import replace
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.entrance.credentials import person_with_password
from xiuhua.ground.accounts.entrance.gates import note_new_password
from xiuhua.ground.accounts.factors.standing import standing
from xiuhua.ground.accounts.guards import UserRequest, for_staff
from xiuhua.ground.accounts.models import ApiToken, User
from xiuhua.ground.accounts.own.devices import device_of, on_our_clock
from xiuhua.ground.accounts.own.forms import NewPasswordForm, TokenForm
from xiuhua.ground.accounts.queries import password_changed_at
from xiuhua.ground.accounts.staff.roles import ROLES, roles_held
from xiuhua.ground.accounts.titles import first_role_of
from xiuhua.ground.clock import now
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Fact, ObjectPage, Part, Related
from xiuhua.ground.verdicts import Refused

TOKENS: list[Column[Any]] = [
    Column("name", gettext_lazy("用途"), lambda token: token.name),
    Column("made_at", gettext_lazy("建立"), lambda token: token.made_at, kind="moment"),
    Column("expires_at", gettext_lazy("到期"), lambda token: token.expires_at, kind="moment"),
    Column(
        "end",
        gettext_lazy("停用"),
        lambda _token: _("停用"),
        link=lambda token: reverse("accounts:end_token", args=[token.pk]),
    ),
]
SESSIONS: list[Column[Any]] = [
    Column("device", gettext_lazy("设备"), lambda row: device_of(row.user_agent)),
    Column("ip", gettext_lazy("地址"), lambda row: row.ip),
    Column("created_at", gettext_lazy("登录于"), lambda row: on_our_clock(row.created_at), kind="moment"),
    Column("now", gettext_lazy("是不是这台"), lambda row: _("就是这台") if row.is_current() else ""),
]
CHANGE = FormPage(title=gettext_lazy("修改密码"), submit=gettext_lazy("换成新密码"), icon="i-check")
MAKE_TOKEN = FormPage(
    title=gettext_lazy("建立接口令牌"),
    submit=gettext_lazy("建立令牌"),
    icon="i-check",
    say=[gettext_lazy("令牌让一个程序替您取数、办事，权限和您一样。只给要用的程序，用完就停。")],
)
END_TOKEN = FormPage(
    title=gettext_lazy("停用接口令牌"),
    submit=gettext_lazy("停用"),
    danger=True,
    say=[gettext_lazy("停用后，用它的程序马上就连不上了。")],
)


@for_staff
@require_safe
def own_page(request: UserRequest) -> HttpResponse:
    """One's own account."""
    user = request.user
    return ObjectPage(
        title=user.name,
        subtitle=first_role_of(user),
        acts=[
            Act(_("修改密码"), reverse("accounts:change_password"), "i-lock"),
            Act(_("在所有设备上退出"), reverse("accounts:sign_out_everywhere"), "i-logout", post=True),
        ],
        facts=_facts(user),
        sections=[
            Related(_("角色"), ROLES, roles_held(user), empty=_("还没有角色，请找街道系统管理员。")),
            Related(_("已登录的设备"), SESSIONS, UserSession.objects.purge_and_list(user), empty=_("没有")),
            Related(
                _("接口令牌"),
                TOKENS,
                _tokens(user),
                empty=_("没有程序在替您取数。"),
                more=(_("建立令牌"), reverse("accounts:make_token")),
            ),
        ],
        aside=[Part(_("登录第二步"), "accounts/parts/second_step.html", standing(user))],
        subject=user,
    ).respond(request)


@never_cache
@sensitive_post_parameters()
@for_staff
@require_http_methods(["GET", "POST"])
def change_password(request: UserRequest) -> HttpResponse:
    """Choose a password of one's own."""
    user = request.user
    first = user.must_change_password
    form = NewPasswordForm(request.POST or None, home=user.home, ask_current=not first)
    if form.is_valid():
        with refusals_on(form):
            if not first:
                _show_again(user, form.cleaned_data["current"])
            changed = actions.change_password(actor=user, user=user, password=form.cleaned_data["new"]).subject
            update_session_auth_hash(request, changed)
            note_new_password(request)
            messages.success(request, _("密码换好了，别的设备要重新登录"))
            return redirect("home" if first else "accounts:own")
    say = [_("这是别人给您的首次密码，请换成只有自己知道的。")] if first else []
    return CHANGE.respond(request, form, say=say, cancel="" if first else reverse("accounts:own"))


@for_staff
@require_POST
def sign_out_everywhere(request: UserRequest) -> HttpResponse:
    """Go out on every device."""
    actions.sign_out_everywhere(actor=request.user, user=request.user)
    logout(request)
    messages.success(request, _("所有设备上都退出了"))
    return redirect("account_login")


@never_cache
@for_staff
@reauthentication_required(app="accounts")
@require_http_methods(["GET", "POST"])
def make_token(request: UserRequest) -> HttpResponse:
    """Make a token, and show it this once."""
    form = TokenForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            token = actions.make_token(actor=request.user, user=request.user, **form.cleaned_data).subject
            return render(request, "accounts/token.html", {"token": token, "secret": getattr(token, "secret", "")})
    return MAKE_TOKEN.respond(request, form, cancel=reverse("accounts:own"))


@for_staff
@require_http_methods(["GET", "POST"])
def end_token(request: UserRequest, token_id: int) -> HttpResponse:
    """End a token, after asking once more."""
    token = get_object_or_404(ApiToken, pk=token_id, user=request.user)
    if request.method == "POST":
        actions.end_token(actor=request.user, token=token)
        messages.success(request, _("令牌停用了"))
        return redirect("accounts:own")
    return END_TOKEN.respond(request, subtitle=token.name, cancel=reverse("accounts:own"))


def _show_again(user: User, password: str) -> None:
    """Ask for the password of now, whose wrong tries count as they do at the door.

    Raises
    ------
    Refused
        It is wrong, or was tried too often.
    """
    try:
        person_with_password(user.username, password)
    except Refused as refused:
        raise Refused(*(replace(reason, field="current") for reason in refused.reasons)) from refused


def _facts(user: User) -> list[Fact]:
    return [
        Fact(_("工号"), user.username),
        Fact(_("手机号"), mask_phone(user.phone), note=_("要改请找街道系统管理员")),
        Fact(_("上次登录"), user.last_login),
        Fact(_("上次换密码"), password_changed_at(user)),
    ]


def _tokens(user: User) -> list[ApiToken]:
    return list(user.api_tokens.filter(ended_at__isnull=True, expires_at__gt=now()))
