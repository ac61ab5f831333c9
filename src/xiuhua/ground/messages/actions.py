"""What is done with messages once they are written."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.messages import permits, rules
from xiuhua.ground.messages.models import Message
from xiuhua.ground.messages.sending import ask_to_send
from xiuhua.ground.messages.states import State
from xiuhua.ground.standards import on
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext

_MINUTE = timedelta(minutes=1)


@action("messages.note_sent", says=_("短信已发"), permits=permits.may_note, audience=Audience.OFFICE)
def note_sent(*, actor: Actor, message: Message) -> Done[Message]:
    """Note that a text message went out (已发); one that was noted already stays as it is."""
    message = locked(message)
    if message.state == State.WAITING:
        message.state, message.sent_at, message.why = State.SENT, now(), ""
        message.attempts += 1
        message.save(update_fields=["state", "sent_at", "why", "attempts"])
    return Done(message, _about(message))


@action("messages.note_not_sent", says=_("短信没发出去"), permits=permits.may_note, audience=Audience.OFFICE)
def note_not_sent(*, actor: Actor, message: Message, why: str, again: bool) -> Done[Message]:
    """Note that a text message did not go out: it is tried again later, or waits for a person (没发出去)."""
    message, at = locked(message), now()
    figures = on(at.date(), at=message.path).messages
    if message.state == State.WAITING:
        message.attempts += 1
        message.state = rules.after_failure(again=again, attempts=message.attempts, figures=figures)
        later = at + figures.again_minutes.number * _MINUTE
        message.send_after = rules.may_go_out_at(later, figures, urgent=message.urgent)
        message.why = f"{_told(message, again=again)}（{why}）"[:300]
        message.save(update_fields=["attempts", "state", "send_after", "why"])
    return Done(message, {**_about(message), "state": message.state})


@action("messages.send_again", says=_("再发一次短信"), permits=permits.may_look_after, audience=Audience.OFFICE)
def send_again(*, actor: Actor, message: Message) -> Done[Message]:
    """Have a message sent once more that failed (再发); the gateway knows it by the same number and sends it once.

    Raises
    ------
    Refused
        It did not fail, or the person was told otherwise.
    """
    message, at = locked(message), now()
    refuse_unless(rules.can_send_again(State(message.state), settled=message.settled_at is not None))
    message.state, message.attempts, message.why, message.send_after = State.WAITING, 0, "", at
    message.save(update_fields=["state", "attempts", "why", "send_after"])
    ask_to_send(message)
    return Done(message, _about(message))


@action("messages.settle", says=_("另行告知"), permits=permits.may_look_after, audience=Audience.OFFICE)
def settle(*, actor: Actor, message: Message, note: str) -> Done[Message]:
    """Note that the person of a failed message was told otherwise (另行告知).

    Raises
    ------
    Refused
        It did not fail, is settled already, or it is not said how.
    """
    message = locked(message)
    settled = message.settled_at is not None
    refuse_unless(rules.can_settle(State(message.state), note, settled=settled))
    message.settled_at = now()
    message.save(update_fields=["settled_at"])
    return Done(message, _about(message), sealed={"note": note.strip()})


@action("messages.open", says=_("看消息全文"), permits=permits.may_open, audience=Audience.OFFICE, shows=True)
def open_message(*, actor: Actor, message: Message) -> Done[Message]:
    """Show the telephone and the text of a message (看全文); each look is on record."""
    return Done(message, _about(message))


@action("messages.read", says=_("看了消息"), permits=permits.may_read, audience=Audience.OFFICE)
def read_messages(*, actor: Actor, messages: list[Message]) -> Done[Message]:
    """Note that somebody has looked at messages in their account (已读)."""
    numbers = [message.pk for message in messages]
    unread = Message.objects.filter(pk__in=numbers, state=State.SENT)
    count = unread.update(state=State.READ, read_at=now())
    return Done(messages[0], {"messages": count})


def _about(message: Message) -> dict[str, str]:
    return {"template": message.template, "subject_type": message.subject_type, "subject_id": message.subject_id}


def _told(message: Message, *, again: bool) -> str:
    if not again:
        return gettext("短信网关不收这条，请核对号码")
    if message.state == State.WAITING:
        return gettext("短信网关不通，过一会儿再试")
    return gettext("短信网关不通，试了 %(times)s 回") % {"times": message.attempts}
