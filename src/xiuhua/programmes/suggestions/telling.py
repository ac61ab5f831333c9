"""Telling people what became of what they said: a reply on record, and a text message where they want one."""

from typing import Any

from django.urls import reverse

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.messages import sending as messages
from xiuhua.programmes.suggestions.models import Reply, Suggestion
from xiuhua.programmes.suggestions.reaching import Way, way_to

TEMPLATE = "suggestions.reply"


def tell(actor: Actor, suggestion: Suggestion, kind: Reply.Kind, words: str, *, template: str = "") -> Reply:
    """Say something to whoever suggested, and to those whose suggestions were merged into this one.

    Called within an action.
    """
    reply = _told(actor, suggestion, kind, words, template)
    for other in suggestion.merged_from.all():
        _told(actor, other, kind, words, template)
    return reply


def _told(actor: Actor, suggestion: Suggestion, kind: Reply.Kind, words: str, template: str) -> Reply:
    by_message = way_to(suggestion) is Way.MESSAGE
    reply = Reply.objects.create(
        suggestion=suggestion,
        kind=kind,
        words=words.strip(),
        template=template,
        by=actor.reference,
        said_at=now(),
        by_message=by_message,
    )
    _message(suggestion, words, by_message)
    return reply


def _message(suggestion: Suggestion, words: str, by_message: bool) -> None:
    """Send it on: to the telephone that was shown to be theirs, else to their account."""
    if not by_message and suggestion.user is None:
        return
    told: dict[str, Any] = {
        "text": words.strip(),
        "about": suggestion,
        "template": TEMPLATE,
        "link": link_of(suggestion),
    }
    if by_message:
        messages.send(to_phone=suggestion.phone, values={"number": suggestion.number}, **told)
    else:
        messages.send(to_user=suggestion.user, **told)


def link_of(suggestion: Suggestion) -> str:
    """Where the person follows it: an address that nobody guesses."""
    return reverse("say:follow", args=[suggestion.token])
