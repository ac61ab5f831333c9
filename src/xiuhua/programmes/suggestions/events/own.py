"""活动: what is coming and what came of past ones, for everybody, on the phone."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiuhua.ground.bookings import queries as bookings
from xiuhua.ground.clock import now
from xiuhua.ground.ui.phone import Cell
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.events import lists, queries
from xiuhua.programmes.suggestions.events.screen import say_url
from xiuhua.programmes.suggestions.models import Event
from xiuhua.programmes.suggestions.own.office import office_of

A_PAGE = 10
FEW = 6
"""Published suggestions that an event's page names."""


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What is coming, and what came of past ones."""
    office = office_of(request, chosen=request.GET.get("office", ""))
    page = Paginator(queries.past(office), A_PAGE).get_page(request.GET.get("page"))
    photos = queries.public_photos(page.object_list)
    context = {
        "office": office,
        "coming": [_told(row) for row in queries.coming(office)],
        "past": [_told(row) | {"photo": photos.get(row.pk)} for row in page.object_list],
        "page": page,
    }
    return render(request, "suggestions/events/own/list.html", context)


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: programme, place, how to come; afterwards, what came of it."""
    row = Event.objects.announced().filter(pk=pk).first()
    if row is None:
        raise Http404
    session, at = queries.session_of(row), now()
    over = row.ends_at <= at
    context = {
        **_told(row),
        "session": session if session is not None and session.is_public and not session.cancelled_at else None,
        "left": session.free if session is not None and not bookings.others_first(session) else 0,
        "bookable": session is not None and not over and at < session.starts_at,
        "over": over,
        "running": row.is_running(at),
        "say_url": say_url(row),
        "programme": list(row.programme.all()),
        "photos": queries.photos_of(row, public=True),
        "conclusions": [line for line in row.conclusions.splitlines() if line.strip()] if row.reported_at else [],
        "figures": _figures(row) if over else None,
        "published": list(queries.published_from(row)[:FEW]),
    }
    return render(request, "suggestions/events/own/event.html", context)


def home_cells(request: HttpRequest) -> list[Cell]:
    """The next event, with its day; while none is coming, what came of past ones."""
    office = office_of(request)
    row = queries.coming(office).first()
    if row is None:
        if not queries.announced(office).exists():
            return []
        return [Cell(_("活动"), _("办过的，大家说了什么"), reverse("events:list"), "i-calendar-event")]
    line = f"{lists.short_day(row)}，{row.place}"
    return [Cell(row.title, line, reverse("events:event", args=[row.pk]), "i-calendar-event")]


def _told(row: Event) -> dict[str, Any]:
    return {
        "event": row,
        "span": lists.span_of(row),
        "kind": row.get_kind_display(),
        "tone": lists.KIND_TONES[row.kind],
    }


def _figures(row: Event) -> dict[str, int]:
    people = queries.people_counts(row)
    counted = queries.past(None).filter(pk=row.pk).first()
    return {
        "came": people.get("came", 0),
        "notes": counted.note_count if counted else 0,
        "suggestions": counted.suggestion_count if counted else 0,
        "adopted": counted.adopted_count if counted else 0,
    }
