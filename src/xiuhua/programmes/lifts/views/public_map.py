"""The map of lifts for everybody (公开加梯地图), without a sign-in and without anything personal."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from xiuhua.ground.layers.geojson import feature_collection
from xiuhua.ground.territory.everybody import ground_layer, office_for
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.queries import subdistricts
from xiuhua.ground.ui.phone import Cell
from xiuhua.programmes.lifts import public
from xiuhua.programmes.lifts.screens import map as screen

A_DAY = 86_400


@require_safe
def public_map(request: HttpRequest) -> HttpResponse:
    """How far the programme has come, block by block; first of which subdistrict, where nothing tells."""
    office = _office(request)
    if office is None:
        cells = [Cell(row.name, url=f"?office={row.path}", icon="i-map-2") for row in subdistricts()]
        return render(request, "lifts/map/choose.html", {"cells": cells})
    blocks = public.blocks_of(office)
    counts = public.totals(blocks)
    suitable = sum(block.suitable for block in blocks)
    by_committee: dict[str, list[public.Block]] = {}
    for block in blocks:
        by_committee.setdefault(block.committee, []).append(block)
    context = {
        "office": office,
        "sentence": screen.sentence(suitable, sum(block.in_hand for block in blocks)),
        "bar": screen.bar_of(counts),
        "figures": [(mark, screen.name_of(mark), counts[mark]) for mark in screen.IN_LEGEND],
        "committees": [
            (name, [(block, screen.bar_of(block.counts)) for block in found]) for name, found in by_committee.items()
        ],
    }
    return render(request, "lifts/map/public.html", context)


@require_safe
def blocks(request: HttpRequest) -> HttpResponse:
    """The same as features of a map."""
    office = _office(request)
    features = public.features_of(public.blocks_of(office)) if office else []
    return HttpResponse(feature_collection(features), content_type="application/geo+json")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def ground(request: HttpRequest, name: str) -> HttpResponse:
    """One layer of the ground beneath it."""
    office = _office(request)
    features = ground_layer(name, office.path) if office else None
    if features is None:
        raise Http404
    return HttpResponse(feature_collection(features), content_type="application/geo+json")


def _office(request: HttpRequest) -> Subdistrict | None:
    return office_for(request, request.GET.get("office", ""))
