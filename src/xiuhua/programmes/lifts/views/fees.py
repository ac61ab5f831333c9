"""The account of a stairwell's lift."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage, Part
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, words_build
from xiuhua.programmes.lifts.forms.dossiers import ReasonForm
from xiuhua.programmes.lifts.forms.keeping import FeeForm
from xiuhua.programmes.lifts.models import FeeLine
from xiuhua.programmes.lifts.screens import fees as screen
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def fees(request: HttpRequest, pk: int) -> HttpResponse:
    """The account, with its sums."""
    dossier = dossier_or_404(request, pk)
    lines = screen.account_of(dossier)
    return screen.fees_page(request, dossier, lines).respond(request, lines)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def note_fee(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down a line."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    form = FeeForm(request.POST or None, request.FILES or None)
    page = FormPage(
        title=_("记一笔"),
        submit=_("记进账里"),
        icon="i-coin",
        parts=[Part("", [("kind", "on"), ("amount_fen", "words"), "receipt"])],
    )
    act = partial(actions.note_fee, actor=actor, dossier=dossier)
    return ask(request, dossier, form, page, act, _("记好了。"), back=reverse("lifts:fees", args=[pk]))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def take_back_fee(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike a line that was put down by mistake."""
    actor = actor_of(request)
    line: FeeLine = get_visible_or_404(FeeLine, actor, pk=pk)
    line.dossier = dossier_or_404(request, line.dossier_id)
    require(permits.may_work(actor, dossier=line.dossier))
    told = {"on": line.on, "what": line.get_kind_display(), "yuan": words_build.yuan(line.amount_fen)}
    page = FormPage(
        title=_("冲销一笔"),
        submit=_("冲销"),
        icon="i-ban",
        danger=True,
        say=[_("%(on)s，%(what)s %(yuan)s 元。冲销以后不算进余额，这一笔和原因还留着。") % told],
    )
    act = partial(actions.take_back_fee, actor=actor, line=line)
    back = reverse("lifts:fees", args=[line.dossier_id])
    return ask(request, line.dossier, ReasonForm(request.POST or None), page, act, _("冲销了。"), back=back)
