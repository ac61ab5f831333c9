"""The printed list of first passwords (首次密码表): made while it is downloaded, and kept nowhere."""

import io
from collections.abc import Iterable
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.actions import first_passwords
from xiuhua.ground.accounts.actions.first_passwords import FirstPassword
from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.accounts.staff.forms import PasswordListForm
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.ui.lists import write_workbook
from xiuhua.ground.ui.lists.workbook import XLSX

PAGE = FormPage(title=gettext_lazy("首次密码表"), submit=gettext_lazy("发首次密码，下载这张表"), icon="i-key")


@never_cache
@sight_required(Sight.STAFF)
@require_http_methods(["GET", "POST"])
def password_list(request: UserRequest) -> HttpResponse:
    """Hand out first passwords to accounts that have none yet, on a sheet that can be fetched this once."""
    if not request.actor.holds(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        raise PermissionDenied
    form = PasswordListForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = first_passwords.hand_out(actor=request.actor, again=form.cleaned_data["again"])
        if given:
            return _sheet(given)
        messages.info(request, _("没有要发的了：刚才已经发过，或者大家都有密码"))
        return redirect("accounts:staff")
    hours = int(policy(request.actor.home).password.first_hours.number)
    say = [
        _("现在有 %(count)s 个账号还没有密码。") % {"count": len(first_passwords.waiting(request.actor))},
        _("这张表只下载这一次，哪里都不留底。打印出来裁开，当面交给本人。"),
        _("%(hours)s 小时内有效，第一次登录就要换成自己的。") % {"hours": hours},
    ]
    crumbs = [(_("人员与权限"), reverse("accounts:staff"))]
    return PAGE.respond(request, form, say=say, crumbs=crumbs, cancel=reverse("accounts:staff"))


def sheet_of(given: Iterable[FirstPassword]) -> bytes:
    """The list as a workbook."""
    file = io.BytesIO()
    heads = (_("工号"), _("姓名"), _("首次密码"))
    write_workbook(file, _("首次密码表"), heads, ((one.username, one.name, one.password) for one in given))
    return file.getvalue()


def _sheet(given: Iterable[FirstPassword]) -> HttpResponse:
    name = quote(_("首次密码表.xlsx"))
    disposition = f"attachment; filename*=UTF-8''{name}"
    return HttpResponse(sheet_of(given), content_type=XLSX, headers={"Content-Disposition": disposition})
