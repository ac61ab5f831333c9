"""The demonstration's projects (演示项目): proposed, decided, built, slipped, finished, each on its day.

The office was founded when some were under way or done already; those it entered in its first week.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from xiuhua.demo.calendar import ZONE, Deed
from xiuhua.demo.people import worker_as
from xiuhua.ground.accounts.models import User
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Building, Committee, Subdistrict
from xiuhua.programmes.projects import actions
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.projects.rules import ProjectFacts

STEPS = ((0.08, "方案征求意见"), (0.25, "施工单位确定"), (0.75, "主体完工"), (1.0, "竣工验收"))
"""Milestones of every project, by how much of its time has passed."""

PROPOSED_BEFORE, APPROVED_BEFORE = timedelta(days=62), timedelta(days=40)
"""How long before its start a project is put on the list, and decided on."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that somebody does about a project; `on` is the day on which it was so."""

    on: date
    act: Callable[[], object]


@dataclass(slots=True)
class _People:
    planner: User
    head: User
    leader: User
    secretary: User


def deeds(subdistrict: Subdistrict, *, opened: datetime) -> Iterator[Deed]:
    """What the office does about its projects from the day it opened on: by the day, then in the order of the list."""
    first = (opened + timedelta(days=1)).date()
    people = _People(*map(worker_as, _ROLES))
    committees = list(Committee.objects.under(subdistrict.path).order_by("path"))
    for number, row in enumerate(read_projects()):
        for place, step in enumerate(_Course(row, number, subdistrict, committees, people).steps()):
            moment = datetime.combine(max(step.on, first), time(9 + number % 8, 5 + place % 50), ZONE)
            yield Deed(moment, step.act)


def read_projects() -> list[dict[str, Any]]:
    """The projects as they stand in the data."""
    text = files("xiuhua.demo").joinpath("data", "projects.toml").read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["project"]
    return rows


class _Course:
    """One project from the list to its end."""

    def __init__(
        self, row: dict[str, Any], number: int, subdistrict: Subdistrict, committees: list[Committee], people: _People
    ) -> None:
        self._row, self._number, self._subdistrict, self._people = row, number, subdistrict, people
        self._committee = _committee_of(row, number, committees)
        starts, ends = row["days"]
        self._starts: date = starts
        self._ends: date = ends
        own = bool(row.get("own")) and self._committee is not None and self._committee.path == people.secretary.home
        self._carrier = people.secretary if own else people.planner
        self._own = own
        self._project: Project | None = None

    def steps(self) -> Iterator[_Step]:
        """What happens to it, in order."""
        yield _Step(self._starts - PROPOSED_BEFORE, self._propose)
        yield _Step(self._starts - APPROVED_BEFORE, self._approve)
        if self._row["public"]:
            yield _Step(self._starts - APPROVED_BEFORE + timedelta(days=3), self._publish)
        if stop := self._row.get("stop"):
            yield _Step(self._starts, self._start)
            yield _Step(stop[0], lambda: actions.stop_project(actor=self._carrier, project=self._now(), reason=stop[1]))
            return
        yield _Step(self._starts, self._start)
        yield from self._milestones()

    def _milestones(self) -> Iterator[_Step]:
        slips = {place: (days, why) for place, days, why in self._row["slips"]}
        done = self._starts
        for place, (_share, title) in enumerate(STEPS, start=1):
            due = self._due(place)
            if place in slips:
                due += timedelta(days=slips[place][0])
                yield _Step(self._due(place) - timedelta(days=4), self._move(title, due, slips[place][1]))
            done = max(done, due - timedelta(days=(self._number + place) % 5))
            if place == len(STEPS) and self._row.get("open"):
                return
            yield _Step(done, self._reach(title, done))
        last = done + timedelta(days=1)
        yield _Step(last, lambda: actions.finish_project(actor=self._carrier, project=self._now(), finished_on=last))

    def _propose(self) -> None:
        row, committee = self._row, self._committee
        lon, lat = self._point()
        facts = ProjectFacts(
            name=row["name"],
            action=row["action"],
            path=committee.path if committee else self._subdistrict.path,
            place=row["place"],
            summary=row["summary"],
            owner_section="" if self._own else row.get("section", "self_governance"),
            owner_committee=committee.path if committee and self._own else "",
            lon=lon,
            lat=lat,
            budget_fen=row["yuan"] * 100,
            starts_on=self._starts,
            ends_on=self._ends,
            public_words=row["public"],
        )
        done = actions.propose_project(actor=self._carrier, subdistrict=self._subdistrict, facts=facts)
        self._project = done.subject

    def _approve(self) -> None:
        decider = self._people.leader if self._row["yuan"] >= 1_000_000 else self._people.head
        actions.approve_project(actor=decider, project=self._now())
        for place, (_share, title) in enumerate(STEPS, start=1):
            actions.add_milestone(actor=self._carrier, project=self._now(), title=title, due_on=self._due(place))

    def _publish(self) -> None:
        actions.publish_project(actor=self._people.head, project=self._now())

    def _start(self) -> None:
        actions.start_project(actor=self._carrier, project=self._now(), started_on=self._starts)

    def _move(self, title: str, due: date, why: str) -> Callable[[], object]:
        return lambda: actions.move_milestone(actor=self._carrier, milestone=self._step(title), due_on=due, reason=why)

    def _reach(self, title: str, done: date) -> Callable[[], object]:
        return lambda: actions.reach_milestone(actor=self._carrier, milestone=self._step(title), done_on=done)

    def _due(self, place: int) -> date:
        starts, whole = self._starts, (self._ends - self._starts).days
        return starts + timedelta(days=round(whole * STEPS[place - 1][0]))

    def _now(self) -> Project:
        assert self._project is not None
        return self._project

    def _step(self, title: str) -> Milestone:
        step: Milestone = self._now().milestones.select_related("project").get(title=title)
        return step

    def _point(self) -> tuple[float, float]:
        """A door of the committee, another for each project; the middle of the place where nobody has drawn a house."""
        where = self._committee or self._subdistrict
        doors = list(Building.objects.under(where.path).order_by("path").values_list("door_lon", "door_lat"))
        if not doors:
            middle = where.geometry.representative_point()
            return middle.x, middle.y
        lon, lat = doors[(self._number * 7 + 3) % len(doors)]
        return lon, lat


_ROLES = (Role.COMMUNITY_PLANNER, Role.SECTION_HEAD, Role.LEADER, Role.COMMITTEE_HEAD)


def _committee_of(row: dict[str, Any], number: int, committees: list[Committee]) -> Committee | None:
    """Its committee, or another one where a small demonstration has left that out."""
    name = row.get("committee")
    if name is None or not committees:
        return None
    found = (one for one in committees if one.name.startswith(name))
    return next(found, committees[number % len(committees)])
