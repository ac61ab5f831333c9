"""Quotes of a stairwell, and the one that is chosen."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, queries_build, words_build
from xiuhua.programmes.lifts.forms.contracting import ChooseForm, QuoteForm
from xiuhua.programmes.lifts.models import Quote
from xiuhua.programmes.lifts.rules.contractors import BUILDS
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import quotes as screen
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def quotes(request: HttpRequest, pk: int) -> HttpResponse:
    """Quotes side by side."""
    dossier = dossier_or_404(request, pk)
    page = head.page_of(
        request,
        dossier,
        sections=[screen.comparison(request, dossier)],
        acts=screen.acts_of(request, dossier),
    )
    return page.respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def note_quote(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down what a firm asks."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    form = QuoteForm(request.POST or None, request.FILES or None, firms=queries_build.firms_for(dossier, *BUILDS))
    page = FormPage(
        title=_("登记报价"),
        submit=_("登记报价"),
        icon="i-receipt",
        say=[_("同一家再登记一次，就是改报价。名录里没有的单位，先请中心登记。")],
    )
    act = partial(actions.note_quote, actor=actor, dossier=dossier)
    back = reverse("lifts:quotes", args=[pk])
    return ask(request, dossier, form, page, act, _("报价记下了。"), back=back)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def choose_quote(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose one, and say why."""
    actor = actor_of(request)
    quote: Quote = get_visible_or_404(Quote.objects.select_related("contractor"), actor, pk=pk)
    dossier = dossier_or_404(request, quote.dossier_id)
    require(permits.may_work(actor, dossier=dossier))
    told = {"firm": quote.contractor.name, "yuan": words_build.yuan(quote.price_fen), "days": quote.days}
    page = FormPage(
        title=_("选定报价"),
        submit=_("选定这家"),
        icon="i-check",
        say=[_("%(firm)s，%(yuan)s 元，工期 %(days)s 天。选定以后不能再改报价。") % told],
    )
    act = partial(actions.choose_quote, actor=actor, quote=quote)
    back = reverse("lifts:quotes", args=[dossier.pk])
    return ask(request, dossier, ChooseForm(request.POST or None), page, act, _("选定了。"), back=back)
