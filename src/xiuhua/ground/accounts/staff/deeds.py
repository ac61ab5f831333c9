"""Deeds on a worker's account that ask once more before they are done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.accounts.models import Kind, RoleGrant, User
from xiuhua.ground.accounts.staff.pages import first_password
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.verdicts import Refused


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb on an account: what is asked, what is done, what is said then; `tells` a first password."""

    act: Callable[..., Any]
    page: FormPage
    done: str | Promise = ""
    tells: bool = False


END = Deed(
    actions.end_staff,
    FormPage(
        title=gettext_lazy("停用账号"),
        submit=gettext_lazy("停用"),
        danger=True,
        say=[gettext_lazy("停用后马上退出登录，角色和令牌一起收回。做过的事都还留着，以后可以重新启用。")],
    ),
    gettext_lazy("账号停用了"),
)
RESET = Deed(
    actions.reset_password,
    FormPage(
        title=gettext_lazy("重设密码"),
        submit=gettext_lazy("给一个新的首次密码"),
        icon="i-key",
        say=[gettext_lazy("先确认来的是本人。原来的密码马上不能用，所有设备都要重新登录。")],
    ),
    tells=True,
)
REOPEN = Deed(
    actions.reopen_staff,
    FormPage(
        title=gettext_lazy("重新启用账号"),
        submit=gettext_lazy("重新启用"),
        icon="i-refresh",
        say=[gettext_lazy("启用后给一个新的首次密码；角色要另外给。")],
    ),
    tells=True,
)
UNLOCK = Deed(
    actions.unlock,
    FormPage(
        title=gettext_lazy("解锁账号"),
        submit=gettext_lazy("解锁"),
        icon="i-lock",
        say=[gettext_lazy("先确认是本人输错了密码，不是别人在试。")],
    ),
    gettext_lazy("解锁了，现在可以登录"),
)
DROP_FACTORS = Deed(
    actions.drop_factors,
    FormPage(
        title=gettext_lazy("清除登录第二步"),
        submit=gettext_lazy("清除"),
        danger=True,
        say=[gettext_lazy("先确认来的是本人，手机或密钥真的丢了。清除后所有设备都要重新登录，再设一次第二步。")],
    ),
    gettext_lazy("清除了"),
)


def page_of(deed: Deed) -> Callable[..., HttpResponseBase]:
    """The page of a deed on somebody's account."""

    @never_cache
    @sight_required(Sight.STAFF)
    @require_http_methods(["GET", "POST"])
    def ask(request: UserRequest, user_id: int) -> HttpResponse:
        user = get_visible_or_404(User.objects.filter(kind=Kind.STAFF), request.actor, pk=user_id)
        back = reverse("accounts:person", args=[user.pk])
        if request.method == "POST":
            try:
                changed = deed.act(actor=request.actor, user=user).subject
            except Refused as refused:
                messages.error(request, str(refused))
                return redirect(back)
            if deed.tells:
                return first_password(request, changed)
            messages.success(request, str(deed.done))
            return redirect(back)
        return deed.page.respond(request, subtitle=user.name, crumbs=_crumbs(user.name, back), cancel=back)

    return ask


TAKE = FormPage(
    title=gettext_lazy("收回角色"),
    submit=gettext_lazy("收回"),
    danger=True,
    say=[gettext_lazy("收回后，这个角色看得见的，马上就看不见了。")],
)


@sight_required(Sight.STAFF)
@require_http_methods(["GET", "POST"])
def take_role(request: UserRequest, grant_id: int) -> HttpResponse:
    """Take a role, after asking once more."""
    grant = get_visible_or_404(RoleGrant.objects.select_related("user"), request.actor, pk=grant_id)
    back = reverse("accounts:person", args=[grant.user_id])
    if request.method == "POST":
        try:
            actions.take_role(actor=request.actor, grant=grant)
            messages.success(request, _("角色收回了"))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(back)
    who = f"{grant.user.name} {grant.get_role_display()}"
    return TAKE.respond(request, subtitle=who, crumbs=_crumbs(grant.user.name, back), cancel=back)


def _crumbs(name: str, back: str) -> list[tuple[str, str]]:
    return [(_("人员与权限"), reverse("accounts:staff")), (name, back)]
