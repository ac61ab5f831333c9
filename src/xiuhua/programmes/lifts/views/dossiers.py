"""The list of dossiers, and one dossier."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.lists import Column, Empty, ListPage
from xiuhua.ground.ui.objects import ObjectPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.screens import sections
from xiuhua.programmes.lifts.views.asked import actor_of, crumbs, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def everything(request: HttpRequest) -> HttpResponse:
    """Every dossier that the reader may see."""
    columns: list[Column[Dossier]] = [
        Column("address", _("门洞"), lambda row: row.address, link=lambda row: row.get_absolute_url(), order_by="path"),
        Column("stage", _("阶段"), lambda row: row.stage_words, order_by="stage"),
    ]
    return ListPage(
        title=_("加梯档案"),
        columns=columns,
        empty=Empty(_("还没有加梯档案"), _("建档以后，每个没有电梯的门洞都有一份。")),
    ).respond(request, queries.dossiers(actor_of(request)))


@require_safe
@sight_required(Sight.LIFTS)
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One stairwell's dossier."""
    row = dossier_or_404(request, pk)
    return ObjectPage(
        title=row.address,
        subject=row,
        crumbs=crumbs(),
        sections=sections.cards_of(request, row),
        aside=sections.asides_of(request, row),
    ).respond(request)
