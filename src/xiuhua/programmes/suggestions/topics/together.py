"""Suggestions of a topic that may be one and the same (这几件说的是同一件)."""

from xiuhua.ground.journal.actors import Actor
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.inbox import LIGHT
from xiuhua.programmes.suggestions.models import Suggestion, Topic

AT_MOST = 12


def to_merge(topic: Topic, actor: Actor) -> list[Suggestion]:
    """Those that this person can merge, the earliest first; fewer than two are none (one query)."""
    states = [state.value for state in SuggestionFlow.states if SuggestionFlow.allows("merge", str(state.value))]
    rows = Suggestion.objects.visible_to(actor).filter(topic=topic, state__in=states).defer(*LIGHT).order_by("pk")
    found = [row for row in rows[: 2 * AT_MOST] if permits.may_decide(actor, suggestion=row)][:AT_MOST]
    return found if len(found) > 1 else []
