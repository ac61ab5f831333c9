"""Which messages went out about a thing, as a card of its page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.messages import queries
from xiuhua.ground.ui.objects import Part

MOST = 20


def messages_of(*subjects: models.Model) -> Part:
    """A card with the messages about these rows: masked telephone, state, when; the text stands on their own page."""
    return Part(_("发过的消息"), "messages/section.html", {"messages_about": list(queries.about(*subjects)[:MOST])})
