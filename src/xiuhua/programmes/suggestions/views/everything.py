"""The list of all suggestions, and the same on the map."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.layers.geojson import feature_collection
from xiuhua.ground.layers.registry import layers_for
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import ObjectPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import lists, queries, screen
from xiuhua.programmes.suggestions.flow import IN_HAND, TOLD, WAITING, SuggestionFlow
from xiuhua.programmes.suggestions.inbox import LIGHT

NOT_DRAWN = ("facility", "suggestion")
"""Layers that are left out: suggestions stand in their place."""


@require_safe
@sight_required(Sight.SUGGESTIONS)
def everything(request: HttpRequest) -> HttpResponse:
    """Every suggestion that the reader may see."""
    return lists.everything_page(request).respond(request, queries.listed(actor_of(request)).defer(*LIGHT))


@require_safe
@sight_required(Sight.SUGGESTIONS)
def suggestion_map(request: HttpRequest) -> HttpResponse:
    """The suggestions of the list, filters and all, on the one map; with ``?only=`` a single one."""
    subdistrict = current_subdistrict(request)
    if subdistrict is None:
        raise Http404
    asked, only = request.GET.copy(), request.GET.get("only", "")
    asked.pop("only", None)
    rows = queries.listed(actor_of(request)).defer(*LIGHT)
    if only:
        rows = rows.filter(pk=int(only)) if only.isdecimal() and len(only) < 19 else rows.none()
    found = list(lists.everything_page(request).found(rows, asked))
    counts = [(_("待受理"), WAITING), (_("办理中"), IN_HAND), (_("已答复"), TOLD), (_("没有标位置"), ())]
    figures = [
        (title, sum(row.state in states if states else row.lon is None for row in found)) for title, states in counts
    ]
    back = f"{reverse('suggestions:all')}?{asked.urlencode()}"
    return ObjectPage(
        title=_("建议地图"),
        crumbs=screen.crumbs(),
        acts=[Act(_("看清单"), back, "i-list")],
        template="suggestions/map.html",
        extra={
            "figures": figures,
            "map_settings": {
                "layers": {
                    one.name: reverse("layers:geojson", args=[subdistrict.path, one.name])
                    for one in layers_for(actor_of(request))
                    if one.name not in NOT_DRAWN
                },
                "points": json.loads(feature_collection(lists.features_of(found))),
                "marked": {"type": "received", "words": SuggestionFlow.title_of("received")},
            },
        },
    ).respond(request)
