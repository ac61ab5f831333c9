"""Flats, areas, owners and what they wish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.models import Dossier, Flat, Owner, Ownership
from xiuhua.programmes.lifts.rules import flats as rules
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.flats import FlatFacts


@dataclass(frozen=True, slots=True)
class OwnerTold:
    """What is said of an owner."""

    name: str
    phone: str = ""
    speaks: bool = True
    away: bool = False


@action("lifts.correct_flat", says=_("登记房屋"), permits=permits.may_work)
def correct_flat(*, actor: Actor, dossier: Dossier, flat: Flat | None, facts: FlatFacts) -> Done[Flat]:
    """Correct what is said of a flat, or put down one that the register lacks (登记房屋).

    Raises
    ------
    Refused
        The room stands already, the floor or the area cannot be, or an area has no source.
    """
    dossier = held(dossier)
    others = {row.room for row in dossier.flats.all() if flat is None or row.pk != flat.pk}
    refuse_unless(rules.flat_is_sound(facts, levels=dossier.stairwell.levels, rooms=others))
    row = flat or Flat(dossier=dossier)
    row.room, row.floor, row.area_dm2 = facts.room.strip(), facts.floor, facts.area_dm2
    row.area_source = facts.area_source
    row.save()
    return Done(row, {"floor": row.floor, "area_dm2": row.area_dm2})


@action("lifts.set_areas", says=_("登记专有面积"), permits=permits.may_work)
def set_areas(
    *, actor: Actor, dossier: Dossier, areas_dm2: Mapping[str, int], source: str, total_dm2: int | None = None
) -> Done[Dossier]:
    """Put down the exclusive areas of a stairwell at once (登记专有面积), by room, checked against the register's sum.

    Raises
    ------
    Refused
        A room is unknown, an area cannot be, or they do not make up the sum.
    """
    dossier = held(dossier)
    rows = {row.room: row for row in dossier.flats.all()}
    refuse_unless(rules.rooms_are_known(areas_dm2, rows))
    after = [
        FlatFacts(row.room, row.floor, areas_dm2.get(row.room, row.area_dm2), source or row.area_source)
        for row in rows.values()
    ]
    for flat in after:
        refuse_unless(rules.flat_is_sound(flat, levels=dossier.stairwell.levels, rooms=()))
    if total_dm2 is not None:
        refuse_unless(rules.areas_sum_to(after, total_dm2))
    for room, area in areas_dm2.items():
        rows[room].area_dm2, rows[room].area_source = area, source
    Flat.objects.bulk_update(rows.values(), ["area_dm2", "area_source"])
    return Done(dossier, {"flats": len(areas_dm2), "sum_dm2": sum(areas_dm2.values())})


@action("lifts.note_stance", says=_("登记意愿"), permits=permits.may_work)
def note_stance(*, actor: Actor, dossier: Dossier, stances: Mapping[str, str], on: date) -> Done[Dossier]:
    """Put down which households wish for a lift (登记意愿), by room. It binds nobody: the vote does.

    Raises
    ------
    Refused
        A room is unknown, or the day is still to come.
    """
    dossier = held(dossier)
    rows = {row.room: row for row in dossier.flats.filter(room__in=list(stances))}
    refuse_unless(rules.rooms_are_known(stances, rows))
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    for room, stance in stances.items():
        rows[room].stance, rows[room].stance_on = Flat.Stance(stance), on
    Flat.objects.bulk_update(rows.values(), ["stance", "stance_on"])
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
    return Done(dossier, {"flats": len(stances), "on": on})


@action("lifts.add_owner", says=_("登记业主"), permits=permits.may_work)
def add_owner(*, actor: Actor, dossier: Dossier, flat: Flat, told: OwnerTold) -> Done[Owner]:
    """Put somebody down as an owner of a flat (登记业主). One who owns several flats here stays one owner.

    Raises
    ------
    Refused
        They stand there already, somebody else speaks for the flat, or name or telephone cannot be.
    """
    dossier = held(dossier)
    known = _known(dossier, told)
    refuse_unless(
        rules.owner_can_be_added(
            again=known is not None and flat.ownerships.filter(owner=known).exists(),
            speaks=told.speaks,
            spoken_for=flat.ownerships.filter(speaks=True).exists(),
            name=told.name,
            phone=told.phone,
        )
    )
    owner = known or Owner.objects.create(
        dossier=dossier, name=told.name.strip(), phone=told.phone.strip(), away=told.away
    )
    Ownership.objects.create(flat=flat, owner=owner, speaks=told.speaks)
    return Done(owner, {"room": flat.room}, sealed={"name": owner.name})


@action("lifts.remove_owner", says=_("撤下业主"), permits=permits.may_work)
def remove_owner(*, actor: Actor, dossier: Dossier, flat: Flat, owner: Owner) -> Done[Flat]:
    """Take an owner off a flat (撤下业主), as when it is sold; the row goes with the last flat.

    Raises
    ------
    Refused
        They do not own it.
    """
    held(dossier)
    gone, _models = Ownership.objects.filter(flat=flat, owner=owner, flat__dossier=dossier).delete()
    refuse_unless(rules.owner_was_there(bool(gone)))
    return Done(flat, {"room": flat.room})


@action("lifts.open_owner", says=_("查看业主电话"), permits=permits.may_work, shows=True)
def open_owner(*, actor: Actor, dossier: Dossier, owner: Owner) -> Done[Owner]:
    """Look at an owner's telephone (查看电话): an act on record each time."""
    return Done(owner, {"purpose": "lift"})


def _known(dossier: Dossier, told: OwnerTold) -> Owner | None:
    phone = told.phone.strip()
    same_phone = sealed_equals(Owner, "phone", phone) if phone else Q(phone_index="")
    found: Owner | None = (
        Owner.objects.filter(dossier=dossier)
        .filter(sealed_equals(Owner, "name", told.name.strip()), same_phone)
        .first()
    )
    return found
