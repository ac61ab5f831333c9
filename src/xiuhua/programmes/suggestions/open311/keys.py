"""Pages on which the office lets programs in: the list, a new key, its end."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, act_at_once, refusals_on
from xiuhua.ground.ui.lists import Column, Empty, ListPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.models import SendingApp
from xiuhua.programmes.suggestions.open311 import actions, permits


class AppForm(forms.Form):
    """Which program, and who answers for it."""

    name = forms.CharField(label=gettext_lazy("应用"), max_length=60)
    contact = forms.CharField(
        label=gettext_lazy("联系单位"), max_length=120, help_text=gettext_lazy("单位和科室，不写个人手机号")
    )


NEW = FormPage(
    title=gettext_lazy("发放接入密钥"),
    submit=gettext_lazy("发放密钥"),
    icon="i-key",
    subtitle=gettext_lazy("别的应用用它把市民说的事送进来（Open311）。密钥只显示一次。"),
)
END = FormPage(title=gettext_lazy("停用接入密钥"), submit=gettext_lazy("停用"), icon="i-ban", danger=True)
APPS: ListPage[SendingApp] = ListPage(
    title=gettext_lazy("接入应用"),
    subtitle=gettext_lazy("可以经 Open311 送来建议的应用"),
    columns=[
        Column("name", gettext_lazy("应用"), lambda app: app.name, order_by="name", search="name__icontains"),
        Column("contact", gettext_lazy("联系单位"), lambda app: app.contact, search="contact__icontains"),
        Column("made_at", gettext_lazy("发放时间"), lambda app: app.made_at, kind="moment", order_by="made_at"),
        Column("ended_at", gettext_lazy("停用时间"), lambda app: app.ended_at, kind="moment", order_by="ended_at"),
        Column(
            "state",
            gettext_lazy("状态"),
            lambda app: _("已停用") if app.ended_at else _("可以送"),
            kind="chip",
            tone=lambda app: "outline" if app.ended_at else "good",
        ),
        Column(
            "end",
            gettext_lazy("停用"),
            lambda app: "" if app.ended_at else _("停用"),
            link=lambda app: "" if app.ended_at else app.get_absolute_url(),
        ),
    ],
    empty=Empty(gettext_lazy("还没有接入的应用"), gettext_lazy("别的应用要送建议来，先在这里给它发一个密钥。")),
)


@require_safe
def apps(request: HttpRequest) -> HttpResponse:
    """The programs that were let in."""
    issue = Act(_("发放密钥"), reverse("open311_apps:new"), "i-plus", primary=True)
    return replace(APPS, acts=[issue]).respond(request, SendingApp.objects.visible_to(_issuer(request)))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Let a program in."""
    actor, subdistrict = _issuer(request), current_subdistrict(request)
    if subdistrict is None:
        raise Http404
    if not permits.may_issue(actor, subdistrict=subdistrict):
        raise PermissionDenied
    form = AppForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            app = actions.issue_key(actor=actor, subdistrict=subdistrict, **form.cleaned_data).subject
            context = {"app": app, "secret": getattr(app, "secret", ""), "home": reverse("open311_apps:list")}
            response = render(request, "suggestions/open311/key.html", context)
            response.headers["Cache-Control"] = "no-store"
            return response
    return NEW.respond(request, form, cancel=reverse("open311_apps:list"))


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a program's key."""
    actor = _issuer(request)
    app: Any = get_visible_or_404(SendingApp, actor, pk=pk)
    if not permits.may_end(actor, app=app):
        raise PermissionDenied
    home = reverse("open311_apps:list")
    if request.method == "POST":
        act_at_once(
            request, lambda: actions.end_key(actor=actor, app=app), _("「%(name)s」的密钥停用了") % {"name": app.name}
        )
        return redirect(home)
    say = [_("「%(name)s」从此送不进来；送来过的都还留着。") % {"name": app.name}]
    return END.respond(request, say=say, cancel=home)


def _issuer(request: HttpRequest) -> Any:
    """Whoever may let programs in.

    Raises
    ------
    PermissionDenied
        Others.
    """
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not permits.may_issue_somewhere(actor):
        raise PermissionDenied
    return actor
