from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xiuhua.ground.layers.geojson import feature_collection
from xiuhua.ground.layers.registry import layer_named


@require_safe
def layer_geojson(request: HttpRequest, territory: str, name: str) -> HttpResponse:
    """One layer below a territory path, as far as the reader sees it.

    The browser keeps it and asks whether it changed; nobody between may keep it, since readers see different things.
    """
    layer, seer = layer_named(name), request.actor  # type: ignore[attr-defined]
    if layer is None or not territory.isdigit():
        raise Http404
    if not seer.sees(layer.sight):
        raise PermissionDenied
    response = HttpResponse(feature_collection(layer.features(territory, seer)), content_type="application/geo+json")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
