"""Pages of those who hold events: the list, one event, and its verbs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.documents import pdf_response
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.layers.registry import layers_for
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.forms import FormPage, act_at_once, refusals_on
from xiuhua.ground.ui.qr import qr_svg
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import actions, permits
from xiuhua.programmes.suggestions.events import lists, queries, report, screen
from xiuhua.programmes.suggestions.events.asked import event_or_404, held_or_403
from xiuhua.programmes.suggestions.events.forms import (
    PARTS,
    EventForm,
    EventPhotosForm,
    MinutesForm,
    OpenForm,
    ReasonForm,
    as_filled,
)
from xiuhua.programmes.suggestions.models import Event
from xiuhua.programmes.suggestions.words import book

NOT_DRAWN = ("facility", "suggestion")
"""Layers that are left out beside the form: the mark of the event stands in their place."""


@require_safe
@sight_required(Sight.SUGGESTIONS)
def event_list(request: HttpRequest) -> HttpResponse:
    """Every event that the reader may see."""
    return lists.events_page(request).respond(request, queries.listed(actor_of(request)))


@require_safe
@sight_required(Sight.SUGGESTIONS)
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event."""
    return screen.event_page(request, event_or_404(request, pk)).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def new(request: HttpRequest) -> HttpResponse:
    """Plan an event."""
    subdistrict = current_subdistrict(request)
    require(actor_of(request).holds(*permits.HEARS))
    if subdistrict is None:
        raise Http404
    topics = [action.name for action in book(subdistrict.path).projects.actions.values()][:5]
    form = EventForm(request.POST or None, places=_places(request, subdistrict), initial={"topics": topics})
    if form.is_valid():
        with refusals_on(form):
            row = actions.plan_event(actor=actor_of(request), facts=form.facts()).subject
            _keep_programme(request, row, form)
            messages.success(request, _("筹备好了。开放报名以后，居民就看得到。"))
            return redirect(row)
    page = _form_page(request, subdistrict, title=_("筹备活动"), submit=_("筹备活动"), icon="i-calendar-plus")
    return page.respond(request, form, crumbs=lists.crumbs(), cancel=reverse("gatherings:list"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an event and its programme."""
    row = held_or_403(request, pk)
    subdistrict = Subdistrict.objects.defer("geometry").get(path=row.subdistrict)
    form = EventForm(request.POST or None, places=_places(request, subdistrict), initial=as_filled(row))
    if form.is_valid():
        with refusals_on(form):
            actions.edit_event(actor=actor_of(request), event=row, facts=form.facts())
            _keep_programme(request, row, form)
            messages.success(request, _("改好了。"))
            return redirect(row)
    page = _form_page(request, subdistrict, title=_("改活动"), submit=_("保存"), icon="i-check")
    say = [_("时间地点一改，报了名的人会收到通知。")] if queries.session_of(row) else []
    return page.respond(request, form, say=say, **_around(row))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def open_registration(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people register."""
    page = FormPage(
        title=_("开放报名"),
        submit=_("开放报名"),
        icon="i-user-check",
        say=[_("开放以后，居民在手机上看得到这场活动，可以报名；签到码随报名给出。")],
    )
    return _verb(request, pk, OpenForm, page, actions.open_registration, _("可以报名了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    page = FormPage(title=_("取消活动"), submit=_("取消活动"), danger=True, say=[_("报了名的人都会收到通知。")])
    return _verb(request, pk, ReasonForm, page, actions.call_off_event, _("取消了，通知发出去了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep photographs."""
    page = FormPage(title=_("存照片"), submit=_("存照片"), icon="i-photo-plus")
    return _verb(request, pk, EventPhotosForm, page, actions.keep_event_photos, _("存好了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes; once there are some, they are opened by a press that goes on record."""
    row = held_or_403(request, pk)
    opened = "open" in request.POST
    if opened:
        actions.open_minutes(actor=actor_of(request), event=row)
    if row.minutes and request.method == "GET":
        return render(request, "suggestions/events/minutes.html", {"event": row, "crumbs": _around(row)["crumbs"]})
    initial = {"minutes": row.minutes, "conclusions": row.conclusions}
    form = MinutesForm(None if opened else request.POST or None, initial=initial, label_suffix="")
    if form.is_valid():
        with refusals_on(form):
            actions.write_minutes(actor=actor_of(request), event=row, **form.cleaned_data)
            messages.success(request, _("纪要存好了。"))
            return redirect(row)
    return FormPage(title=_("纪要和结论"), submit=_("存纪要"), icon="i-clipboard-check").respond(
        request, form, **_around(row)
    )


@require_POST
@sight_required(Sight.SUGGESTIONS)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down that it took place."""
    return _at_once(request, pk, actions.hold_event, _("登记好了。接着把便签转成建议、写纪要。"))


@require_POST
@sight_required(Sight.SUGGESTIONS)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that its report is whole."""
    return _at_once(request, pk, actions.report_event, _("小结完成，结论放到了活动页上。"))


@require_safe
@sight_required(Sight.SUGGESTIONS)
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The report before it is printed."""
    row = event_or_404(request, pk)
    context = {
        "event": row,
        "report": report.report_of(row),
        "photos": queries.photos_of(row)[: report.MOST_PHOTOS],
        "crumbs": _around(row)["crumbs"],
    }
    return render(request, "suggestions/events/report.html", context)


@require_safe
@sight_required(Sight.SUGGESTIONS)
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as PDF."""
    row = event_or_404(request, pk)
    return pdf_response(report.pdf_of(row), _("%(title)s活动小结") % {"title": row.title})


@require_safe
@sight_required(Sight.SUGGESTIONS)
def hall_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code by which the hall sends in for itself, drawn for the wall and for paper."""
    row = event_or_404(request, pk)
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    picture = qr_svg(request.build_absolute_uri(screen.say_url(row)))
    return HttpResponse(picture, content_type="image/svg+xml", headers=headers)


def _verb(
    request: HttpRequest, pk: int, form_of: Callable[..., Any], page: FormPage, act: Callable[..., Any], said: str
) -> HttpResponse:
    row = held_or_403(request, pk)
    form = form_of(request.POST or None, request.FILES or None, label_suffix="")
    if form.is_valid():
        with refusals_on(form):
            act(actor=actor_of(request), event=row, **form.cleaned_data)
            messages.success(request, said)
            return redirect(row)
    return page.respond(request, form, subtitle=row.title, **_around(row))


def _at_once(request: HttpRequest, pk: int, act: Callable[..., Any], said: str) -> HttpResponse:
    row = held_or_403(request, pk)
    act_at_once(request, lambda: act(actor=actor_of(request), event=row), said)
    return redirect(row)


def _keep_programme(request: HttpRequest, row: Event, form: EventForm) -> None:
    actions.set_programme(actor=actor_of(request), event=row, items=form.cleaned_data["programme"])


def _places(request: HttpRequest, subdistrict: Subdistrict) -> list[tuple[str, str]]:
    """Where the reader may hold an event: the whole subdistrict, and committees."""
    actor = actor_of(request)
    paths = [(subdistrict.path, _("全街道")), *committee_names(actor).items()]
    return [(path, name) for path, name in paths if actor.holds(*permits.HEARS, at=path)]


def _around(row: Event) -> dict[str, Any]:
    here = row.get_absolute_url()
    return {"crumbs": [*lists.crumbs(), (row.title, here)], "cancel": here}


def _form_page(request: HttpRequest, subdistrict: Subdistrict, *, title: str, submit: str, icon: str) -> FormPage:
    layers = {
        one.name: reverse("layers:geojson", args=[subdistrict.path, one.name])
        for one in layers_for(actor_of(request))
        if one.name not in NOT_DRAWN
    }
    return FormPage(
        title=title,
        submit=submit,
        icon=icon,
        parts=PARTS,
        template="projects/form.html",
        extra={"map_settings": {"layers": layers, "named": _("活动地点")}},
    )
