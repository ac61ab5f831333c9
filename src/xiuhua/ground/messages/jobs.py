"""Sending text messages (发短信): each by a job of its own when its action has committed; what waits, by the hour."""

import json
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.registry import job, periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.messages import actions, queries
from xiuhua.ground.messages.models import Message
from xiuhua.ground.messages.sending import KIND
from xiuhua.ground.messages.sms import NotSent, Sms, send_sms
from xiuhua.ground.messages.states import State
from xiuhua.ground.words import gettext

AT_ONCE = 500


@job(KIND, says=_("发短信"), longest=timedelta(minutes=5), announced=False)
def send_one(running: Running, *, message: int) -> None:
    """Send one message, if it still waits and its time has come."""
    found = queries.due(now()).filter(pk=message).first()
    if found is not None:
        _send(running, found)
    with running.effect():
        running.done({})


@periodic("*/20 * * * *", "messages.send_waiting", says=_("发等着的短信"))
def send_waiting(running: Running) -> None:
    """Send what waited for the morning, or for the gateway."""
    sent = 0
    for message in list(queries.due(now())[:AT_ONCE]):
        running.stop_if_asked()
        sent += _send(running, message)
    with running.effect():
        running.done({gettext("发出的短信"): sent})


def _send(running: Running, message: Message) -> bool:
    """Try to send it, and note what came of it; a worker that dies between has it sent under the same number again."""
    values = json.loads(message.values_sent) if message.values_sent else {}
    try:
        send_sms(Sms(message.phone, message.text, message.template, values, message.request_id))
    except NotSent as failure:
        with running.effect():
            actions.note_not_sent(actor=running.actor, message=message, why=str(failure), again=failure.again)
        return False
    with running.effect():
        told = actions.note_sent(actor=running.actor, message=message).subject
    return told.state == State.SENT
