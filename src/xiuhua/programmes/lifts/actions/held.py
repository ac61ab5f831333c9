"""What every verb of a dossier begins with: the dossier held against other writers, with its stairwell."""

from datetime import date

from xiuhua.programmes.lifts.models import Dossier


def held(dossier: Dossier) -> Dossier:
    """The dossier as it is now, with its stairwell, held until the transaction ends."""
    found: Dossier = Dossier.objects.select_for_update(of=("self",)).select_related("stairwell").get(pk=dossier.pk)
    return found


def progressed(dossier: Dossier, on: date) -> None:
    """Note that something has moved on a day; older news than the last does not make it stuck again."""
    if dossier.progressed_on is None or on > dossier.progressed_on:
        dossier.progressed_on = on
