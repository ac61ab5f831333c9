"""Who may do what with messages."""

from typing import Any

from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.messages.models import Message
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Sight


def may_note(actor: Actor, **_: object) -> bool:
    """The system alone."""
    return isinstance(actor, System)


def may_look_after(actor: Actor, *, message: Message, **_: object) -> bool:
    """Whoever knows people where it belongs."""
    return bool(Message.objects.visible_to(actor).filter(pk=message.pk).exists())


def may_open(actor: Actor, *, message: Message, **_: object) -> bool:
    """Whoever opens files where it belongs."""
    return any(within(message.path, top) for top in actor.sees(Sight.OPEN_FILES))


def may_read(actor: Any, *, messages: list[Message], **_: object) -> bool:
    """Whom they were sent to."""
    own = getattr(actor, "pk", None)
    return own is not None and all(message.user_id == own for message in messages)
