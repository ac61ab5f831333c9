"""Objections (异议), mediation (调解) and mandates (委托) of a stairwell."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground import standards
from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.ui.forms import Part as FormPart
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, queries_votes
from xiuhua.programmes.lifts.forms.votes import AnswerForm, MandateForm, MediationForm, ObjectionForm
from xiuhua.programmes.lifts.models import Dossier, Mandate, Objection
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import objections as screen
from xiuhua.programmes.lifts.screens.votes import sees_owners
from xiuhua.programmes.lifts.views.asked import act_at_once, ask, crumbs, dossier_or_404


@require_safe
@sight_required(Sight.OWNERS)
def objections(request: HttpRequest, pk: int) -> HttpResponse:
    """Objections of a stairwell and their answers, and its mediations."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(sees_owners(actor, dossier))
    works = permits.may_work(actor, dossier=dossier)
    acts = [
        Act(_("登记调解"), reverse("lifts:note_mediation", args=[pk]), "i-users"),
        Act(_("登记异议"), reverse("lifts:note_objection", args=[pk]), "i-message-2", primary=True),
    ]
    return head.page_of(
        request,
        dossier,
        acts=acts if works and dossier.attempt else (),
        sections=[
            screen.objections_section(list(queries_votes.objections_of(dossier, actor)), works=works),
            screen.mediations_section(dossier),
        ],
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def note_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down what a household objects to."""
    dossier = _worked(request, pk)
    days = int(standards.on(today(), at=dossier.path).lifts.notice.reply_days.number)
    say = [_("%(days)s 个工作日内书面答复；原话只有专员和居委会看得到。") % {"days": days}]
    page = FormPage(title=_("登记异议"), submit=_("登记异议"), icon="i-message-2", say=say)
    act = partial(actions.note_objection, actor=actor_of(request), dossier=dossier)
    form = ObjectionForm(request.POST or None, dossier=dossier)
    return ask(request, dossier, form, page, act, _("异议登记好了。"), back=_here(dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def answer_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection in writing."""
    objection = get_visible_or_404(Objection, actor_of(request), pk=pk)
    dossier = _worked(request, objection.dossier_id)
    page = FormPage(
        title=_("书面答复"),
        submit=_("书面答复"),
        icon="i-check",
        say=[_("异议：%(words)s") % {"words": objection.words}],
    )
    act = partial(actions.answer_objection, actor=actor_of(request), objection=objection)
    return ask(request, dossier, AnswerForm(request.POST or None), page, act, _("答复记下了。"), back=_here(dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def note_mediation(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a mediation on record."""
    dossier = _worked(request, pk)
    page = FormPage(
        title=_("登记调解"),
        submit=_("登记调解"),
        icon="i-users",
        say=[_("表决没有通过的，登记了调解就可以再次表决。")],
        parts=[
            FormPart(_("谁来谈"), [("on", "mediator"), "households"]),
            FormPart(_("谈成什么"), ["outcome", "words"]),
        ],
    )
    act = partial(actions.note_mediation, actor=actor_of(request), dossier=dossier)
    form = MediationForm(request.POST or None, request.FILES or None)
    return ask(request, dossier, form, page, act, _("调解记录好了。"), back=_here(dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def give_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down that an owner lets somebody act for them."""
    dossier = _worked(request, pk)
    page = FormPage(
        title=_("登记委托"),
        submit=_("登记委托"),
        icon="i-users",
        say=[_("住在外地的、不会用手机的，可以委托家里人或邻居。委托书要业主亲笔签名。")],
        parts=[
            FormPart(_("谁委托谁"), ["owner", ("name", "phone"), "relation"]),
            FormPart(_("办什么、到什么时候"), ["covers", ("given_on", "until"), "file"]),
        ],
    )
    act = partial(actions.give_mandate, actor=actor_of(request), dossier=dossier)
    form = MandateForm(request.POST or None, request.FILES or None, dossier=dossier)
    back = reverse("lifts:votes", args=[dossier.pk])
    return ask(request, dossier, form, page, act, _("委托登记好了。"), back=back)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mandate, after asking once more."""
    mandate = get_visible_or_404(Mandate.objects.select_related("owner"), actor_of(request), pk=pk)
    dossier = _worked(request, mandate.dossier_id)
    back = reverse("lifts:votes", args=[dossier.pk])
    if request.method == "POST":
        return act_at_once(request, actions.end_mandate, _("委托撤销了。"), back=back, mandate=mandate)
    page = FormPage(title=_("撤销委托"), submit=_("撤销"), danger=True, say=[_("以前凭它办的还算数，以后不能再办。")])
    return page.respond(request, subtitle=dossier.address, crumbs=crumbs(dossier), cancel=back)


def _worked(request: HttpRequest, pk: int) -> Dossier:
    """The dossier, for whoever carries it."""
    dossier = dossier_or_404(request, pk)
    require(permits.may_work(actor_of(request), dossier=dossier))
    return dossier


def _here(dossier: Dossier) -> str:
    return reverse("lifts:objections", args=[dossier.pk])
