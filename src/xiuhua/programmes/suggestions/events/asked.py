"""What the pages share: the event that is meant, and whether whoever asks may work on it."""

from django.http import HttpRequest

from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.models import Event


def event_or_404(request: HttpRequest, pk: int) -> Event:
    """The event that is meant; the frame around the page then speaks of its subdistrict."""
    event = get_visible_or_404(Event, actor_of(request), pk=pk)
    request.subdistrict = Subdistrict.objects.defer("geometry").get(path=event.subdistrict)  # type: ignore[attr-defined]
    return event


def may_hold(request: HttpRequest, event: Event) -> bool:
    """Whether whoever asks holds this event."""
    return permits.may_hold_event(actor_of(request), event=event)


def held_or_403(request: HttpRequest, pk: int) -> Event:
    """The same, for whoever holds it.

    Raises
    ------
    PermissionDenied
        They only see it.
    """
    event = event_or_404(request, pk)
    require(may_hold(request, event))
    return event
