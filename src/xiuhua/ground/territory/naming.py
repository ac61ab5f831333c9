"""What things of the territory are called in timelines and on the record, as far as the reader sees them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory import names, queries
from xiuhua.ground.territory.models import (
    Binding,
    Building,
    Committee,
    Facility,
    Household,
    MicroGrid,
    Resident,
    Stairwell,
    Subdistrict,
)


def register_all() -> None:
    """Tell the record how to name each kind of row, and the parts of the system that lay out a territory."""
    _named(Subdistrict, lambda row: row.name, "name")
    _named(Committee, lambda row: row.name, "name")
    _named(MicroGrid, lambda row: row.name, "name")
    _named(Building, names.building_name, "name")
    _named(Stairwell, lambda row: row.address, way="building")
    _named(Household, lambda row: row.address, way="stairwell__building")
    _named(Resident, _resident_and_home, way="household__stairwell__building")
    _named(Facility, lambda row: row.name or row.key, "name", "key")
    _named(Binding, lambda row: row.address, way="stairwell__building")
    naming.calls_system("import", _("导入地图"))
    naming.calls_system("demo", _("建演示街道"))


def _resident_and_home(resident: Resident) -> str:
    """By name and home: many have the same name, once it is masked."""
    told = {"name": names.resident_name(resident), "address": resident.household.address}
    return _("%(name)s（%(address)s）") % told


def _named(model: type[Model], called: Callable[[Any], str], *read: str, way: str = "") -> None:
    """Let rows be called so: by some columns, or by the address that lies that way."""

    def namer(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
        rows: QuerySet[Any] = model._default_manager.filter(pk__in=[number for number in numbers if number.isdigit()])
        seen: Any = queries.with_address(rows, way) if way else rows.only(*read)
        return {str(row.pk): str(called(row)) for row in seen.visible_to(reader)}

    page = getattr(model, "page", f"territory:{model._meta.model_name}")
    naming.names(model._meta.label_lower, namer, lambda number: reverse(page, args=[number]))
