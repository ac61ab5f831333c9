"""Reads of the project list that screens, the API and other programmes share."""

from typing import cast

from django.db.models import QuerySet
from shapely import Point

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.projects.models import Milestone, Project


def projects(seer: Seer) -> QuerySet[Project]:
    """Projects that this reader may see, newest first, each with its owner and its progress (one query)."""
    rows = Project.objects.visible_to(seer).with_progress().select_related("owner_committee")
    return cast("QuerySet[Project]", rows.defer("owner_committee__geometry").order_by("-number"))


def public_projects(path: str = "") -> QuerySet[Project]:
    """Projects that everybody may read about, those under way first, each with its progress."""
    rows = Project.objects.public().with_progress()
    return cast("QuerySet[Project]", (rows.under(path) if path else rows).order_by("finished_on", "-number"))


def under_way(seer: Seer) -> QuerySet[Project]:
    """Projects that are being built, where this reader sees them."""
    return cast("QuerySet[Project]", Project.objects.visible_to(seer).filter(state="under_way"))


def milestones_of(project: Project) -> list[Milestone]:
    """Milestones in the order of their days, each with the slips that it has seen (two queries)."""
    return list(project.milestones.prefetch_related("slips").order_by("due_on", "id"))


def next_number(subdistrict: Subdistrict, year: int) -> str:
    """The next free number of a year: ``2023-014``. Asked under the subdistrict's lock."""
    last = Project.objects.filter(subdistrict=subdistrict, number__startswith=f"{year}-").order_by("-number").first()
    return f"{year}-{int(last.number[5:]) + 1 if last else 1:03d}"


def lies_inside(subdistrict: Subdistrict, lon: float | None, lat: float | None) -> bool:
    """Whether a point lies in the subdistrict; no point lies nowhere else."""
    return lon is None or lat is None or bool(subdistrict.geometry.covers(Point(lon, lat)))
