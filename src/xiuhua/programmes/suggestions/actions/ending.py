"""Having done with it, and not letting it lie."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.actions.terms import set_terms
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Suggestion


@action("suggestions.close", says=gettext_lazy("办结"), permits=permits.may_handle)
def close(*, actor: Actor, suggestion: Suggestion) -> Done[Suggestion]:
    """Close what was answered (办结); the person may still ask once that it be taken up again.

    Raises
    ------
    Refused
        It has not been answered yet.
    """
    suggestion = locked(suggestion)
    suggestion.state = SuggestionFlow.after("close", suggestion.state)
    suggestion.closed_at = now()
    set_terms(suggestion)
    suggestion.save()
    return Done(suggestion, {"day": today()})


@action("suggestions.escalate", says=gettext_lazy("逾期报科长"), permits=permits.may_escalate)
def escalate(*, actor: Actor, suggestion: Suggestion) -> Done[Suggestion]:
    """Tell the section head that a term is over and nothing has happened (逾期报科长)."""
    suggestion = locked(suggestion)
    suggestion.escalated_at = now()
    suggestion.save(update_fields=["escalated_at"])
    return Done(suggestion, {"due_on": suggestion.due_on, "unit": suggestion.section or suggestion.unit_path})
