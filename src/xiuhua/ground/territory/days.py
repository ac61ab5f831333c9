"""Which day it is in the subdistrict."""

from datetime import date

from django.utils import timezone

from xiuhua.ground.clock import now


def today() -> date:
    """Today, where the office is: its clock, its time zone."""
    return timezone.localtime(now()).date()
