"""Pages of the life circle: read the address, ask, show."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground import standards
from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import FacilityType
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.models import Building, Subdistrict
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle import actions, lists, mapped, panel, queries, screen
from xiuhua.programmes.lifecircle.analysis import Analysis
from xiuhua.programmes.lifecircle.forms import RunForm
from xiuhua.programmes.lifecircle.models import Run
from xiuhua.programmes.lifecircle.question import Question, read_question


@dataclass(frozen=True, slots=True)
class Opened:
    """A run with its outcome, and what the address asks of it."""

    seer: Seer
    run: Run
    analysis: Analysis
    types: dict[str, FacilityType]
    question: Question
    notices: tuple[str, ...]


def open_run(request: HttpRequest, run_id: int) -> Opened:
    """Open a run for a page about it; the frame around the page then speaks of its subdistrict."""
    seer = actor_of(request)
    run = get_object_or_404(queries.runs(seer), pk=run_id)
    request.subdistrict = run.subdistrict  # type: ignore[attr-defined]
    analysis = queries.analysis_of(run)
    types = standards.on(run.made_at.date()).facility_types
    asked = read_question(request.GET, analysis, types)
    return Opened(seer, run, analysis, types, asked.question, asked.notices)


@sight_required(Sight.PLANS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest run, or how to get one."""
    subdistrict = current_subdistrict(request)
    newest = queries.newest_run(actor_of(request), subdistrict) if subdistrict else None
    if newest is None:
        return render(request, "lifecircle/empty.html", {"subdistrict": subdistrict})
    query = request.GET.urlencode()
    return redirect(newest.get_absolute_url() + (f"?{query}" if query else ""))


@sight_required(Sight.PLANS)
@require_safe
def run_page(request: HttpRequest, run_id: int) -> HttpResponse:
    """The map with who reaches what, and beside it the figures; htmx asks for the figures alone."""
    opened = open_run(request, run_id)
    context = screen.answer(opened.seer, opened.run, opened.analysis, opened.types, opened.question, opened.notices)
    if request.headers.get("HX-Target") == "lc-panel":
        response = render(request, "lifecircle/panel.html", context)
    else:
        context |= screen.frame(opened.seer, opened.run, opened.analysis, opened.types, opened.question)
        response = render(request, "lifecircle/run.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@sight_required(Sight.PLANS)
@require_safe
def reach(request: HttpRequest, run_id: int) -> HttpResponse:
    """Seconds by building and type for one persona, from which the map colours itself."""
    opened = open_run(request, run_id)
    persona = request.GET.get("persona", opened.question.persona)
    if persona != opened.question.persona:
        return HttpResponseBadRequest(opened.notices[0], content_type="text/plain; charset=utf-8")
    response = JsonResponse(mapped.reach_of(opened.analysis, persona))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@sight_required(Sight.PLANS)
@require_safe
def building(request: HttpRequest, run_id: int, building_id: int) -> HttpResponse:
    """What one building reaches and lacks; the map shows it in a popup, and it is a page of its own."""
    opened = open_run(request, run_id)
    row = get_visible_or_404(Building.objects.select_related("committee"), opened.seer, pk=building_id)
    if not row.path.startswith(opened.run.path):
        raise Http404
    context = {
        "run": opened.run,
        "building": row,
        "question": opened.question,
        "all_residents": _("居民"),
        "figures": panel.figures_of_building(opened.analysis, opened.question, opened.types, row.pk),
    }
    name = "lifecircle/parts/building.html" if request.headers.get("HX-Request") else "lifecircle/building.html"
    response = render(request, name, context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@sight_required(Sight.PLANS)
@require_safe
def left_out(request: HttpRequest, run_id: int) -> HttpResponse:
    """The whole list of buildings that are left out; sorts, filters and exports."""
    opened = open_run(request, run_id)
    numbers = queries.committee_numbers(opened.run.subdistrict)
    picked = next((name for name, number in numbers.items() if number == opened.question.committee), None)
    page = lists.left_out(opened.run, opened.analysis, opened.types, opened.question)
    return page.respond(request, panel.left_out_of(opened.analysis, opened.question, picked))


@sight_required(Sight.PLANS)
@require_safe
def committees(request: HttpRequest, run_id: int) -> HttpResponse:
    """All committees with their figures; sorts, filters and exports."""
    opened = open_run(request, run_id)
    numbers = queries.committee_numbers(opened.run.subdistrict)
    rows = panel.panel_of(opened.analysis, opened.question, opened.types, numbers).committees
    return lists.committees(opened.run, opened.analysis, opened.types, opened.question).respond(request, rows)


@sight_required(Sight.PLANS)
@require_safe
def runs_page(request: HttpRequest) -> HttpResponse:
    """All analyses of the subdistrict, and two of them to hold against each other."""
    subdistrict = current_subdistrict(request)
    if subdistrict is None:
        return redirect("lifecircle:home")
    rows = queries.runs_of(actor_of(request), subdistrict)
    now, before = (_chosen(request, name, rows) for name in ("now", "compare"))
    if now and before:
        return redirect(f"{now.get_absolute_url()}?compare={before.pk}")
    return lists.runs(rows).respond(request, rows)


@sight_required(Sight.PLANS)
@require_http_methods(["GET", "POST"])
def new_run(request: HttpRequest) -> HttpResponse:
    """Make an analysis of an hour and an area."""
    subdistrict = current_subdistrict(request)
    if subdistrict is None:
        return redirect("lifecircle:home")
    form = RunForm(subdistrict, request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            run = _make_run(request, subdistrict, form)
            messages.success(request, _("算好了：%(buildings)s 栋楼，结果已经存下。") % {"buildings": run.buildings})
            return redirect(run)
    form.mark_wrong_fields()
    context = {
        "form": form,
        "subdistrict": subdistrict,
        "layers": screen.layer_addresses(actor_of(request), subdistrict),
    }
    return render(request, "lifecircle/new_run.html", context, status=422 if form.errors else 200)


def _make_run(request: HttpRequest, subdistrict: Subdistrict, form: RunForm) -> Run:
    area, name = form.area_and_name()
    return actions.run_analysis(
        actor=actor_of(request),
        subdistrict=subdistrict,
        hour=form.hour_of_week(),
        area=area,
        area_name=name,
    ).subject


def _chosen(request: HttpRequest, name: str, rows: list[Run]) -> Run | None:
    return next((row for row in rows if str(row.pk) == request.GET.get(name)), None)
