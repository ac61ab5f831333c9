"""Words among colleagues: left by themselves, or along with handing on and taking more time."""

from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.suggestions import permits, rules
from xiuhua.programmes.suggestions.models import Memo, Suggestion


@action("suggestions.leave_memo", says=gettext_lazy("内部留言"), permits=permits.may_handle)
def leave_memo(*, actor: Actor, suggestion: Suggestion, words: str) -> Done[Suggestion]:
    """Leave a word for whoever handles it besides oneself (内部留言); in any state, and the person never reads it.

    Raises
    ------
    Refused
        Nothing is written, or too much.
    """
    suggestion = locked(suggestion)
    refuse_unless(rules.memo_can_be_left(words))
    memo = note_down(actor, suggestion, Memo.Kind.NOTE, words)
    return Done(suggestion, {"memo": memo.pk, "day": today()})


def note_down(actor: Actor, suggestion: Suggestion, kind: Memo.Kind, words: str, **told: Any) -> Memo:
    """Keep a word among colleagues; called within an action."""
    return Memo.objects.create(
        suggestion=suggestion, kind=kind, words=words.strip(), by=actor.reference, said_at=now(), **told
    )
