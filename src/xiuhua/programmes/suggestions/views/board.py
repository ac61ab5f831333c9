"""The boards: how much came, what was answered in time, what became of it."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import ObjectPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import screen
from xiuhua.programmes.suggestions.boards import Board


@require_safe
@sight_required(Sight.SUGGESTIONS)
def board(request: HttpRequest) -> HttpResponse:
    """Figures as pictures, each with the list behind it."""
    inbox = screen.inbox_of(request, QueryDict())
    return ObjectPage(
        title=_("建议看板"),
        subtitle=_("近 26 周；点图上任何一处，看背后的清单。"),
        crumbs=screen.crumbs(),
        acts=[Act(_("清单"), reverse("suggestions:all"), "i-table")],
        template="suggestions/board.html",
        extra={"board": Board(actor_of(request)), "tabs": inbox.counts()},
    ).respond(request)
