"""Text messages (短信): what is sent, and through which sender.

``settings.SMS["sender"]`` names it: ``console``, ``file``, ``gateway``, or a dotted path to a class of one's own.
Senders are called outside a transaction, since a gateway may take seconds.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

SENDERS = {
    "console": "xiuhua.ground.messages.console.Console",
    "file": "xiuhua.ground.messages.outbox.Outbox",
    "gateway": "xiuhua.ground.messages.gateway.Gateway",
}


@dataclass(frozen=True, slots=True)
class Sms:
    """One text message.

    Parameters
    ----------
    phone : str
        Whom it goes to: figures only.
    text : str
        What the person reads, without the office's signature.
    template : str
        What it is for, by our own name (``code``): gateways ask for a template that they have approved.
    values : mapping
        What stands in the template's gaps.
    request_id : str
        The same for every attempt at this one message, so that a gateway sends it once.
    """

    phone: str
    text: str
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)


class NotSent(Exception):
    """A message did not go out; `again` says whether trying later can help."""

    def __init__(self, why: str, *, again: bool = True) -> None:
        super().__init__(why)
        self.again = again


class Sender(Protocol):
    """Whatever takes a text message."""

    def send(self, sms: Sms) -> None:
        """Send it.

        Raises
        ------
        NotSent
            It did not go out.
        """


def sender() -> Sender:
    """The sender that this installation uses, made from its settings."""
    name = str(settings.SMS["sender"])
    made: Any = import_string(SENDERS.get(name, name))
    sent_by: Sender = made(settings.SMS)
    return sent_by


def send_sms(sms: Sms) -> None:
    """Send a text message.

    Raises
    ------
    NotSent
        It did not go out, after all attempts.
    """
    sender().send(sms)
