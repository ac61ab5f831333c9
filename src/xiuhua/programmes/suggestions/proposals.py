"""What is proposed beside a suggestion: who usually sees to such things, into which project it might go."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import Count, Q

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.grants import Seer
from xiuhua.programmes.projects import queries as projects
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.suggestions.actions.assigning import Unit
from xiuhua.programmes.suggestions.models import Suggestion

ACTIONS = {
    "slow_mobility": "slow",
    "traffic": "slow",
    "children": "children",
    "blue_green": "bluegreen",
    "environment": "bluegreen",
    "culture": "culture",
    "education_sport": "culture",
    "housing": "quality",
    "order": "quality",
    "urban_construction": "quality",
}
"""Under which of the five actions (五大行动) projects about a category stand."""

NEAR_M = 600.0
FEW = 3
METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Proposed:
    """A project that a suggestion might go into, how far it is, and how many were adopted into it already."""

    project: Project
    metres: float | None
    adopted: int
    same_action: bool


def usual_unit(suggestion: Suggestion, seer: Seer) -> Unit | None:
    """Who had most suggestions of this category in hand; None where nobody had any (one query)."""
    rows = Suggestion.objects.visible_to(seer).filter(category=suggestion.category).exclude(pk=suggestion.pk)
    rows = rows.exclude(section="").order_by().values("section").annotate(times=Count("pk")).order_by("-times")
    first = rows.first()
    return Unit(section=str(first["section"])) if first else None


def adopting(actor: Actor, *, wanted: str = "", limit: int = 200) -> Sequence[Project]:
    """Projects that can still take suggestions up, each with how many it has (one query).

    Parameters
    ----------
    wanted : str
        Words of its name or place, or its number.
    """
    rows = projects.projects(actor).exclude(state="stopped")
    for word in wanted.split():
        rows = rows.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(number__icontains=word))
    counted = rows.annotate(adopted_count=Count("suggestions", distinct=True))
    return cast("Sequence[Project]", list(counted[:limit]))


def fitting(suggestion: Suggestion, rows: Sequence[Project], few: int = FEW) -> list[Proposed]:
    """Projects close by or of the same action, those that are both first."""
    found = []
    action = ACTIONS.get(suggestion.category, "")
    for project in rows:
        if not project.is_open:
            continue
        metres = apart(suggestion, project)
        same = project.action == action
        here = project.path == suggestion.path and len(suggestion.path) > len(suggestion.subdistrict)
        if (same and (metres is None or metres <= NEAR_M or here)) or (metres is not None and metres <= NEAR_M / 2):
            adopted = getattr(project, "adopted_count", 0)
            found.append(Proposed(project, metres, adopted, same))
    found.sort(key=lambda one: (not one.same_action, one.metres if one.metres is not None else math.inf))
    return found[:few]


def apart(suggestion: Suggestion, project: Project) -> float | None:
    """How many metres lie between the two; None where one has no point."""
    if suggestion.lon is None or suggestion.lat is None or project.lon is None or project.lat is None:
        return None
    across = math.cos(math.radians(suggestion.lat))
    east, north = (project.lon - suggestion.lon) * across, project.lat - suggestion.lat
    return math.hypot(east, north) * METRES_A_DEGREE
