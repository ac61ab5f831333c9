from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xiuhua.ground.layers.geojson import feature_collection
from xiuhua.ground.layers.registry import layer_named


@require_safe
def layer_geojson(request: HttpRequest, territory: str, name: str) -> HttpResponse:
    """One layer below a territory path; the browser keeps it and asks whether it changed."""
    layer = layer_named(name)
    if layer is None or not territory.isdigit():
        raise Http404
    response = HttpResponse(feature_collection(layer.features(territory)), content_type="application/geo+json")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
