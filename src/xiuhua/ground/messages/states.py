"""The states of a message (消息状态)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a message stands; one to somebody's account is there at once, and read when they have looked."""

    WAITING = "waiting", _("等着发")
    SENT = "sent", _("已发")
    FAILED = "failed", _("没发出去")
    READ = "read", _("已读")


TONES = {State.WAITING: "soon", State.SENT: "good", State.FAILED: "over", State.READ: "good"}
"""Tone of the chip that names a state."""

SYMBOLS = {
    State.WAITING: "i-hourglass",
    State.SENT: "i-check",
    State.FAILED: "i-alert-triangle",
    State.READ: "i-eye",
}
"""Symbol that stands for a state."""
