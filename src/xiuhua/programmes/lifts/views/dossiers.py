"""The list of dossiers, and one dossier."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.objects import Part
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import lists, queries, queries_dossiers
from xiuhua.programmes.lifts.screens import head, sections
from xiuhua.programmes.lifts.views.asked import dossier_or_404

ACTS_SHOWN = 200


@require_safe
@sight_required(Sight.LIFTS)
def everything(request: HttpRequest) -> HttpResponse:
    """Every dossier that the reader may see, those that wait longest for progress first."""
    rows = queries_dossiers.stuck_first(queries.dossiers(actor_of(request)))
    return lists.dossiers_page(request).respond(request, rows)


@require_safe
@sight_required(Sight.LIFTS)
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One stairwell's dossier."""
    row = dossier_or_404(request, pk)
    page = head.page_of(request, row, sections=sections.cards_of(request, row), aside=sections.asides_of(request, row))
    return page.respond(request)


@require_safe
@sight_required(Sight.LIFTS)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was done about a stairwell, newest first."""
    row = dossier_or_404(request, pk)
    items = queries_dossiers.happened_to(row, actor_of(request), latest=ACTS_SHOWN)
    card = Part(_("日志"), "lifts/dossiers/timeline.html", {"items": items})
    return head.page_of(request, row, sections=[card], acts=()).respond(request)
