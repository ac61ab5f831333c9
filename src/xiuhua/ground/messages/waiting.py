"""What waits here: text messages that did not go out, for whoever knows people there."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.messages import queries
from xiuhua.ground.messages.lists import COLUMNS
from xiuhua.ground.messages.states import State
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui import waiting


def register_all() -> None:
    """Tell the bell what waits here."""
    waiting.register(
        "messages.failed",
        _("短信，没发出去"),
        rows=_failed,
        columns=lambda _request: [one for one in COLUMNS if one.key != "sent_at"],
        url=lambda: f"{reverse('messages:list')}?state={State.FAILED}",
        fed_by="messages.note_not_sent messages.send_again messages.settle",
    )


def _failed(reader: Any) -> QuerySet[Any] | None:
    return queries.failed(reader) if reader.sees(Sight.PEOPLE) else None
