"""The inbox, the page of one suggestion, and what has come since."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import OutOfSight
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.suggestions import actions, screen
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.views.asked import suggestion_or_404, where_it_lies


@require_safe
@sight_required(Sight.SUGGESTIONS)
def inbox(request: HttpRequest) -> HttpResponse:
    """The inbox, with one suggestion open beside it."""
    asked = screen.inbox_of(request, request.GET)
    row = None
    if asked.current is not None:
        try:
            row = suggestion_or_404(request, asked.current)
        except OutOfSight:
            if asked.at is not None and asked.holds(asked.at):
                raise
    reading = screen.reading_of(request, row, inbox=asked) if row else None
    return screen.inbox_page(request, asked, reading, is_reading=asked.at is not None and row is not None)


@require_safe
@sight_required(Sight.SUGGESTIONS)
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion."""
    row = suggestion_or_404(request, pk)
    return screen.object_page(request, screen.reading_of(request, row))


@require_POST
@sight_required(Sight.SUGGESTIONS)
def sender(request: HttpRequest, pk: int) -> HttpResponse:
    """The same with name, telephone and own words whole, this once."""
    row = suggestion_or_404(request, pk)
    actions.look_at_sender(actor=actor_of(request), suggestion=row)
    return where_it_lies(request, row, whole=True)


@require_safe
@sight_required(Sight.SUGGESTIONS)
def news(request: HttpRequest) -> HttpResponse:
    """How many have come since the list was read: an offer, which moves nothing under the reader."""
    since = request.GET.get("since", "")
    number = int(since) if since.isdecimal() and len(since) < 19 else 0
    count = Suggestion.objects.visible_to(actor_of(request)).filter(pk__gt=number, state="received").count()
    url = f"{reverse('suggestions:inbox')}?tab=received"
    return render(request, "suggestions/parts/news.html", {"count": count, "url": url})
