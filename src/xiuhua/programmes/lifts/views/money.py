"""The money after the shares: signatures, instalments, payments, the final cost."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.forms import FormPage, Part
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, queries_shares
from xiuhua.programmes.lifts.forms.money import MOST_PARTS, PaymentForm, PlanForm, SettleForm, SignForm, StrikeForm
from xiuhua.programmes.lifts.models import Dossier, Payment, Scheme
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import money as screen
from xiuhua.programmes.lifts.screens.shares_card import sees_rooms
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404


@require_safe
@sight_required(Sight.OWNERS)
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has signed, what is due and what came in."""
    dossier = _seen(request, pk)
    scheme = queries_shares.adopted_scheme(dossier)
    return head.page_of(
        request,
        dossier,
        acts=screen.acts_of(dossier, scheme) if permits.may_work(actor_of(request), dossier=dossier) else [],
        sections=screen.sections_of(dossier, scheme, today()) if scheme else screen.sections_without_scheme(dossier),
    ).respond(request)


@require_safe
@sight_required(Sight.OWNERS)
def balances(request: HttpRequest, pk: int) -> HttpResponse:
    """Balance by household, to be exported."""
    dossier = _seen(request, pk)
    scheme = _in_force_or_404(dossier)
    return screen.balance_list(dossier, scheme, today()).respond(request, queries_shares.balances(scheme))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def sign_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down that a household has signed."""
    dossier = _carried(request, pk)
    form = SignForm(request.POST or None, request.FILES or None, dossier=dossier)
    page = FormPage(title=_("登记签字"), submit=_("登记签字"), icon="i-signature")
    return _done_for(request, dossier, form, page, actions.sign_share, _("签字登记好了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def note_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down what a household has paid."""
    dossier = _carried(request, pk)
    form = PaymentForm(request.POST or None, dossier=dossier)
    page = FormPage(title=_("登记收款"), submit=_("登记收款"), icon="i-receipt")
    return _done_for(request, dossier, form, page, actions.note_payment, _("收款登记好了，收据可以打印。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def note_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down what was paid back to a household."""
    dossier = _carried(request, pk)
    form = PaymentForm(request.POST or None, dossier=dossier)
    page = FormPage(title=_("登记退款"), submit=_("登记退款"), icon="i-receipt")
    return _done_for(request, dossier, form, page, actions.note_refund, _("退款登记好了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def plan_instalments(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in how many parts shares are paid."""
    dossier = _carried(request, pk)
    form = PlanForm(request.POST or None, scheme=_in_force_or_404(dossier))
    rows = [(f"words_{at}", f"percent_{at}", f"due_{at}") for at in range(1, MOST_PARTS + 1)]
    page = FormPage(
        title=_("排分期付款"),
        submit=_("排好"),
        icon="i-calendar",
        say=[_("各期合计 100%，按每户应出的钱算到分。用不着的一期空着。")],
        parts=[Part(_("分几期"), rows)],
    )
    return _done_for(request, dossier, form, page, actions.plan_instalments, _("分期排好了。"), of_dossier=True)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def settle_cost(request: HttpRequest, pk: int) -> HttpResponse:
    """Put in the final cost."""
    dossier = _carried(request, pk)
    form = SettleForm(request.POST or None)
    page = FormPage(
        title=_("结算造价"),
        submit=_("结算"),
        icon="i-scale",
        say=[_("按定稿时的比例重算每户应出的钱，多退少补，算到分。")],
    )
    return _done_for(
        request, dossier, form, page, actions.settle_cost, _("结算好了，每户的余额已经重算。"), of_dossier=True
    )


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def strike_payment(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Strike out an entry of money; asked once more."""
    payment = get_visible_or_404(Payment, actor_of(request), pk=payment_id)
    dossier = _carried(request, payment.dossier_id)
    form = StrikeForm(request.POST or None)
    page = FormPage(
        title=_("作废收据 %(receipt)s") % {"receipt": payment.receipt},
        submit=_("作废"),
        danger=True,
        say=[_("作废以后这个号不再用，记录还留着。")],
    )

    def act(**told: Any) -> object:
        return actions.strike_payment(actor=actor_of(request), payment=payment, **told)

    return ask(request, dossier, form, page, act, _("收据作废了。"), back=_here(dossier))


def _done_for(
    request: HttpRequest,
    dossier: Dossier,
    form: Form,
    page: FormPage,
    deed: Callable[..., object],
    said: str,
    *,
    of_dossier: bool = False,
) -> HttpResponse:
    def act(**told: Any) -> object:
        about = {"dossier": dossier} if of_dossier else {}
        return deed(actor=actor_of(request), **about, **told)

    return ask(request, dossier, form, page, act, said, back=_here(dossier))


def _seen(request: HttpRequest, pk: int) -> Dossier:
    """A dossier whose households the reader may see."""
    dossier = dossier_or_404(request, pk)
    if not sees_rooms(actor_of(request), dossier):
        raise Http404
    return dossier


def _carried(request: HttpRequest, pk: int) -> Dossier:
    dossier = _seen(request, pk)
    require(permits.may_work(actor_of(request), dossier=dossier))
    return dossier


def _in_force_or_404(dossier: Dossier) -> Scheme:
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is None:
        raise Http404
    return scheme


def _here(dossier: Dossier) -> str:
    return reverse("lifts:money", args=[dossier.pk])
