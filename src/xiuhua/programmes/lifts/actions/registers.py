"""Owners of a whole stairwell are put down at once, as the register of titles has them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.models import Dossier, Flat, Owner, Ownership
from xiuhua.programmes.lifts.rules import flats as rules


@action("lifts.add_owners", says=_("登记一批业主"), permits=permits.may_work)
def add_owners(*, actor: Actor, dossier: Dossier, owners: Mapping[str, Sequence[OwnerTold]]) -> Done[Dossier]:
    """Put down the owners of a stairwell at once (登记一批业主), by room. One who owns several flats stays one owner.

    Raises
    ------
    Refused
        A room is unknown, somebody stands there already, two speak for a flat, or a name or telephone cannot be.
    """
    dossier = held(dossier)
    rows = {row.room: row for row in dossier.flats.all()}
    refuse_unless(rules.rooms_are_known(owners, rows))
    titles = _Titles(dossier)
    for room, said in owners.items():
        for told in said:
            titles.put_down(rows[room], told)
    titles.write()
    return Done(dossier, {"flats": len(owners), "owners": len(titles.fresh)})


class _Titles:
    """Who owns what in a stairwell: what stands, and what is put down."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._known = {(owner.name, owner.phone): owner for owner in dossier.owners.all()}
        standing = Ownership.objects.filter(flat__dossier=dossier).select_related("owner")
        self._owned = {(line.flat_id, line.owner.seal_id) for line in standing}
        self._spoken_for = {line.flat_id for line in standing if line.speaks}
        self._owners: list[Owner] = []
        self.fresh: list[Ownership] = []

    def put_down(self, flat: Flat, told: OwnerTold) -> None:
        """Put somebody down as an owner of a flat, if that can be."""
        name, phone = told.name.strip(), told.phone.strip()
        owner = self._known.get((name, phone)) or Owner(dossier=self._dossier, name=name, phone=phone, away=told.away)
        refuse_unless(
            rules.owner_can_be_added(
                again=(flat.pk, owner.seal_id) in self._owned,
                speaks=told.speaks,
                spoken_for=flat.pk in self._spoken_for,
                name=name,
                phone=phone,
            )
        )
        if (name, phone) not in self._known:
            self._known[name, phone] = owner
            self._owners.append(owner)
        self._owned.add((flat.pk, owner.seal_id))
        if told.speaks:
            self._spoken_for.add(flat.pk)
        self.fresh.append(Ownership(flat=flat, owner=owner, speaks=told.speaks))

    def write(self) -> None:
        """Write what was put down."""
        Owner.objects.bulk_create(self._owners)
        Ownership.objects.bulk_create(self.fresh)
