"""The states of a job (任务状态)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("排队")
    RUNNING = "running", _("进行中")
    DONE = "done", _("办完")
    FAILED = "failed", _("没办成")
    STOPPED = "stopped", _("已停下")


REACT = "jobs.react"
"""Kind of the jobs that answer another room's verb (`reactions`)."""

OPEN = frozenset({State.WAITING, State.RUNNING})
"""What may still change by itself."""

TONES = {State.WAITING: "", State.RUNNING: "info", State.DONE: "good", State.FAILED: "over", State.STOPPED: "soon"}
"""Tone of the chip that names a state."""

SYMBOLS = {
    State.WAITING: "i-hourglass",
    State.RUNNING: "i-player-play",
    State.DONE: "i-check",
    State.FAILED: "i-alert-triangle",
    State.STOPPED: "i-player-stop",
}
