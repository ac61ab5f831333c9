"""What the phone's home page says of one's messages."""

from collections.abc import Iterator
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.messages import queries
from xiuhua.ground.messages.models import Message
from xiuhua.ground.ui import phone
from xiuhua.ground.words import gettext as _


def own_cell(request: HttpRequest) -> Iterator[phone.Cell]:
    """The newest message, and how many nobody has looked at; nothing for whom there is none."""
    if phone.kind_of(request) == phone.VISITOR:
        return
    reader = cast(Any, request.user)
    newest: Message | None = queries.own(reader).first()
    if newest is not None:
        unread = queries.unread(reader)
        end = _("%(count)s 条没看") % {"count": unread} if unread else ""
        yield phone.Cell(_("消息"), newest.title, reverse("my_messages:list"), "i-send", end)
