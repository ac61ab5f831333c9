"""Reads of messages."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from xiuhua.ground.messages.models import Message
from xiuhua.ground.messages.states import State


def due(at: datetime) -> QuerySet[Message]:
    """Text messages whose time has come, the oldest first."""
    rows: QuerySet[Message] = Message.objects.filter(state=State.WAITING, send_after__lte=at)
    return rows.order_by("send_after", "pk")


def about(*subjects: models.Model) -> QuerySet[Message]:
    """Messages about these rows, the newest first, for a page whose reader sees them."""
    wanted = models.Q(pk__in=[])
    for subject in subjects:
        wanted |= models.Q(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
    rows: QuerySet[Message] = Message.objects.filter(wanted)
    return rows.order_by("-made_at", "-pk")


def own(user: Any) -> QuerySet[Message]:
    """Messages in somebody's account, the newest first."""
    rows: QuerySet[Message] = Message.objects.filter(user=user.pk)
    return rows.order_by("-made_at", "-pk")


def unread(user: Any) -> int:
    """How many messages in an account nobody has looked at."""
    return own(user).filter(state=State.SENT).count()


def failed(reader: Any) -> QuerySet[Message]:
    """Messages that did not go out and that nobody has looked after, where the reader sees them."""
    rows: QuerySet[Message] = Message.objects.visible_to(reader).filter(state=State.FAILED, settled_at=None)
    return rows.order_by("made_at", "pk")
