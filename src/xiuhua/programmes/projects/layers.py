"""What the project list adds to the one map."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from shapely import Point

from xiuhua.ground.layers.registry import Feature, Layer, register
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.words import gettext_noop
from xiuhua.programmes.projects import queries, words
from xiuhua.programmes.projects.models import Project


def register_all() -> None:
    """Register the layer of projects; it is drawn where projects are asked about."""
    register(Layer("project", gettext_noop("项目"), _projects, everywhere=False))


def features_of(rows: Iterable[Project] | QuerySet[Project]) -> Iterator[Feature]:
    """Projects that have a point, as the map marks them: by the symbol of their action, by their state."""
    book = words.book().projects
    for row in rows:
        if row.lon is not None and row.lat is not None:
            action = book.actions.get(row.action)
            yield Feature(row.pk, Point(row.lon, row.lat), _told(row, action.icon if action else "i-point"))


def _projects(path: str, seer: Seer) -> Iterator[Feature]:
    return features_of(queries.projects(seer).filter(path__startswith=path))


def _told(row: Project, icon: str) -> dict[str, Any]:
    return {
        "name": row.name,
        "icon": icon,
        "type": row.state,
        "type_name": f"{row.state_words} · {words.book().projects.action_name(row.action)}",
        "place": row.place,
        "url": row.get_absolute_url(),
    }
