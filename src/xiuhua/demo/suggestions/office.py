"""Who deals with what people say in the demonstration, and on which working day's hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

import shapely

from xiuhua.demo.calendar import ZONE
from xiuhua.demo.people import worker_as
from xiuhua.demo.suggestions.places import Whereabouts
from xiuhua.ground.accounts.models import User
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.standards.workdays import after_working_days, is_working_day
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.suggestions.models import Spot

CLOSES = 17


class Office:
    """The office's people, its places with codes, and the residents who have an account."""

    def __init__(self, subdistrict: Subdistrict, rng: Random) -> None:
        self.subdistrict, self._rng = subdistrict, rng
        self.spots: list[Spot] = []
        self.residents: list[User] = []
        self.head, self.planner = worker_as(Role.SECTION_HEAD), worker_as(Role.COMMUNITY_PLANNER)
        self._secretary = worker_as(Role.COMMITTEE_HEAD)
        self._grid = worker_as(Role.GRID_WORKER)

    def hears(self) -> User:
        """Somebody who takes a call, opens a letter, or sits at the counter."""
        return self._rng.choice((self._secretary, self._grid, self._secretary, self.planner, self.head))

    def decides(self, path: str) -> User:
        """Somebody who takes up and hands on what is about a place."""
        if within(path, self._secretary.home) and self._rng.random() < 0.6:
            return self._secretary
        return self.head if self._rng.random() < 0.6 else self.planner

    def committee_at(self, place: Whereabouts) -> str:
        """Path of the committee in whose area a place lies; the subdistrict's where none is drawn there."""
        found = (path for path, area in self._areas if shapely.contains_xy(area, place.lon, place.lat))
        return str(next(found, self.subdistrict.path))

    def project(self, name: str) -> Project:
        """A project as it stands now."""
        project: Project = Project.objects.get(name=name, path__startswith=self.subdistrict.path)
        return project

    def working(self, after: datetime, days: int) -> datetime:
        """A moment of the office's hours, so many working days after another; soon, where that is none."""
        local = after.astimezone(ZONE)
        opens = datetime.combine(local.date(), time(9), ZONE)
        soon = max(local, opens) + timedelta(minutes=self._rng.randrange(6, 45))
        if days == 0 and is_working_day(local.date()) and soon.hour < CLOSES:
            return soon
        return self.hour_of(after_working_days(local.date(), max(days, 1)))

    def hour_of(self, day: date) -> datetime:
        """Some moment of the office's hours on a day."""
        return datetime.combine(day, time(9), ZONE) + timedelta(minutes=self._rng.randrange(6, 470))

    @cached_property
    def _areas(self) -> list[tuple[str, shapely.Geometry]]:
        areas = [(row.path, row.geometry) for row in Committee.objects.under(self.subdistrict.path).order_by("path")]
        for _path, area in areas:
            shapely.prepare(area)
        return areas
