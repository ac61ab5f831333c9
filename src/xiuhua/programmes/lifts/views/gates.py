"""Gates are passed, waived and taken back; the dossier moves on, is set aside, is said to be stuck."""

from functools import partial
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.ui.objects import Part, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, gates, permits, words
from xiuhua.programmes.lifts.actions.moving import BY_MOVE
from xiuhua.programmes.lifts.forms.dossiers import GateForm, MoveForm, ReasonForm, SetAsideForm, SnagForm
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules.moves import PUT_IN, GateFacts
from xiuhua.programmes.lifts.screens import gates as gate_words
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def every_gate(request: HttpRequest, pk: int) -> HttpResponse:
    """All five steps with their gates."""
    dossier = dossier_or_404(request, pk)
    return head.page_of(request, dossier, sections=_by_step(request, dossier)).respond(request)


def _by_step(request: HttpRequest, dossier: Dossier) -> list[Section]:
    book, rows = words.book(dossier.path), gates.every_gate(dossier)
    found: list[Section] = []
    for key, group in groupby(rows, key=lambda gate: gate.step):
        of_step = list(group)
        step = book.steps[key]
        context = {
            "rows": gate_words.drawn(actor_of(request), dossier, of_step),
            "numbered": True,
            "note": _("%(all)s 个过了 %(passed)s 个")
            % {"all": len(of_step), "passed": sum(not gate.is_open for gate in of_step)},
        }
        title = _("%(number)s、%(name)s") % {"number": step.number, "name": step.name}
        found.append(Part(title, "lifts/dossiers/gates.html", context))
    return found


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def pass_gate(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """Put in what passes a gate."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    gate = _gate_or_404(dossier, rule)
    if gate.evidence not in PUT_IN:
        raise Http404
    page = FormPage(
        title=_("登记：%(name)s") % {"name": gate.name},
        submit=_("登记过关"),
        icon="i-check",
        say=[_says(gate)],
    )
    act = partial(actions.pass_gate, actor=actor, dossier=dossier, rule=rule)
    form = GateForm(gate, request.POST or None, request.FILES or None)
    return ask(request, dossier, form, page, act, _("第 %(number)s 条过了。") % {"number": gate.number})


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def waive_gate(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """Let a gate be passed without, saying why."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_waive(actor, dossier=dossier))
    gate = _gate_or_404(dossier, rule)
    page = FormPage(
        title=_("豁免：%(name)s") % {"name": gate.name},
        submit=_("豁免这一条"),
        icon="i-scale",
        danger=True,
        say=[_says(gate), _("豁免和理由一直留在档案里，居委会和专员都看得到。")],
    )
    act = partial(actions.waive_gate, actor=actor, dossier=dossier, rule=rule)
    return ask(request, dossier, ReasonForm(request.POST or None), page, act, _("豁免了，理由记下了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def take_back_gate(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """Take back what was put in by mistake."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    gate = _gate_or_404(dossier, rule)
    say = [_("撤回以后这一条要重新登记；存过的文件还在。")]
    page = FormPage(
        title=_("撤回：%(name)s") % {"name": gate.name}, submit=_("撤回"), icon="i-refresh", danger=True, say=say
    )
    act = partial(actions.take_back_gate, actor=actor, dossier=dossier, rule=rule)
    return ask(request, dossier, ReasonForm(request.POST or None), page, act, _("撤回了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the move that leads on."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    name = gates.next_move(dossier)
    if not name:
        raise Http404
    ahead = gates.next_gates(dossier)
    say = [_("这一步要过的 %(count)s 个关口，都要过了才走得了。") % {"count": len(ahead)}] if ahead else []
    if dossier.moved_on:
        say.append(_("上一步是 %(day)s。") % {"day": words.on_day(dossier.moved_on)})
    page = FormPage(title=words.deed_of(name), submit=words.deed_of(name), icon="i-arrow-right", say=say)
    act = partial(BY_MOVE[name], actor=actor, dossier=dossier)
    return ask(request, dossier, MoveForm(request.POST or None), page, act, _("记下了，进入下一步。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up for now, saying why."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    say = [_("搁置以后回到「未启动」；再启动时，关口从头过，房屋、业主和文件都还在。")]
    page = FormPage(title=_("搁置"), submit=_("搁置"), icon="i-player-stop", danger=True, say=say)
    act = partial(actions.set_aside, actor=actor, dossier=dossier)
    return ask(request, dossier, SetAsideForm(request.POST or None), page, act, _("搁置了，原因记下了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def note_snag(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why it is stuck."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    page = FormPage(title=_("为什么卡住"), submit=_("记下"), icon="i-pencil")
    act = partial(actions.note_snag, actor=actor, dossier=dossier)
    form = SnagForm(request.POST or None, initial={"words": dossier.snag})
    return ask(request, dossier, form, page, act, _("记下了。走到下一步时它会自己清掉。"))


def _gate_or_404(dossier: Dossier, rule: str) -> GateFacts:
    gate = gates.gate_named(rule, dossier)
    if gate is None:
        raise Http404
    return gate


def _says(gate: GateFacts) -> str:
    told: dict[str, object] = {"number": gate.number, "name": gate.name, "who": words.who_sees_to(gate.who)}
    if gate.due_on is None:
        return _("24 条的第 %(number)s 条「%(name)s」，%(who)s办。") % told
    told["day"] = words.on_day(gate.due_on)
    return _("24 条的第 %(number)s 条「%(name)s」，%(who)s办，%(day)s前。") % told
