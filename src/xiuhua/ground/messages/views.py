"""Pages of messages: for staff, and a person's own on their phone. Whoever is let in is signed in."""

from typing import Any, cast

from django.contrib import messages as told
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.messages import actions, permits, queries
from xiuhua.ground.messages.forms import SettleForm
from xiuhua.ground.messages.lists import MESSAGES
from xiuhua.ground.messages.models import Message
from xiuhua.ground.messages.states import State
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

SHOWN_AT_ONCE = 100
"""Messages on somebody's phone."""


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """All messages that the reader may see."""
    if not actor_of(request).sees(Sight.PEOPLE):
        raise PermissionDenied
    return MESSAGES.respond(request, Message.objects.visible_to(actor_of(request)))


@require_safe
def message_page(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message: whom it went to, masked, and what became of it."""
    return _page(request, _message(request, message_id), whole=False)


@require_POST
def open_whole(request: HttpRequest, message_id: int) -> HttpResponse:
    """The same with telephone and text, for whoever opens files there; it goes on record."""
    message = _message(request, message_id)
    actions.open_message(actor=actor_of(request), message=message)
    return _page(request, message, whole=True)


@require_POST
def send_again(request: HttpRequest, message_id: int) -> HttpResponse:
    """Have a message sent once more."""
    message = _message(request, message_id)
    try:
        actions.send_again(actor=actor_of(request), message=message)
        told.success(request, _("重新排上了队，一会儿就发。"))
    except Refused as refused:
        told.warning(request, str(refused))
    return redirect(message)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, message_id: int) -> HttpResponse:
    """Note how the person was told otherwise."""
    message = _message(request, message_id)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.settle(actor=actor_of(request), message=message, note=form.cleaned_data["note"])
            return redirect(message)
    page = FormPage(title=_("另行告知"), submit=_("记下来"), crumbs=[(_("消息"), reverse("messages:list"))])
    return page.respond(request, form, cancel=message.get_absolute_url())


@require_safe
def own_messages(request: HttpRequest) -> HttpResponse:
    """A person's own messages; what they see here is read from now on."""
    reader = cast(Any, request.user)
    rows = list(queries.own(reader)[:SHOWN_AT_ONCE])
    fresh = [message for message in rows if message.unread]
    response = render(request, "messages/own.html", {"own_messages": rows})
    if fresh:
        actions.read_messages(actor=reader, messages=fresh)
    return response


def _page(request: HttpRequest, message: Message, *, whole: bool) -> HttpResponse:
    reader = actor_of(request)
    facts = [
        Fact(_("发给"), message.phone if whole and message.phone else message.to),
        Fact(_("写好时间"), message.made_at),
        Fact(_("发出时间"), message.sent_at, note=message.why),
    ]
    if message.state == State.WAITING:
        facts.append(Fact(_("最早什么时候发"), message.send_after))
    if whole:
        facts.append(Fact(_("内容"), message.text))
    acts = [] if whole or not permits.may_open(reader, message=message) else [_look(message)]
    if message.state == State.FAILED and message.settled_at is None:
        acts += [
            Act(_("再发一次"), reverse("messages:send_again", args=[message.pk]), "i-send", post=True),
            Act(_("另行告知了"), reverse("messages:settle", args=[message.pk]), "i-phone"),
        ]
    page = ObjectPage(
        title=message.title,
        subject=message,
        crumbs=[(_("消息"), reverse("messages:list"))],
        chips=[Chip(State(message.state).label, message.tone, message.symbol)],
        acts=acts,
        facts=facts,
    )
    return page.respond(request)


def _look(message: Message) -> Act:
    return Act(_("看全文"), reverse("messages:open", args=[message.pk]), "i-eye", post=True)


def _message(request: HttpRequest, message_id: int) -> Message:
    return get_visible_or_404(Message, actor_of(request), pk=message_id)
