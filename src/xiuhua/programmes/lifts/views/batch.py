"""One lot: its page, stairwells in and out by hand, dissolved; and deeds for all its stairwells."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, bulk, gates, permits_batches, queries, queries_batches
from xiuhua.programmes.lifts.actions.moving import BY_MOVE
from xiuhua.programmes.lifts.forms.batches import (
    AllContactsForm,
    AllDiariesForm,
    AllGatesForm,
    AllMovesForm,
    AllNoticesForm,
    DissolveForm,
    PutInForm,
)
from xiuhua.programmes.lifts.models import Batch, Dossier
from xiuhua.programmes.lifts.rules.batches import BEGUN, lot_is_amiss
from xiuhua.programmes.lifts.screens import batch as screen
from xiuhua.programmes.lifts.views.asked import crumbs

Act = Callable[[Dossier], Any]


@require_safe
@sight_required(Sight.LIFTS)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One lot."""
    return screen.batch_page(request, _batch_or_404(request, pk)).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def put_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a stairwell of the plan's place into the lot."""
    row, actor = _batch_or_404(request, pk), actor_of(request)
    require(permits_batches.may_move(actor, batch=row))
    near = queries.suitable_under(row.path, actor).filter(batch__isnull=True).exclude(state__in=BEGUN)
    near = near.exclude(batch_members__batch=row).order_by("path")
    page = FormPage(
        title=_("加进门洞"),
        submit=_("加进来"),
        icon="i-plus",
        say=[_("加进来以后重新算分；离得远的、超过大小的会提醒，但由您定。")],
    )
    return _moved(request, row, PutInForm(near, request.POST or None), page, out=False)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a stairwell out of the lot."""
    row, actor = _batch_or_404(request, pk), actor_of(request)
    require(permits_batches.may_move(actor, batch=row))
    inside = queries.dossiers(actor).filter(batch_members__batch=row).order_by("path")
    say = [_("移出以后重新算分；剩下的连不成片、太少的会提醒，但由您定。")]
    page = FormPage(title=_("移出门洞"), submit=_("移出"), icon="i-minus", danger=True, say=say)
    return _moved(request, row, PutInForm(inside, request.POST or None), page, out=True)


def _moved(request: HttpRequest, row: Batch, form: PutInForm, page: FormPage, *, out: bool) -> HttpResponse:
    if form.is_valid():
        with refusals_on(form):
            dossier = form.cleaned_data["dossier"]
            done = actions.move_batch(actor=actor_of(request), batch=row, dossier=dossier, out=out).subject
            messages.success(request, _("改好了，重新算过分。"))
            for reason in lot_is_amiss(done.size, contiguous=done.contiguous, terms=done.plan.terms):
                messages.warning(request, str(reason))
            return redirect(done)
    return _asked(request, row, page, form)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Dissolve the lot, saying why."""
    row, actor = _batch_or_404(request, pk), actor_of(request)
    require(permits_batches.may_decide(actor, batch=row))
    form = DissolveForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.dissolve_batch(actor=actor, batch=row, **form.cleaned_data)
            messages.success(request, _("解散了，门洞各走各的。"))
            return redirect("lifts:batches")
    say = [_("门洞的档案和进度都不动，只是不再算一批；批次和原因留着，编号不再用。")]
    page = FormPage(title=_("解散这一批"), submit=_("解散"), icon="i-ban", danger=True, say=say)
    return _asked(request, row, page, form)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def deed(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """One deed for every stairwell of the lot: a form first, then what came of each."""
    row = _batch_or_404(request, pk)
    require(screen.may_act_on_all(actor_of(request), row))
    if deed not in DEEDS:
        raise Http404
    rows = queries_batches.dossiers_of(row, actor_of(request))
    form, page, act_with = DEEDS[deed](request, rows)
    if form.is_valid():
        chosen, act = act_with(form.cleaned_data)
        return screen.outcome_page(row, str(page.title), bulk.for_each(chosen, act)).respond(request)
    return _asked(request, row, page, form)


Asked = tuple[Form, FormPage, Callable[[dict[str, Any]], tuple[Sequence[Dossier], Act]]]


def _gates(request: HttpRequest, rows: Sequence[Dossier]) -> Asked:
    form = AllGatesForm(screen.open_gates(rows), request.POST or None, request.FILES or None)
    say = [_("一个许可文号、一份文件管全批的，登记一次；已经过了这一条的门洞不动。")]
    page = FormPage(title=_("登记同一份依据"), submit=_("给全批登记"), icon="i-file-check", say=say)

    def act_with(said: dict[str, Any]) -> tuple[Sequence[Dossier], Act]:
        return rows, lambda row: actions.pass_gate(actor=actor_of(request), dossier=row, **said)

    return form, page, act_with


def _moves(request: HttpRequest, rows: Sequence[Dossier]) -> Asked:
    form = AllMovesForm(screen.next_moves(rows), request.POST or None)
    say = [_("轮到这一步的门洞一起走；关口没过的留在原处，列出差哪一条。")]
    page = FormPage(title=_("一起走下一步"), submit=_("一起走"), icon="i-arrow-right", say=say)

    def act_with(said: dict[str, Any]) -> tuple[Sequence[Dossier], Act]:
        verb = BY_MOVE[said["move"]]
        chosen = [row for row in rows if gates.next_move(row) == said["move"]]
        return chosen, lambda row: verb(actor=actor_of(request), dossier=row, on=said["on"])

    return form, page, act_with


def _contacts(request: HttpRequest, rows: Sequence[Dossier]) -> Asked:
    page = FormPage(title=_("给全批记一笔"), submit=_("记到每个门洞"), icon="i-message-2")

    def act_with(said: dict[str, Any]) -> tuple[Sequence[Dossier], Act]:
        return rows, lambda row: actions.note_contact(actor=actor_of(request), dossier=row, **said)

    return AllContactsForm(request.POST or None), page, act_with


def _notices(request: HttpRequest, rows: Sequence[Dossier]) -> Asked:
    say = [_("每个门洞各有编号，写各自的表决结果和分摊；站数照各自的层数。")]
    page = FormPage(title=_("都贴公示"), submit=_("都贴出去了"), icon="i-speakerphone", say=say)

    def act_with(said: dict[str, Any]) -> tuple[Sequence[Dossier], Act]:
        return rows, lambda row: actions.post_notice(actor=actor_of(request), dossier=row, **said)

    return AllNoticesForm(request.POST or None), page, act_with


def _diaries(request: HttpRequest, rows: Sequence[Dossier]) -> Asked:
    page = FormPage(title=_("给全批写施工日志"), submit=_("写到每个工地"), icon="i-crane")

    def act_with(said: dict[str, Any]) -> tuple[Sequence[Dossier], Act]:
        return rows, lambda row: actions.write_diary(actor=actor_of(request), dossier=row, **said)

    return AllDiariesForm(request.POST or None, request.FILES or None), page, act_with


DEEDS: dict[str, Callable[[HttpRequest, Sequence[Dossier]], Asked]] = {
    "gate": _gates,
    "move": _moves,
    "contact": _contacts,
    "notice": _notices,
    "diary": _diaries,
}


def _asked(request: HttpRequest, row: Batch, page: FormPage, form: Form) -> HttpResponse:
    here = row.get_absolute_url()
    way = [*crumbs(), (_("成片批次"), reverse("lifts:batches")), (str(row), here)]
    return page.respond(request, form, subtitle=str(row), crumbs=way, cancel=here)


def _batch_or_404(request: HttpRequest, pk: int) -> Batch:
    actor = actor_of(request)
    found: Batch = get_visible_or_404(queries_batches.batches(actor), actor, pk=pk)
    return found
