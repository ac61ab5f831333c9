"""Seeing what lies masked: who it was, and their own words."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.models import Suggestion


@action(
    "suggestions.look_at_sender",
    says=gettext_lazy("查看建议人"),
    permits=permits.may_handle,
    audience=Audience.OFFICE,
    shows=True,
)
def look_at_sender(*, actor: Actor, suggestion: Suggestion) -> Done[Suggestion]:
    """See whole who suggested something, how to reach them, and their own words (查看建议人), to answer them."""
    return Done(suggestion, {"purpose": "answer"})
