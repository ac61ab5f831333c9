"""Reads for the pages of a dossier: its papers, what is on record about it, who carries how much."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, Value, When

from xiuhua.ground.accounts.models import RoleGrant, User
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal import timeline
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.queries import happened_for
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Centre, Dossier, Paper, TeamMember
from xiuhua.programmes.lifts.reading import once

PREFIX = "lifts."
"""What verbs of this programme begin with."""


@dataclass(slots=True)
class Filed:
    """A paper with its files, and the versions before it."""

    paper: Paper
    files: list[StoredFile] = field(default_factory=list)
    earlier: list["Filed"] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where its file is read; empty where there is none."""
        return self.files[0].get_absolute_url() if self.files else ""

    @property
    def picture(self) -> StoredFile | None:
        """The file, where it is a photograph."""
        return next((file for file in self.files if file.sort == "photo"), None)


@once
def newest_papers(dossier: Dossier) -> list[Paper]:
    """The newest version of each document, the newest first (one query)."""
    newest: dict[str, Paper] = {}
    for paper in dossier.papers.order_by("-dated", "-version", "-id"):
        if paper.title not in newest or paper.version > newest[paper.title].version:
            newest[paper.title] = paper
    return sorted(newest.values(), key=lambda one: (one.dated, one.pk), reverse=True)


def with_files(papers: Sequence[Paper]) -> list[Filed]:
    """Papers with their files (one query)."""
    found: dict[str, list[StoredFile]] = {}
    for file in StoredFile.objects.of(*papers) if papers else ():
        found.setdefault(file.subject_id, []).append(file)
    return [Filed(paper, found.get(str(paper.pk), [])) for paper in papers]


def filed_by_title(dossier: Dossier) -> list[Filed]:
    """Every document, the newest first, with the versions before it (two queries)."""
    rows = with_files(list(dossier.papers.order_by("-version", "-id")))
    newest: dict[str, Filed] = {}
    for row in rows:
        if row.paper.title in newest:
            newest[row.paper.title].earlier.append(row)
        else:
            newest[row.paper.title] = row
    return sorted(newest.values(), key=lambda one: (one.paper.dated, one.paper.pk), reverse=True)


def on_record(dossier: Dossier, reader: Actor) -> QuerySet[Entry]:
    """What this reader may know was done in this programme about a stairwell."""
    return happened_for(reader).filter(territory=dossier.path, verb__startswith=PREFIX)


def happened_to(dossier: Dossier, reader: Actor, *, latest: int) -> list[timeline.TimelineItem]:
    """The same in words, newest first: with gate and day, and for who sees owners with the room that each is about."""
    entries = list(on_record(dossier, reader).order_by("-id")[:latest])
    items = timeline.in_words(entries, reader)
    sees_owners = any(within(dossier.path, top) for top in reader.sees(Sight.OWNERS))
    if not sees_owners or not any("flat" in entry.facts for entry in entries):
        return items
    rooms = {pk: _("%(room)s 室") % {"room": room} for pk, room in dossier.flats.values_list("pk", "room")}
    told = [(rooms.get(entry.facts.get("flat"), ""), item) for entry, item in zip(entries, items, strict=True)]
    return [replace(item, detail=_("，").join(filter(None, (room, item.detail)))) for room, item in told]


def coordinators_at(path: str) -> list[tuple[User, int]]:
    """Coordinators who may accompany a stairwell there, each with how many they carry, the freest first."""
    tops = [path[:length] for length in range(1, len(path) + 1)]
    grants = RoleGrant.objects.filter(role=Role.LIFT_COORDINATOR, path__in=tops, ended_at__isnull=True)
    users = list(User.objects.filter(pk__in=grants.values("user"), is_active=True))
    carried = carried_by_each([user.pk for user in users])
    return sorted(((user, carried.get(user.pk, 0)) for user in users), key=lambda row: (row[1], row[0].name))


def coordinators_seen(seer: Seer) -> list[tuple[str, str]]:
    """(number, name) of the coordinators of stairwells that this reader sees (one query)."""
    rows = User.objects.filter(lift_teams__dossier__in=Dossier.objects.visible_to(seer), lift_teams__until__isnull=True)
    return [(str(pk), name) for pk, name in rows.distinct().order_by("name").values_list("pk", "name")]


def carried_by_each(users: Sequence[int]) -> dict[int, int]:
    """How many stairwells under way each coordinator accompanies (one query)."""
    rows = TeamMember.objects.filter(user__in=users, **_CARRYING).values("user")
    return dict(rows.order_by("user").annotate(carried=Count("dossier", distinct=True)).values_list("user", "carried"))


_CARRYING: dict[str, Any] = {"part": TeamMember.Part.COORDINATOR, "until__isnull": True}


@dataclass(frozen=True, slots=True)
class Load:
    """What one coordinator carries: stairwells under way, how many of them are stuck, since when the longest.

    Without a user it is what nobody carries.
    """

    user: User | None
    carried: int
    stuck: int
    running: int
    longest_since: date | None


def workload(seer: Seer, *, stuck_on: date) -> list[Load]:
    """What each coordinator of the places that this reader sees carries, the most first; on top what nobody does."""
    seen = Dossier.objects.visible_to(seer)
    under_way = ~Q(dossier__state__in=("waiting", "running"))
    is_stuck = under_way & Q(dossier__progressed_on__lte=stuck_on)
    rows = TeamMember.objects.filter(dossier__in=seen, **_CARRYING).values("user").order_by("user")
    counted = rows.annotate(
        carried=Count("dossier", filter=under_way, distinct=True),
        stuck=Count("dossier", filter=is_stuck, distinct=True),
        running=Count("dossier", filter=Q(dossier__state="running"), distinct=True),
    )
    users = User.objects.in_bulk([row["user"] for row in counted])
    longest = dict(
        Dossier.objects.visible_to(seer)
        .stuck_since(stuck_on)
        .filter(team__until__isnull=True, team__part=TeamMember.Part.COORDINATOR)
        .order_by("team__user")
        .values("team__user")
        .annotate(since=Min("progressed_on"))
        .values_list("team__user", "since")
    )
    loads = [
        (users[row["user"]].name, Load(users[row["user"]], *_counts(row), longest.get(row["user"]))) for row in counted
    ]
    loads.sort(key=lambda one: (-one[1].carried, one[0]))
    return [*_carried_by_nobody(seer, stuck_on), *(load for _name, load in loads)]


def _counts(row: dict[str, Any]) -> tuple[int, int, int]:
    return row["carried"], row["stuck"], row["running"]


def _carried_by_nobody(seer: Seer, stuck_on: date) -> list[Load]:
    """Stairwells under way that have no coordinator; nothing where each has one (one query)."""
    rows = without_coordinator(Dossier.objects.visible_to(seer)).under_way()
    is_stuck = Q(progressed_on__lte=stuck_on)
    told = rows.aggregate(
        carried=Count("pk"), stuck=Count("pk", filter=is_stuck), since=Min("progressed_on", filter=is_stuck)
    )
    return [Load(None, told["carried"], told["stuck"], 0, told["since"])] if told["carried"] else []


def without_coordinator(rows: Any) -> Any:
    """Those of these stairwells that no coordinator accompanies now."""
    return rows.exclude(Exists(TeamMember.objects.filter(dossier=OuterRef("pk"), **_CARRYING)))


def stuck_first(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those under way, the longest without progress on top; then those not begun, those that run, those ruled out."""
    place = Case(
        When(stairwell__lift_suitable=False, then=Value(3)),
        When(state="running", then=Value(2)),
        When(state="waiting", then=Value(1)),
        default=Value(0),
    )
    return rows.annotate(place=place).order_by("place", "progressed_on", "path")


def centres(seer: Seer) -> QuerySet[Centre]:
    """Centres that this reader may see, the subdistrict's first."""
    return cast("QuerySet[Centre]", Centre.objects.visible_to(seer).order_by("path"))
