"""The ground around a point, for whoever says where something is: no people, no house numbers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from xiuhua.ground.layers.geojson import feature_collection
from xiuhua.ground.territory.everybody import ground_layer
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.surroundings import name_of_point, picture_of
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.own.office import office_of, offices

A_DAY = 86_400


@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """What people call a point, and whether it lies here."""
    lon, lat = _point(request)
    office = _office_at(request, lon, lat)
    if office is None or not queries.lies_within(office, lon, lat):
        return JsonResponse({"inside": False, "name": ""})
    committee = queries.committee_at(office, lon, lat)
    name = name_of_point(office, lon, lat)
    return JsonResponse({"inside": True, "name": name, "committee": committee.name if committee else ""})


@require_safe
@cache_control(public=True, max_age=A_DAY)
def around(request: HttpRequest) -> HttpResponse:
    """The picture of a point's surroundings."""
    lon, lat = _point(request)
    office = _office_at(request, lon, lat)
    if office is None:
        raise Http404
    return HttpResponse(picture_of(office, lon, lat), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def layer(request: HttpRequest, name: str) -> HttpResponse:
    """One layer of the ground, without names of houses."""
    office = office_of(request, chosen=request.GET.get("office", ""))
    features = ground_layer(name, office.path) if office else None
    if features is None:
        raise Http404
    return HttpResponse(feature_collection(features), content_type="application/geo+json")


def _point(request: HttpRequest) -> tuple[float, float]:
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        raise Http404 from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Http404
    return lon, lat


def _office_at(request: HttpRequest, lon: float, lat: float) -> Subdistrict | None:
    """The office in whose area a point lies, else the reader's."""
    within = next((row for row in offices() if queries.lies_within(row, lon, lat)), None)
    return within or office_of(request)
