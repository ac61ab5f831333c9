"""你说我做: the public board, with what was published and nothing besides."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from shapely import Point

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.layers.geojson import feature_collection
from xiuhua.ground.layers.registry import Feature
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.phone import Cell
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.own import told
from xiuhua.programmes.suggestions.own.office import office_of, offices
from xiuhua.programmes.suggestions.topics.public import spoken_of

A_PAGE = 12


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What people said and what was done, newest first; by category, and what is done already."""
    office = office_of(request, chosen=request.GET.get("office", ""))
    rows = queries.published(office)
    category, done = request.GET.get("category", ""), request.GET.get("done") == "1"
    book = on(today(), at=office.path if office else None).suggestions
    counts = queries.published_by_category(office)
    if category in book.categories:
        rows = rows.filter(category=category)
    if done:
        rows = rows.filter(project__state="done")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    photos = queries.public_photos(page.object_list)
    context = {
        "page": page,
        "cards": [_card(row, book.category_name(row.category), photos.get(row.pk)) for row in page.object_list],
        "categories": [(key, one.name, counts[key]) for key, one in book.categories.items() if counts.get(key)],
        "chosen": category,
        "done": done,
        "figures": queries.public_figures(office),
        "spoken": spoken_of(office),
        "office": office,
        "offices": offices(),
    }
    return render(request, "suggestions/own/board.html", context)


@require_safe
def published(request: HttpRequest, office: int, number: str) -> HttpResponse:
    """One of them: the words as they were published, what was done, the project, the place."""
    row = get_object_or_404(queries.published(None), subdistrict=str(office), number=number)
    book = on(today(), at=row.subdistrict).suggestions
    context = {
        "row": row,
        "point": queries.public_point(row),
        "category": book.category_name(row.category),
        "steps": told.steps_of(row),
        "photos": StoredFile.objects.of(row).photos().filter(public_at__isnull=False),
        "many": row.merged_from.count(),
    }
    return render(request, "suggestions/own/published.html", context)


@require_safe
def board_map(request: HttpRequest) -> HttpResponse:
    """The same on the map, with the newest as a list for whoever reads."""
    office = office_of(request, chosen=request.GET.get("office", ""))
    rows = queries.published(office).filter(lon__isnull=False)[:A_PAGE]
    cells = [Cell(row.public_title, row.public_place, _address(row), "i-map-pin") for row in rows]
    return render(request, "suggestions/own/board_map.html", {"office": office, "cells": cells})


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """What stands on the board, as points for maps of everybody's."""
    office = office_of(request, chosen=request.GET.get("office", ""))
    rows = queries.published(office).filter(lon__isnull=False)
    placed = ((row, queries.public_point(row)) for row in rows)
    features = (Feature(row.pk, Point(point), _said(row)) for row, point in placed if point is not None)
    return HttpResponse(feature_collection(features), content_type="application/geo+json")


def _said(row: Suggestion) -> dict[str, object]:
    done = row.project is not None and row.project.state == "done"
    return {"title": row.public_title, "words": told.words_of(row), "url": _address(row), "done": done}


def _address(row: Suggestion) -> str:
    return reverse("say:published", args=[row.subdistrict, row.number])


def _card(row: Suggestion, category: str, photo: StoredFile | None) -> dict[str, object]:
    return {"row": row, "category": category, "photo": photo, "words": told.words_of(row)}
