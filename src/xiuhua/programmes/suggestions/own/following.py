"""办到哪里: what became of what one said, by a link that nobody guesses."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.actions import codes
from xiuhua.ground.accounts.entrance.pages import too_many
from xiuhua.ground.accounts.entrance.phone_pages import send_code_to, sent_code
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import actions, keeping, queries
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.own import forgetting, told
from xiuhua.programmes.suggestions.own.forms import CodeForm, RateForm, ReopenForm
from xiuhua.programmes.suggestions.own.saying import SAID

RATE = PhoneForm(title=gettext_lazy("评一评"), submit=gettext_lazy("就这样评"))
REOPEN = PhoneForm(title=gettext_lazy("要求重办"), submit=gettext_lazy("请街道再办一次"))
CONFIRM = PhoneForm(title=gettext_lazy("确认手机号"), submit=gettext_lazy("确认，答复发到这个号码"))


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one has said: under one's account, and in this browser."""
    rows = list(own_rows(request))
    return render(request, "suggestions/own/mine.html", {"cells": told.cells(rows), "count": len(rows)})


@require_POST
def not_mine(request: HttpRequest) -> HttpResponse:
    """Let this browser forget what was said on it, as on a tablet that many use; what was said stays."""
    request.session.pop(SAID, None)
    messages.success(request, _("这部手机不再记得说过什么；查询链接还能用"))
    return redirect("say:mine")


@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """One suggestion: how far it is, what was said, and what one can do now."""
    suggestion = _found(token)
    main = suggestion.merged_into or suggestion
    context = {
        "suggestion": suggestion,
        "main": main,
        "steps": told.steps_of(main),
        "replies": keeping.said_to(suggestion),
        "photos": StoredFile.objects.of(suggestion).photos(),
        "voices": StoredFile.objects.of(suggestion).voices(),
        "query": f"?token={token}",
        "asks_code": suggestion.wants_reply and suggestion.phone_confirmed_at is None,
        "can_rate": suggestion.answered_at is not None and suggestion.rating is None,
        "can_reopen": told.can_reopen(suggestion),
        "masked_phone": mask_phone(suggestion.phone),
        "can_forget": forgetting.is_left(suggestion),
        "due": told.due_words(main),
    }
    return render(request, "suggestions/own/follow.html", context)


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Say how satisfied one is."""
    suggestion = _found(token)
    form = RateForm(request.POST or None, initial={"stars": suggestion.rating})
    if form.is_valid():
        with refusals_on(form):
            actions.rate(actor=actor_of(request), suggestion=suggestion, token=token, **form.cleaned_data)
            messages.success(request, _("谢谢您，评价收到了"))
            return redirect("say:follow", token)
    return RATE.respond(request, form, back=reverse("say:follow", args=[token]))


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once that it be taken up again."""
    suggestion = _found(token)
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.reopen(actor=actor_of(request), suggestion=suggestion, token=token, **form.cleaned_data)
            messages.success(request, _("已经退回去重新办"))
            return redirect("say:follow", token)
    say = [_("每一件可以要求重办一次，说清楚哪里还没办好。")]
    return REOPEN.respond(request, form, back=reverse("say:follow", args=[token]), say=say)


@require_http_methods(["GET", "POST"])
def confirm_phone(request: HttpRequest, token: str) -> HttpResponse:
    """Show by a code that the telephone is one's own; the page that follows it sends the first one."""
    suggestion, back = _found(token), reverse("say:follow", args=[token])
    if not suggestion.phone or suggestion.phone_confirmed_at is not None:
        return redirect(back)
    if request.method == "POST" and "code" not in request.POST:
        try:
            send_code_to(request, suggestion.phone)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(back)
        return redirect("say:confirm_phone", token)
    sent = sent_code(request, suggestion.phone)
    if sent is None:
        return redirect(back)
    if request.method == "POST" and not ratelimit.consume(request, action="login"):
        return too_many(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            codes.use_code(sent.row, form.cleaned_data["code"])
            sent.row.refresh_from_db()
            actions.confirm_phone(
                actor=actor_of(request),
                suggestion=suggestion,
                row=sent.row,
                token=token,
            )
            messages.success(request, _("手机号确认好了，有答复就发短信给您"))
            return redirect(back)
    say = [_("验证码发到 %(phone)s 了。") % {"phone": mask_phone(suggestion.phone)}]
    if sent.shown:
        say.append(_("演示环境不发短信，验证码是 %(code)s。") % {"code": sent.shown})
    return CONFIRM.respond(request, form, back=back, say=say)


def own_rows(request: HttpRequest) -> list[Suggestion]:
    """What the reader said: under their account, and what this browser still knows of."""
    own = list(queries.own_of(request.user)) if request.user.is_authenticated else []
    kept = Suggestion.objects.filter(pk__in=request.session.get(SAID, [])).exclude(token="")
    kept = kept.exclude(pk__in=[one.pk for one in own])
    return sorted([*own, *kept], key=lambda one: one.submitted_at, reverse=True)


def _found(token: str) -> Suggestion:
    suggestion = queries.by_token(token)
    if suggestion is None:
        raise Http404
    return suggestion


def opens(request: HttpRequest, file: StoredFile) -> bool:
    """Whether a file belongs to something that the reader said, or holds the link of."""
    followed = queries.by_token(request.GET.get("token", ""))
    rows = [followed] if followed is not None else own_rows(request)
    return any(str(one.pk) == file.subject_id for one in rows)
