"""The wall of notes (便签墙): one page for the projector and the phone, and what its script asks for."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import OutOfSight
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.events import lists, queries, taking
from xiuhua.programmes.suggestions.events.asked import event_or_404, held_or_403, may_hold
from xiuhua.programmes.suggestions.events.screen import say_url
from xiuhua.programmes.suggestions.models import Event, Note
from xiuhua.programmes.suggestions.rules.events import LONGEST_NOTE

MOST_TURNED = 300
"""Notes that become suggestions at one press."""


@never_cache
@require_safe
@sight_required(Sight.SUGGESTIONS)
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """The wall."""
    event = event_or_404(request, pk)
    writes = may_hold(request, event) and event.state not in ("reported", "called_off")
    settings = {
        "event": event.pk,
        "topics": event.topics,
        "writes": writes,
        "notes": reverse("gatherings:notes", args=[event.pk]),
        "note": reverse("gatherings:note", args=[event.pk, 0]),
        "turn": reverse("gatherings:turn", args=[event.pk]),
        "wall": queries.wall_of(event),
    }
    context = {
        "event": event,
        "span": lists.span_of(event),
        "topics": list(enumerate(event.topics)),
        "settings": settings,
        "writes": writes,
        "scans": event.ends_at > now() and event.state != "called_off",
        "longest": LONGEST_NOTE,
        "say_url": request.build_absolute_uri(say_url(event)),
    }
    return render(request, "suggestions/events/wall.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """What hangs there, or nothing where the reader has seen it all; a note that is posted is hung up."""
    if request.method == "POST":
        event = held_or_403(request, pk)
        words, topic = request.POST.get("words", ""), _number(request, "topic")
        return _answered(event, lambda: taking.put_up(actor=actor_of(request), event=event, words=words, topic=topic))
    event = event_or_404(request, pk)
    if request.GET.get("seen") == queries.version_of(event, queries.own_count(event)):
        return HttpResponse(status=204)
    return JsonResponse(queries.wall_of(event))


@require_POST
@sight_required(Sight.SUGGESTIONS)
def note(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Do something with one note: ``do`` is dot, undot, move, merge or down."""
    event = held_or_403(request, pk)
    row, actor = _note(event, number), actor_of(request)
    deeds: dict[str, Callable[[], Any]] = {
        "dot": lambda: actions.dot_note(actor=actor, note=row),
        "undot": lambda: actions.dot_note(actor=actor, note=row, by=-1),
        "move": lambda: actions.move_note(actor=actor, note=row, topic=_number(request, "topic")),
        "merge": lambda: actions.merge_notes(actor=actor, note=row, into=_note(event, _number(request, "into"))),
        "down": lambda: actions.take_down_note(actor=actor, note=row),
    }
    deed = deeds.get(request.POST.get("do", ""))
    if deed is None:
        raise BadRequest
    return _answered(event, deed)


@require_POST
@sight_required(Sight.SUGGESTIONS)
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Make suggestions of the notes that are named."""
    event = held_or_403(request, pk)
    named = [int(number) for number in request.POST.getlist("note") if number.isdecimal() and len(number) < 19]
    rows = list(event.notes.filter(pk__in=named[:MOST_TURNED]).order_by("number"))
    return _answered(event, lambda: taking.turn(actor=actor_of(request), event=event, notes=rows))


def _answered(event: Event, act: Callable[[], Any]) -> JsonResponse:
    """Act, and answer with the wall as it is then; or with why not."""
    try:
        act()
    except Refused as refused:
        reasons = [{"text": one.text, "field": one.field, "mend": one.mend} for one in refused.reasons]
        return JsonResponse({"reasons": reasons, "detail": str(refused)}, status=422)
    event.refresh_from_db(fields=["wall_version"])
    return JsonResponse(queries.wall_of(event))


def _note(event: Event, number: int) -> Note:
    found: Note | None = event.notes.select_related("event").filter(pk=number).first()
    if found is None:
        raise OutOfSight(None)
    return found


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise BadRequest
    return int(value)
