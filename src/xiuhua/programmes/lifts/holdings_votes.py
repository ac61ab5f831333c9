"""What is handed to a resident of their mandates, ballots and objections, and what is emptied when they are erased."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actions import locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.privacy.holdings import Kept, holds
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Ballot, Mandate, Objection
from xiuhua.programmes.lifts.words import on_day


def _held(resident: Resident) -> Iterable[Mandate]:
    """Mandates by which they act for others, by their telephone."""
    here = Mandate.objects.filter(dossier__path__startswith=resident.path[:9])
    found: Iterable[Mandate] = here.filter(sealed_equals(Mandate, "phone", resident.phone)).order_by("pk")
    return found


def _cast(resident: Resident) -> Iterable[Ballot]:
    """Ballots that their telephone has cast."""
    here = Ballot.objects.filter(vote__dossier__path__startswith=resident.path[:9])
    return here.filter(sealed_equals(Ballot, "phone", resident.phone)).select_related("vote__dossier").order_by("pk")


def _raised(resident: Resident) -> list[Objection]:
    """Objections from their door in which they are named."""
    here = Objection.objects.filter(dossier__path__startswith=resident.path[:9], flat__household=resident.household_id)
    return [row for row in here if resident.name and resident.name in row.words + row.answer]


def _tell_mandates(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for row in _held(resident):
        where = f"{row.dossier.address} {on_day(row.given_on)}"
        yield Kept(_("受托人"), f"{row.name} {row.phone}", where, mask_phone(row.phone))


def _tell_ballots(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    """That they have voted and when, never what: nobody is told that but by their receipt."""
    for row in _cast(resident):
        yield Kept(_("投票"), row.at, row.vote.dossier.address)


def _tell_objections(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for row in _raised(resident):
        yield Kept(_("异议"), row.words, f"{row.dossier.address} {on_day(row.raised_on)}")


def _forget_mandates(resident: Resident) -> list[str]:
    forgotten = []
    for found in list(_held(resident)):
        row = locked(found)
        row.name, row.phone, row.user = mask_name(row.name), "", None
        row.save()
        forgotten.append(reference_of(row))
    return forgotten


def _forget_ballots(resident: Resident) -> list[str]:
    """The ballot stays, since the result rests on it; whose telephone it was goes."""
    forgotten = []
    for found in list(_cast(resident)):
        row = locked(found)
        row.phone = ""
        row.save(update_fields=["phone"])
        forgotten.append(reference_of(row))
    return forgotten


def _forget_objections(resident: Resident) -> list[str]:
    """Words stay, since others rely on the answer; the name in them goes."""
    forgotten, masked = [], mask_name(resident.name)
    for found in _raised(resident):
        row = locked(found)
        row.words = row.words.replace(resident.name, masked)
        row.answer = row.answer.replace(resident.name, masked)
        row.save()
        forgotten.append(reference_of(row))
    return forgotten


holds("lifts.mandates", gettext_lazy("加梯里的委托"), _tell_mandates, _forget_mandates)
holds("lifts.ballots", gettext_lazy("加梯表决"), _tell_ballots, _forget_ballots)
holds("lifts.objections", gettext_lazy("加梯异议"), _tell_objections, _forget_objections)
