"""Telling somebody something (发消息): called by an action, within its transaction; a job sends it after that."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.record import territory_of
from xiuhua.ground.messages.models import Message
from xiuhua.ground.messages.rules import may_go_out_at
from xiuhua.ground.messages.states import State
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.standards import on

PART = "messages"
KIND = "messages.send"


def send(
    *,
    text: str,
    about: models.Model,
    template: str,
    to_phone: str = "",
    to_user: Any = None,
    values: Mapping[str, str] | None = None,
    link: str = "",
    urgent: bool = False,
) -> Message:
    """Tell somebody something: by text message, or in their account.

    Call it last in an action: it asks for a job, and so writes to the journal. One-time codes go their own way.

    Parameters
    ----------
    text : str
        What the person reads.
    about : Model
        The row that it is about, on whose page it shows.
    template : str
        What it is for, ``room.what``: gateways ask for a template that they have approved (`titles.calls` names it).
    to_phone, to_user : str, User
        Whom it goes to: one of the two.
    values : mapping
        What stands in the template's gaps.
    link : str
        Address of the page that a message in an account leads to.
    urgent : bool
        A text message goes out by night as well.

    Raises
    ------
    ValueError
        Neither a telephone with figures nor an account is given, or both.
    """
    phone = digits_of(to_phone)
    if bool(phone) == (to_user is not None):
        raise ValueError("a message goes to a telephone or to an account")
    at = now()
    figures = on(at.date(), at=territory_of(about)).messages
    message = Message(
        phone=phone,
        user=to_user,
        text=text,
        values_sent=json.dumps(dict(values or {}), ensure_ascii=False) if values else "",
        template=template,
        link=link,
        subject_type=about._meta.label_lower,
        subject_id=str(about.pk),
        path=territory_of(about),
        request_id=uuid.uuid4().hex,
        urgent=urgent,
        state=State.WAITING if phone else State.SENT,
        made_at=at,
        send_after=may_go_out_at(at, figures, urgent=urgent) if phone else at,
        sent_at=None if phone else at,
    )
    message.save(force_insert=True)
    if phone and message.send_after <= at:
        ask_to_send(message)
    return message


def ask_to_send(message: Message) -> None:
    """Let a job send a message once the transaction is over; what waits for the morning is sent by the hour's job."""
    enqueue(actor=System(PART), kind=KIND, path=message.path, args={"message": message.pk})


def forget(*messages: Message) -> None:
    """Empty what tells who somebody was and what they were told, as the erasing of a person does."""
    for message in messages:
        message.phone = message.text = message.values_sent = ""
        message.link = ""
        if message.state == State.WAITING:
            message.state, message.settled_at = State.FAILED, now()
        message.save(update_fields=["phone", "text", "values_sent", "link", "state", "settled_at"])
