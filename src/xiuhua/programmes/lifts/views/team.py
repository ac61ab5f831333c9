"""Who accompanies a stairwell; the centres; who carries how much."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage, Part, Related
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, lists, permits, queries, queries_dossiers, words
from xiuhua.programmes.lifts.forms.team import CentreForm, CloseForm, MemberForm
from xiuhua.programmes.lifts.models import Centre, TeamMember
from xiuhua.programmes.lifts.rules import team as rules
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.views.asked import act_at_once, ask, crumbs, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """The team of a stairwell: one, two, and as many more as it takes."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    works = permits.may_work(actor, dossier=dossier)
    members = queries.team_of(dossier)
    figures = words.book(dossier.path).team
    lacking = rules.team_is_whole([one.part for one in members], figures).reasons
    context = {
        "rows": [
            {
                "name": words.member_words(one),
                "part": TeamMember.Part(one.part).label,
                "trade": one.trade,
                "phone": one.phone,
                "since": one.since,
                "leave_url": reverse("lifts:leave_team", args=[one.pk]) if works else "",
            }
            for one in members
            if works or one.part != TeamMember.Part.NEIGHBOUR
        ],
        "neighbours": 0 if works else sum(one.part == TeamMember.Part.NEIGHBOUR for one in members),
        "lacking": [reason.text for reason in lacking],
        "figure": figures.residents,
    }
    card = Part(_("陪伴小组"), "lifts/dossiers/team.html", context)
    acts = [Act(_("加人"), reverse("lifts:join_team", args=[pk]), "i-plus", primary=True)] if works else []
    return head.page_of(request, dossier, sections=[card], acts=acts).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def join_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody into the team."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    coordinators = queries_dossiers.coordinators_at(dossier.path)
    page = FormPage(title=_("加入陪伴小组"), submit=_("加入小组"), icon="i-users-group")
    act = partial(actions.join_team, actor=actor, dossier=dossier)
    form = MemberForm(dossier, request.POST or None, coordinators=coordinators)
    return ask(request, dossier, form, page, act, _("加进小组了。"), back=reverse("lifts:team", args=[pk]))


@require_POST
@sight_required(Sight.LIFTS)
def leave_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out of it."""
    member = get_object_or_404(TeamMember.objects.visible_to(actor_of(request)).select_related("dossier"), pk=pk)
    require(permits.may_change_team(actor_of(request), member=member))
    back = reverse("lifts:team", args=[member.dossier_id])
    return act_at_once(request, actions.leave_team, _("离开小组了，在组里的那段还留着。"), back=back, member=member)


@require_safe
@sight_required(Sight.LIFTS)
def centres(request: HttpRequest) -> HttpResponse:
    """The service centre and its sub-centres."""
    actor, subdistrict = actor_of(request), current_subdistrict(request)
    page = lists.centres_page(
        request, may_open=bool(subdistrict and permits.may_run_centres(actor, path=subdistrict.path))
    )
    return page.respond(request, queries_dossiers.centres(actor))


@require_safe
@sight_required(Sight.LIFTS)
def centre(request: HttpRequest, pk: int) -> HttpResponse:
    """One centre, and the stairwells that it looks after."""
    row, actor = _centre(request, pk), actor_of(request)
    rows = queries.suitable_under(row.path, actor)
    under_way = rows.under_way().order_by("progressed_on")
    may = permits.may_run_centres(actor, centre=row) and row.closed_on is None
    return ObjectPage(
        title=row.name,
        subject=row,
        crumbs=[*crumbs(), (_("服务中心"), reverse("lifts:centres"))],
        chips=[Chip(_("已撤并"), "over")] if row.closed_on else [Chip(_("接待中"), "good")],
        acts=[Act(_("撤并"), reverse("lifts:close_centre", args=[pk]), "i-ban", danger=True)] if may else [],
        facts=[
            Fact(_("地址"), row.address),
            Fact(_("电话"), row.phone),
            Fact(_("接待时间"), row.hours),
            Fact(_("开办"), words.on_day(row.opened_on)),
            Fact(_("适合加梯的门洞"), rows.count()),
            Fact(_("已签约、施工和运行"), rows.in_hand().count()),
            Fact(_("正在推进"), under_way.count()),
        ],
        sections=[
            Related(
                _("正在推进的门洞，最久没有进展的在前"),
                lists.columns(request, few=True),
                under_way[:10],
                empty=_("没有正在推进的门洞。"),
                more=(_("全部"), f"{reverse('lifts:list')}?committee={row.path}") if row.is_sub_centre else None,
            )
        ],
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def open_centre(request: HttpRequest) -> HttpResponse:
    """Open the centre, or a sub-centre."""
    actor, subdistrict = actor_of(request), current_subdistrict(request)
    if subdistrict is None:
        raise Http404
    require(permits.may_run_centres(actor, path=subdistrict.path))
    places = [(path, name) for path, name in committee_names(actor).items() if path.startswith(subdistrict.path)]
    form = CentreForm(request.POST or None, places=[(subdistrict.path, _("街道中心")), *places])
    if form.is_valid():
        with refusals_on(form):
            row = actions.open_centre(actor=actor, **form.told()).subject
            messages.success(request, _("开办好了，居民看得到。"))
            return redirect(row)
    page = FormPage(
        title=_("开办服务中心"), submit=_("开办"), icon="i-plus", say=[_("这里写的居民都看得到，电话写单位的。")]
    )
    way = [*crumbs(), (_("服务中心"), reverse("lifts:centres"))]
    return page.respond(request, form, crumbs=way, cancel=reverse("lifts:centres"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def close_centre(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a centre has closed."""
    row, actor = _centre(request, pk), actor_of(request)
    require(permits.may_run_centres(actor, centre=row))
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.close_centre(actor=actor, centre=row, **form.cleaned_data)
            messages.success(request, _("撤并了。"))
            return redirect(row)
    page = FormPage(title=_("撤并"), submit=_("撤并"), icon="i-ban", danger=True, subtitle=row.name)
    way = [*crumbs(), (_("服务中心"), reverse("lifts:centres")), (row.name, row.get_absolute_url())]
    return page.respond(request, form, crumbs=way, cancel=row.get_absolute_url())


@require_safe
@sight_required(Sight.OWNERS)
def workload(request: HttpRequest) -> HttpResponse:
    """Who carries how many stairwells, how many of them are stuck."""
    actor, subdistrict = actor_of(request), current_subdistrict(request)
    figures = words.book(subdistrict.path if subdistrict else "")
    stuck_on = today() - timedelta(days=int(figures.pace.stuck_days.number))
    rows = queries_dossiers.workload(actor, stuck_on=stuck_on)
    return lists.workload_page(figures.team.most_stairwells, figures.pace.stuck_days).respond(request, rows)


def _centre(request: HttpRequest, pk: int) -> Centre:
    row: Centre = get_visible_or_404(Centre, actor_of(request), pk=pk)
    return row
