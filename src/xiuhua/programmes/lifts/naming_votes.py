"""What votes are called in timelines and on record; ballots have no name, since nobody sees them."""

from collections.abc import Iterable, Mapping

from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Vote


def _votes(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Vote.objects.visible_to(reader).filter(pk__in=list(numbers)).select_related("dossier__stairwell__building")
    told = rows.defer("dossier__stairwell__building__geometry")
    return {
        str(row.pk): _("%(address)s第 %(number)s 次表决") % {"address": row.dossier.address, "number": row.number}
        for row in told
    }


naming.names("lifts.vote", _votes)
