"""Periodic work (定时): what rooms have registered stands in django-q2's schedule, and nothing else of ours does."""

from django.db import transaction
from django_q.models import Schedule

from xiuhua.ground.jobs.registry import kinds

ASK = "xiuhua.ground.jobs.work.run_periodic"
"""What the schedule names: the function that asks for a piece of periodic work."""


def keep_timetable() -> None:
    """Bring the schedule in line with the periodic kinds: on the start of every worker.

    Workers that start at the same moment may both add a row; the work is asked for once all the same, and the next
    start takes the second row away.
    """
    wanted = {kind.name: kind.cron for kind in kinds() if kind.cron}
    with transaction.atomic():
        for row in Schedule.objects.select_for_update().filter(func=ASK).order_by("pk"):
            if wanted.get(row.name) == row.cron:
                del wanted[row.name]
            else:
                row.delete()
        for name, cron in wanted.items():
            Schedule.objects.create(
                name=name,
                func=ASK,
                args=repr((name,)),
                schedule_type=Schedule.CRON,
                cron=cron,
                intended_date_kwarg="planned_for",
            )
