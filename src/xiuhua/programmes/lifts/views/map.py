"""The five-colour map (五色加梯地图), what it says of one stairwell, and the programme replayed."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.layers.registry import layers_for
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.queries import committee_names
from xiuhua.programmes.lifts import lists, recorded
from xiuhua.programmes.lifts.replay import replay as played
from xiuhua.programmes.lifts.screens import map as screen
from xiuhua.programmes.lifts.screens.panel import Panel
from xiuhua.programmes.lifts.views.asked import dossier_or_404

NOT_DRAWN = ("facility", "suggestion", "wall", "gate", "path")
"""Layers that are left out, so that the stairwells stand clear."""


@require_safe
@sight_required(Sight.LIFTS)
def lift_map(request: HttpRequest) -> HttpResponse:
    """Every stairwell that the reader may see, by its stage; what is stuck; the programme replayed."""
    subdistrict, actor = subdistrict_of(request), actor_of(request)
    found = screen.LiftMap(actor, subdistrict.path, today())
    names = committee_names(actor)
    with_lifts = {row.path[:12] for row in found.rows}
    tiles = found.tiles()
    context = {
        "found": found,
        "tiles": tiles,
        "legend": sorted(tiles, key=lambda tile: screen.IN_LEGEND.index(tile.mark)),
        "stuck": found.stuck(),
        "committees": [(path, name) for path, name in names.items() if path in with_lifts],
        "days": lists.STUCK_DAYS,
        "shown_stuck": screen.SHOWN_STUCK,
        "map_settings": {
            "layers": {
                one.name: reverse("layers:geojson", args=[subdistrict.path, one.name])
                for one in layers_for(actor)
                if one.name not in NOT_DRAWN
            },
            "lifts": reverse("layers:geojson", args=[subdistrict.path, "lift"]),
            "panel": reverse("lifts:map_panel", args=[0]).replace("/0/", "/:id/"),
            "replay": reverse("lifts:replay"),
            "today": today().isoformat(),
        },
    }
    return render(request, "lifts/map/map.html", context)


@require_safe
@sight_required(Sight.LIFTS)
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands beside the map about one stairwell."""
    dossier = dossier_or_404(request, pk)
    return render(request, "lifts/map/panel.html", {"panel": Panel(request, dossier)})


@require_safe
@sight_required(Sight.LIFTS)
def replay(request: HttpRequest) -> HttpResponse:
    """Moves from stage to stage since the beginning, for whoever may see the stairwells."""
    moves = recorded.moves_of(actor_of(request), subdistrict_of(request).path)
    response = JsonResponse(played(moves, until=today()))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def subdistrict_of(request: HttpRequest) -> Subdistrict:
    """The subdistrict that the page is about.

    Raises
    ------
    Http404
        The reader sees none.
    """
    found = current_subdistrict(request)
    if found is None:
        raise Http404
    return found
