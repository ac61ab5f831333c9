"""For which places somebody may import (可以导入的地方)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.rosters.kinds import Place
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.territory.models import Committee, MicroGrid, Subdistrict
from xiuhua.ground.territory.places import node_names

_MODELS: dict[int, Any] = {9: Subdistrict, 12: Committee, 15: MicroGrid}


def places_reached(actor: Actor, levels: tuple[int, ...]) -> Sequence[Place]:
    """Nodes of these depths at or below which an actor holds a role, widest first; all of them for the system."""
    held = Q() if isinstance(actor, System) else Q(pk__in=[])
    for grant in actor.grants:
        held |= below("path", grant.path)
    paths = [
        path for depth in sorted(levels) for path in _MODELS[depth].objects.filter(held).values_list("path", flat=True)
    ]
    names = node_names(paths)
    return [Place(path, names[path]) for path in paths]
