"""What dossiers and their parts are called in timelines and on record, for those who may see them."""

from collections.abc import Iterable, Mapping

from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.lifts.models import Batch, BatchPlan, Contractor, Dossier, Fault


def register_all() -> None:
    """Tell the journal."""
    naming.names("lifts.dossier", _dossiers, lambda number: address_of("lifts:dossier", int(number)))
    naming.names("lifts.batch", _batches, lambda number: address_of("lifts:batch", int(number)))
    naming.names("lifts.batchplan", _plans, lambda number: address_of("lifts:batch_plan", int(number)))
    naming.names("lifts.fault", _faults, lambda number: address_of("lifts:fault", int(number)))
    naming.names("lifts.contractor", _contractors, lambda number: address_of("lifts:contractor", int(number)))


def _faults(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Fault.objects.visible_to(reader).filter(pk__in=list(numbers))
    rows = rows.select_related("lift__dossier__stairwell__building")
    return {str(row.pk): row.lift.dossier.address for row in rows.defer("lift__dossier__stairwell__building__geometry")}


def _contractors(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Contractor.objects.visible_to(reader).filter(pk__in=list(numbers)).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _dossiers(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Dossier.objects.visible_to(reader).filter(pk__in=list(numbers)).select_related("stairwell__building")
    return {str(row.pk): row.address for row in rows.defer("stairwell__building__geometry")}


def _batches(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    return {str(row.pk): str(row) for row in Batch.objects.visible_to(reader).filter(pk__in=list(numbers))}


def _plans(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    return {str(row.pk): str(row) for row in BatchPlan.objects.visible_to(reader).filter(pk__in=list(numbers))}
