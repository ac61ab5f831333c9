"""What dossiers and their parts are called in timelines and on record, for those who may see them."""

from collections.abc import Iterable, Mapping

from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.lifts.models import Dossier


def register_all() -> None:
    """Tell the journal."""
    naming.names("lifts.dossier", _dossiers, lambda number: address_of("lifts:dossier", int(number)))


def _dossiers(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Dossier.objects.visible_to(reader).filter(pk__in=list(numbers)).select_related("stairwell__building")
    return {str(row.pk): row.address for row in rows.defer("stairwell__building__geometry")}
