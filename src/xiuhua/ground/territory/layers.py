"""What the territory adds to the one map."""

from collections.abc import Iterator
from functools import partial

from xiuhua.ground.clock import now
from xiuhua.ground.layers.registry import Feature, Layer, register
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.standards import on
from xiuhua.ground.territory.models import Building, Committee, Facility, Landscape, Subdistrict
from xiuhua.ground.words import gettext_noop

METRES_A_STOREY = 3.0
"""Height of a storey as drawn; no record has the real one."""


def register_all() -> None:
    """Register the layers of the ground, from the bottom up."""
    register(Layer("subdistrict", gettext_noop("街道边界"), _subdistrict))
    for kind in Landscape.Kind:
        register(Layer(kind.value, str(kind.label), partial(_landscape, kind.value)))
    register(Layer("building", gettext_noop("楼栋"), _buildings))
    register(Layer("committee", gettext_noop("居委会"), _committees))
    register(Layer("facility", gettext_noop("设施"), _facilities))


def _subdistrict(path: str, seer: Seer) -> Iterator[Feature]:
    for row in Subdistrict.objects.under(path).visible_to(seer):
        yield Feature(row.pk, row.geometry, {"name": row.name})


def _committees(path: str, seer: Seer) -> Iterator[Feature]:
    for row in Committee.objects.under(path).visible_to(seer):
        yield Feature(row.pk, row.geometry, {"name": row.name, "path": row.path})


def _landscape(kind: str, path: str, seer: Seer) -> Iterator[Feature]:
    for row in Landscape.objects.visible_to(seer).filter(subdistrict__path=path, kind=kind):
        yield Feature(row.pk, row.geometry, {"name": row.name, "kind": row.kind})


def _buildings(path: str, seer: Seer) -> Iterator[Feature]:
    for row in Building.objects.under(path).visible_to(seer):
        yield Feature(
            row.pk,
            row.geometry,
            {
                "name": row.name,
                "quarter": row.quarter,
                "use": row.use,
                "levels": row.levels,
                "height": row.levels * METRES_A_STOREY,
            },
        )


def _facilities(path: str, seer: Seer) -> Iterator[Feature]:
    types = on(now().date()).facility_types
    for row in Facility.objects.visible_to(seer).filter(subdistrict__path=path):
        kind = types.get(row.facility_type)
        yield Feature(
            row.pk,
            row.geometry,
            {
                "type": row.facility_type,
                "name": row.name,
                "type_name": kind.name_zh if kind else row.facility_type,
                "icon": kind.icon if kind else "",
            },
        )
