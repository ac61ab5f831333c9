"""删掉我的电话和姓名: whoever said something takes back who they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.actions.forgetting import forget_sender
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.own.forms import ForgetForm

FORGET = PhoneForm(title=gettext_lazy("删掉电话和姓名"), submit=gettext_lazy("删掉，恢复不了"))


def is_left(suggestion: Suggestion) -> list[str]:
    """What there is of theirs that they can delete now: contact, words."""
    contact = suggestion.contact_gone_at is None and bool(suggestion.name or suggestion.phone or suggestion.user_id)
    words = suggestion.words_gone_at is None and not suggestion.is_owed
    return ["contact"] * contact + ["words"] * words


@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, and delete who it was; what they wrote too, where they want that."""
    suggestion, back = queries.by_token(token), reverse("say:follow", args=[token])
    if suggestion is None:
        raise Http404
    offered = is_left(suggestion)
    if not offered:
        return redirect(back)
    form = ForgetForm(request.POST or None, offered=offered)
    if form.is_valid():
        with refusals_on(form):
            words_too = form.cleaned_data["what"] == "words"
            forget_sender(actor=actor_of(request), suggestion=suggestion, words_too=words_too, token=token)
            messages.success(request, _("删掉了"))
            return redirect(back)
    say = [
        _("删了以后恢复不了，也不会再发短信、发消息给您。"),
        _("您说的事照常办，凭这一页的地址还能查；请先把地址收好。"),
    ]
    if "words" not in offered:
        say.append(_("原话和照片现在还要用，办好以后可以再来删。"))
    return FORGET.respond(request, form, back=back, say=say)
