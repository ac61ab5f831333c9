"""Agreements, receipts and statements as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.documents import pdf_response
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries_shares
from xiuhua.programmes.lifts.models import Dossier, Flat, Payment, Scheme
from xiuhua.programmes.lifts.screens import share_papers as papers
from xiuhua.programmes.lifts.screens.shares_card import sees_rooms
from xiuhua.programmes.lifts.views.asked import dossier_or_404


@require_safe
@sight_required(Sight.OWNERS)
def agreements(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreements of all households in one file."""
    dossier = dossier_or_404(request, pk)
    if not sees_rooms(actor_of(request), dossier):
        raise Http404
    pdf = papers.agreements_pdf(dossier, _in_force(dossier))
    return pdf_response(pdf, _("%(address)s 分摊协议") % {"address": dossier.address})


@require_safe
@sight_required(Sight.OWNERS)
def agreement(request: HttpRequest, pk: int, flat_id: int) -> HttpResponse:
    """The agreement of one household."""
    dossier, flat = _flat(request, pk, flat_id)
    pdf = papers.agreements_pdf(dossier, _in_force(dossier), flat)
    return pdf_response(pdf, _("%(address)s %(room)s 室 分摊协议") % {"address": dossier.address, "room": flat.room})


@require_safe
@sight_required(Sight.OWNERS)
def fund_note(request: HttpRequest, pk: int, flat_id: int) -> HttpResponse:
    """What a household has paid, for the housing fund."""
    dossier, flat = _flat(request, pk, flat_id)
    _in_force(dossier)
    pdf = papers.fund_note_pdf(dossier, flat)
    return pdf_response(
        pdf, _("%(address)s %(room)s 室 公积金提取说明") % {"address": dossier.address, "room": flat.room}
    )


@require_safe
@sight_required(Sight.OWNERS)
def receipt(request: HttpRequest, payment_id: int) -> HttpResponse:
    """A receipt."""
    rows = Payment.objects.select_related("flat", "dossier__stairwell__building__committee__subdistrict")
    payment = get_visible_or_404(rows, actor_of(request), pk=payment_id)
    return pdf_response(papers.receipt_pdf(payment), _("收据 %(receipt)s") % {"receipt": payment.receipt})


def _flat(request: HttpRequest, pk: int, flat_id: int) -> tuple[Dossier, Flat]:
    dossier = dossier_or_404(request, pk)
    return dossier, get_visible_or_404(Flat.objects.filter(dossier=dossier), actor_of(request), pk=flat_id)


def _in_force(dossier: Dossier) -> Scheme:
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is None:
        raise Http404
    return scheme
