"""你说我做: the public board, with what was published and nothing besides."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.own import told
from xiuhua.programmes.suggestions.own.office import office_of, offices

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
        "category": book.category_name(row.category),
        "steps": told.steps_of(row),
        "photos": StoredFile.objects.of(row).photos().filter(public_at__isnull=False),
        "many": row.merged_from.count(),
    }
    return render(request, "suggestions/own/published.html", context)


def _card(row: Suggestion, category: str, photo: StoredFile | None) -> dict[str, object]:
    return {"row": row, "category": category, "photo": photo, "words": told.words_of(row)}
