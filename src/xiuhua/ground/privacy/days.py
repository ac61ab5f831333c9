"""Which day it is in the office: terms run by its calendar, not by UTC."""

from datetime import date

from django.utils import timezone

from xiuhua.ground.clock import now


def today() -> date:
    """The day on the office's calendar."""
    return timezone.localtime(now()).date()
