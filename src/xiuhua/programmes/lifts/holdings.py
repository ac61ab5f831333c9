"""What is handed to a resident of what lifts keep of them, and what is emptied when they are erased."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actions import locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.privacy.holdings import Kept, holds
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.territory.models import Binding, Resident
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import words
from xiuhua.programmes.lifts.models import Contact, Dossier, Owner, TeamMember


def register_all() -> None:
    """Register what the programme keeps about people."""
    holds("lifts.owner", gettext_lazy("加梯里的业主登记"), _owned, _forget_owner)
    holds("lifts.team", gettext_lazy("加梯陪伴小组"), _accompanied, _forget_team)
    holds("lifts.contacts", gettext_lazy("加梯联系记录"), _talked, _forget_talks)


def _theirs(model: type[Any], resident: Resident) -> Any:
    """Rows that are somebody's: under their accounts, or with their telephone."""
    wanted = Q(user__in=Binding.objects.filter(resident=resident).values("user"))
    if resident.phone:
        wanted |= sealed_equals(model, "phone", resident.phone)
    return model.objects.filter(wanted, dossier__path__startswith=resident.path[:9]).order_by("pk")


def _owned(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for row in _theirs(Owner, resident).prefetch_related("flats"):
        rooms = _("、").join(flat.room for flat in row.flats.all())
        where = f"{row.dossier.address} {rooms}"
        yield Kept(_("业主"), f"{row.name} {row.phone}".strip(), where, mask_phone(row.phone) or mask_name(row.name))


def _accompanied(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for row in _theirs(TeamMember, resident):
        since = _("%(day)s起") % {"day": words.on_day(row.since)}
        said = f"{row.name} {row.phone}".strip()
        yield Kept(str(row.get_part_display()), said, f"{row.dossier.address} {since}", mask_phone(row.phone))


def _talked(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for row in _talks_naming(resident):
        yield Kept(str(row.get_kind_display()), row.words, f"{row.dossier.address} {words.on_day(row.on)}")


def _talks_naming(resident: Resident) -> list[Contact]:
    """Talks at their door in which they are named."""
    rows = Contact.objects.filter(dossier__path__startswith=resident.path[:9], flat__household=resident.household_id)
    return [row for row in rows if resident.name and resident.name in row.words]


def _forget_owner(resident: Resident) -> list[str]:
    """That somebody owns the flat stays, since votes count it; who it was goes."""
    forgotten = []
    for found in list(_theirs(Owner, resident)):
        row = locked(found)
        row.name, row.phone, row.user = _("业主 %(number)s") % {"number": row.pk}, "", None
        row.save()
        forgotten.append(reference_of(row))
    return forgotten


def _forget_team(resident: Resident) -> list[str]:
    forgotten = []
    for found in list(_theirs(TeamMember, resident)):
        row = locked(found)
        row.name, row.phone, row.user = mask_name(row.name), "", None
        row.save()
        forgotten.append(reference_of(row))
    return forgotten


def _forget_talks(resident: Resident) -> list[str]:
    """Words stay, since others rely on what was agreed; the name in them goes."""
    forgotten = []
    masked = mask_name(resident.name)
    for found in _talks_naming(resident):
        row = locked(found)
        row.words = row.words.replace(resident.name, masked)
        row.save()
        forgotten.append(reference_of(row))
    for dossier in Dossier.objects.filter(path=resident.path[:22]).exclude(snag=""):
        if resident.name and resident.name in dossier.snag:
            row = locked(dossier)
            row.snag = row.snag.replace(resident.name, masked)
            row.save()
            forgotten.append(reference_of(row))
    return forgotten
