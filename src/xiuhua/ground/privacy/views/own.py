"""我的信息: what a resident sees of what is kept about them, and what they ask for; one question a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import dateformat
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import UserRequest
from xiuhua.ground.accounts.own.resident import Card
from xiuhua.ground.privacy import actions, copies, kept, queries
from xiuhua.ground.privacy.forms import OwnWordsForm
from xiuhua.ground.privacy.holdings import kept_of
from xiuhua.ground.privacy.models import Consent, DataRequest
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.queries import own_record
from xiuhua.ground.territory.views.own import for_residents
from xiuhua.ground.ui.forms import act_at_once, refusals_on
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

Kind = DataRequest.Kind
ON_OTHER_PAGES = frozenset({"privacy.requests", "journal.former", "journal.entries"})
"""What is kept that another page shows, or the copy alone."""


class OwnRequest(UserRequest):
    """A request of somebody who was found to be a resident on record."""

    own: Resident


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before a request is filed: one question, what follows from it, what to press."""

    asks: str
    say: str
    submit: str
    example: str = ""
    """What words might be; without it none are asked."""


View = Callable[..., HttpResponse]


def for_the_bound(view: View) -> View:
    """Let only those through who are on record here; others are told what comes first."""

    @wraps(view)
    def guarded(request: OwnRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = own_record(request.user)
        if own is None:
            return render(request, "privacy/own/unknown.html")
        request.own = own
        return view(request, *args, **kwargs)

    return for_residents(cast(View, guarded))


def card_of(request: HttpRequest) -> Card | None:
    """What a resident's own page says of their data; nothing for who is on record nowhere."""
    own = own_record(request.user)
    if own is None:
        return None
    return Card("privacy/own/card.html", {"waiting": own.data_requests.filter(state=DataRequest.State.OPEN).count()})


@require_safe
@for_the_bound
def home(request: OwnRequest) -> HttpResponse:
    """What one can do about one's own data."""
    requests = request.own.data_requests
    context = {
        "requests": requests.count(),
        "waiting": requests.filter(state=DataRequest.State.OPEN).count(),
        "consents": request.own.consents.filter(withdrawn_at__isnull=True).exists(),
    }
    return render(request, "privacy/own/home.html", context)


@require_safe
@for_the_bound
def what_is_kept(request: OwnRequest) -> HttpResponse:
    """What is kept of oneself now."""
    parts = list(kept_of(request.own, request.actor, but=ON_OTHER_PAGES))
    return render(request, "privacy/own/kept.html", {"parts": parts})


@require_safe
@for_the_bound
def who_opened(request: OwnRequest) -> HttpResponse:
    """When one's file was opened, as what, and for what."""
    lines = kept.openings_of(request.own, request.actor)
    openings = [(line.entry.at, kept.by_role(line, request.actor), line.what, line.why) for line in lines]
    return render(request, "privacy/own/seen.html", {"openings": openings})


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
@for_the_bound
def ask(request: OwnRequest, kind: str) -> HttpResponse:
    """Ask for something: one question, and it is filed."""
    question = _questions().get(kind)
    if question is None:
        raise Http404
    form = OwnWordsForm(request.POST if request.method == "POST" else None, example=question.example)
    if form.is_valid():
        with refusals_on(form):
            done = actions.file_request(
                actor=request.actor,
                resident=request.own,
                kind=Kind(kind),
                channel=DataRequest.Channel.ONLINE,
                asked_on=today(),
                words=form.cleaned_data.get("words", ""),
            )
            messages.success(request, _("交上去了，%(day)s 以前答复您。") % {"day": _day(done.subject.due_on)})
            return redirect("my_data:requests")
    status = 422 if form.is_bound else 200
    return render(request, "privacy/own/ask.html", {"question": question, "form": form}, status=status)


@require_safe
@for_the_bound
def own_requests(request: OwnRequest) -> HttpResponse:
    """What one has asked for, and how far it is; the latest first."""
    rows = list(request.own.data_requests.order_by("-filed_at", "-id"))
    for row in rows:
        row.readable = queries.copy_lies_ready(row, today()).decision
    return render(request, "privacy/own/requests.html", {"requests": rows, "today": today()})


@require_http_methods(["GET", "POST"])
@for_the_bound
def copy(request: OwnRequest, request_id: int) -> HttpResponse:
    """The copy that was asked for: read here, or taken away as a file; each time is on record."""
    row = get_object_or_404(DataRequest, pk=request_id, resident=request.own)
    if request.method == "GET":
        return render(request, "privacy/own/copy.html", {"readable": queries.copy_lies_ready(row, today()).decision})
    form = "xlsx" if request.POST.get("form") == "xlsx" else "page"
    try:
        actions.read_copy(actor=request.actor, request=row, form=form)
    except Refused as refused:
        return render(request, "privacy/own/copy.html", {"refused": refused.reasons}, status=422)
    if form == "xlsx":
        return copies.as_workbook(row, request.actor)
    return render(request, "privacy/own/copy.html", {"parts": list(kept_of(request.own, request.actor))})


@require_safe
@for_the_bound
def own_consents(request: OwnRequest) -> HttpResponse:
    """What one has agreed to, each with the way to take it back."""
    return render(request, "privacy/own/consents.html", {"consents": request.own.consents.all()})


@require_http_methods(["GET", "POST"])
@for_the_bound
def withdraw(request: OwnRequest, consent_id: int) -> HttpResponse:
    """Take a consent back: one question, no reason asked."""
    consent = get_object_or_404(Consent, pk=consent_id, resident=request.own)
    if request.method == "GET" and consent.in_force:
        return render(request, "privacy/own/withdraw.html", {"consent": consent})
    if request.method == "POST":
        act_at_once(request, lambda: actions.withdraw_consent(actor=request.actor, consent=consent), _("已经收回。"))
    return redirect("my_data:consents")


def _day(day: date) -> str:
    return dateformat.format(day, _("n 月 j 日"))


def _questions() -> dict[str, Question]:
    return {
        Kind.ACCESS: Question(
            _("要一份副本吗？"),
            _("副本里有系统保存的您的全部信息，还有谁看过您的档案。准备好以后在手机上看，也可以存成文件。"),
            _("要一份副本"),
        ),
        Kind.CORRECT: Question(
            _("哪里不对？应该是什么？"),
            _("写清楚就行。核实以后改好，再告诉您。"),
            _("交上去"),
            example=_("例如：电话换了，新的是……"),
        ),
        Kind.LIMIT: Question(
            _("先不要再用您的信息吗？"),
            _("信息还留着，不再用来走访、联系和服务。法律规定要办的、您自己要办的、有紧急情况的除外。"),
            _("先不要再用"),
        ),
        Kind.ERASE: Question(
            _("要删除您的信息吗？"),
            _("能删的删除以后恢复不了，手机账号也会关掉。法律规定必须留的不能删，会告诉您为什么。"),
            _("请删除我的信息"),
        ),
        Kind.EXPLAIN: Question(
            _("想知道什么？"),
            _("为什么留着您的信息、怎么用、留多久、怎么保护，都可以问。"),
            _("交上去"),
            example=_("例如：为什么留着我的电话？"),
        ),
    }
