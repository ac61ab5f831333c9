"""Pages of those who hold sessions. Whoever is let in sees bookings somewhere (`doors.urls`)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.bookings import actions, lists, permits, queries, rules, times
from xiuhua.ground.bookings.forms import BookForm, ReasonForm, SessionForm, as_filled
from xiuhua.ground.bookings.models import Session
from xiuhua.ground.bookings.places import places_for
from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui.acts import Act, Crumbs
from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage, Related
from xiuhua.ground.ui.objects import Part as Card
from xiuhua.ground.ui.qr import qr_svg
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

FEW = 20
"""People that a session's own page shows."""
PARTS = ("title", "place", ("starts_at", "ends_at"))


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """All sessions."""
    acts = [Act(_("设立场次"), reverse("bookings:new"), "i-calendar-plus", primary=True)]
    return lists.sessions_page(acts).respond(request, queries.sessions_for(actor_of(request)))


@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest) -> HttpResponse:
    """Open a session."""
    places = places_for(actor_of(request))
    form = SessionForm(request.POST or None, places=places or [("", "")])
    if form.is_valid():
        with refusals_on(form):
            session = actions.open_session(actor=actor_of(request), **form.cleaned_data).subject
            messages.success(request, _("设立好了，居民可以预约了。"))
            return redirect(session)
    page = FormPage(
        title=_("设立场次"),
        submit=_("设立场次"),
        icon="i-calendar-plus",
        crumbs=_home(),
        parts=[Part(_("办什么"), ["title", "path", "place", ("starts_at", "ends_at")]), _booking_part()],
    )
    return page.respond(request, form, cancel=reverse("bookings:sessions"))


@require_safe
def session_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: what it is, who booked, what is next."""
    session = session_of(request, pk)
    counts = queries.counts_of(session)
    words, tone = lists.state_words(session, waiting=counts["waiting"])
    return ObjectPage(
        title=session.title,
        subject=session,
        crumbs=_home(),
        chips=[Chip(words, tone)],
        acts=_acts(request, session),
        facts=[
            Fact(_("时间"), times.span_of(session)),
            Fact(_("地点"), session.place),
            Fact(_("候补规则"), _waiting_words(session)),
            Fact(_("开始预约"), session.opens_at or session.opened_at),
            *([Fact(_("取消原因"), session.cancel_reason)] if session.cancelled_at else []),
        ],
        sections=[
            _filled(session, counts),
            Related(
                _("名单"),
                lists.booking_columns(),
                queries.bookings_of(session)[:FEW],
                empty=_("还没有人预约。"),
                more=(_("全部名单"), reverse("bookings:people", args=[session.pk])),
            ),
        ],
        aside=_poster(request, session),
    ).respond(request)


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who booked a session."""
    session = session_of(request, pk)
    crumbs = [*_home(), (session.title, session.get_absolute_url())]
    return lists.people_page(session, crumbs).respond(request, queries.bookings_of(session))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a session."""
    session = session_of(request, pk)
    form = SessionForm(request.POST or None, places=[], initial=as_filled(session))
    if form.is_valid():
        with refusals_on(form):
            actions.edit_session(actor=actor_of(request), session=session, **form.cleaned_data)
            messages.success(request, _("改好了。"))
            return redirect(session)
    return FormPage(
        title=_("改场次"),
        subtitle=session.title,
        submit=_("改好了"),
        icon="i-check",
        crumbs=_home(),
        say=[_("时间、地点改了，约好的人会收到通知；名额多了，候补的按先后补上。")],
        parts=[Part(_("办什么"), PARTS), _booking_part()],
    ).respond(request, form, cancel=session.get_absolute_url())


@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a session off."""
    session = session_of(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            done = actions.cancel_session(actor=actor_of(request), session=session, **form.cleaned_data)
            messages.success(request, _("取消了，通知了 %(count)d 份预约。") % {"count": done.facts["bookings"]})
            return redirect(session)
    return FormPage(
        title=_("取消场次"),
        subtitle=session.title,
        submit=_("取消这一场"),
        danger=True,
        crumbs=_home(),
        say=[_("约好的和候补的都会收到通知；取消后不能恢复。")],
    ).respond(request, form, cancel=session.get_absolute_url())


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the list of a session that is over."""
    session = session_of(request, pk)
    try:
        done = actions.close_session(actor=actor_of(request), session=session)
        messages.success(request, _("结束了：来了 %(came)d 人，%(missed)d 份预约没有来。") % done.facts)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(session)


@sensitive_post_parameters("name", "phone")
@require_http_methods(["GET", "POST"])
def book_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Book for somebody who rings or comes by."""
    session = session_of(request, pk)
    form = BookForm(request.POST or None, most=most_people(session))
    if form.is_valid():
        with refusals_on(form):
            done = actions.book(actor=actor_of(request), session=session, **form.cleaned_data)
            told = {"code": done.subject.code}
            waits = done.subject.state == done.subject.State.WAITING
            said = _("排上候补了，签到码 %(code)s。") if waits else _("约好了，签到码 %(code)s。")
            messages.success(request, said % told)
            return redirect(session)
    return FormPage(
        title=_("代为预约"),
        subtitle=session.title,
        submit=_("预约"),
        icon="i-user-check",
        crumbs=[*_home(), (session.title, session.get_absolute_url())],
    ).respond(request, form, cancel=session.get_absolute_url())


@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The code that leads to a session's booking page, for a notice on the wall."""
    session = session_of(request, pk)
    return svg_response(qr_svg(request.build_absolute_uri(session.public_url)))


def svg_response(picture: bytes) -> HttpResponse:
    """A picture of ours, kept by nobody else."""
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/svg+xml", headers=headers)


def session_of(request: HttpRequest, pk: int) -> Session:
    """A session that the reader may see."""
    return get_visible_or_404(Session, actor_of(request), pk=pk)


def most_people(session: Session) -> int:
    """How many people one booking of a session names at most."""
    return min(int(queries.figures_of(session).most_people.number), session.capacity)


def _home() -> Crumbs:
    return [(_("预约场次"), reverse("bookings:sessions"))]


def _booking_part() -> Part:
    return Part(_("怎么约"), ["capacity", "opens_at", "has_waiting_list", "small_parties_pass", "is_public"])


def _waiting_words(session: Session) -> str:
    if not session.has_waiting_list:
        return _("没有候补")
    return _("人少的可以先补上") if session.small_parties_pass else _("严格按先后补")


def _filled(session: Session, counts: dict[str, int]) -> Card:
    shown = {
        "session": session,
        "counts": counts,
        "came": counts["came"] / session.capacity,
        "taken": session.taken / session.capacity,
    }
    return Card(_("约了多少"), "bookings/parts/filled.html", shown)


def _poster(request: HttpRequest, session: Session) -> list[Any]:
    if not session.is_public:
        return []
    url = request.build_absolute_uri(session.public_url)
    return [Card(_("居民扫码预约"), "bookings/parts/poster.html", {"session": session, "url": url})]


def _acts(request: HttpRequest, session: Session) -> list[Act]:
    facts, here = session.facts(), [session.pk]
    if not rules.is_still_open(facts).decision or not permits.may_keep(actor_of(request), session=session):
        return []
    over = queries.is_over(facts)
    acts = [Act(_("改"), reverse("bookings:edit", args=here), "i-edit")]
    if over:
        return [*acts, Act(_("结束登记"), reverse("bookings:close", args=here), "i-check", primary=True, post=True)]
    acts.append(Act(_("取消场次"), reverse("bookings:call_off", args=here), "i-ban"))
    if now() < session.starts_at:
        acts.append(Act(_("代为预约"), reverse("bookings:book_for", args=here), "i-user-check"))
    return [*acts, Act(_("签到"), reverse("bookings:door", args=here), "i-qrcode", primary=True)]
