"""The demonstration's year, lived through in order: each deed at its moment, what follows from it on its day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db import transaction

from xiuhua.ground import clock
from xiuhua.ground.jobs.work import run_waiting
from xiuhua.ground.territory import figures

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody does at a moment."""

    at: datetime
    act: Callable[[], object]


def live(deeds: Iterable[Deed], *, until: datetime) -> None:
    """Do what is done before a moment, in order; at each day's end also what waits for a worker.

    What happens at one moment happens in the order in which it was given. A day is one transaction; what waits for a
    worker has transactions of its own, so none may be open around the year.
    """
    due = sorted((deed for deed in deeds if deed.at < until), key=lambda deed: deed.at)
    for _day, of_the_day in groupby(due, key=lambda deed: deed.at.astimezone(ZONE).date()):
        with transaction.atomic(), figures.held():
            for deed in of_the_day:
                with clock.stopped_at(deed.at):
                    deed.act()
        with clock.stopped_at(deed.at):
            run_waiting()
