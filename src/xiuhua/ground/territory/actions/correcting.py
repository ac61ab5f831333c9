"""Verbs that keep the registers: people and homes corrected, people who come and go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.paths import RESIDENT, child_path, subdistrict_of
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.standards import on
from xiuhua.ground.territory import permits, rules
from xiuhua.ground.territory.actions.binding import end_bindings_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Building, Household, Resident, Use
from xiuhua.ground.territory.rules import BuildingFacts, HouseholdFacts, PersonFacts, PersonTold
from xiuhua.ground.verdicts import Refused, Verdict, refuse_unless


@action("territory.correct_resident", says=gettext_lazy("更正居民信息"), permits=permits.may_keep_resident)
def correct_resident(*, actor: Actor, resident: Resident, told: PersonTold) -> Done[Resident]:
    """Correct what is on record of a resident (更正居民信息); old and new values lie sealed beside the entry.

    Raises
    ------
    Refused
        Something told is wrong or contradicts itself, nothing differs, the identity number is somebody else's, or the
        resident has left or was erased.
    """
    resident = locked(resident)
    before = facts_of(resident)
    facts = _agreed(rules.person_as_told(told, before=before, day=today(), bases=_bases()))
    changed = _differing(before, facts)
    refuse_unless(
        rules.resident_can_be_corrected(
            has_left=resident.left_at is not None, erased=resident.erased_at is not None, changed=changed
        )
    )
    _refuse_taken(facts.id_number, resident.path, but=resident.pk)
    _write(resident, facts, changed)
    return Done(resident, {"fields": changed}, sealed=_old_and_new(before, facts, changed))


@action("territory.add_resident", says=gettext_lazy("登记居民"), permits=permits.may_keep_household)
def add_resident(*, actor: Actor, household: Household, told: PersonTold) -> Done[Resident]:
    """Put a resident on record in a household (登记居民).

    Raises
    ------
    Refused
        Something told is wrong or contradicts itself, the identity number is somebody's, or the household is full.
    """
    household = locked(household)
    facts = _agreed(rules.person_as_told(told, before=None, day=today(), bases=_bases()))
    _refuse_taken(facts.id_number, household.path)
    last = household.residents.aggregate(last=Max("path"))["last"]
    number = int(last[-RESIDENT:]) if last else 0
    refuse_unless(rules.household_has_room(numbers_left=10**RESIDENT - 1 - number))
    path = child_path(household.path, number + 1, RESIDENT)
    resident = Resident.objects.create(household=household, path=path, **asdict(facts))
    return Done(resident, {"household": household.pk}, sealed=_plain(asdict(facts)))


@action("territory.move_out", says=gettext_lazy("登记迁出"), permits=permits.may_keep_resident)
def move_out(*, actor: Actor, resident: Resident, moved: date, note: str = "") -> Done[Resident]:
    """Put on record that a resident lives here no more (登记迁出); bindings of accounts to them end.

    Raises
    ------
    Refused
        They have left before, or the day cannot be.
    """
    resident = locked(resident)
    refuse_unless(
        rules.resident_can_move_out(
            has_left=resident.left_at is not None, moved=moved, born_year=resident.birth_year, day=today()
        )
    )
    resident.left_at = timezone.make_aware(datetime.combine(moved, time.min))
    resident.save(update_fields=["left_at"])
    ended = end_bindings_of(actor, resident)
    note = note.strip()
    return Done(resident, {"bindings_ended": ended}, sealed={"moved": str(moved), **({"note": note} if note else {})})


@action("territory.bring_back", says=gettext_lazy("撤销迁出"), permits=permits.may_keep_resident)
def bring_back(*, actor: Actor, resident: Resident) -> Done[Resident]:
    """Take back that a resident has moved out (撤销迁出).

    Raises
    ------
    Refused
        They have not, were erased since, or their identity number is on record elsewhere by now.
    """
    resident = locked(resident)
    refuse_unless(
        rules.resident_can_be_brought_back(has_left=resident.left_at is not None, erased=resident.erased_at is not None)
    )
    _refuse_taken(resident.id_number, resident.path, but=resident.pk)
    resident.left_at = None
    resident.save(update_fields=["left_at"])
    return Done(resident)


@action("territory.correct_household", says=gettext_lazy("更正住户"), permits=permits.may_keep_household)
def correct_household(*, actor: Actor, household: Household, facts: HouseholdFacts) -> Done[Household]:
    """Correct room, floor, area or tenure of a household (更正住户).

    Raises
    ------
    Refused
        The room is another household's, the floor is none of the stairwell's, or nothing differs.
    """
    household = locked(household)
    before = HouseholdFacts(**_columns(household, HouseholdFacts))
    changed = _differing(before, facts)
    same = Household.objects.filter(stairwell=household.stairwell_id, room=facts.room).exclude(pk=household.pk)
    refuse_unless(
        rules.household_can_be_corrected(
            facts, levels=household.stairwell.levels, room_taken=same.exists(), changed=changed
        )
    )
    _write(household, facts, changed)
    return Done(household, {"fields": changed}, sealed=_old_and_new(before, facts, changed))


@action("territory.correct_building", says=gettext_lazy("更正楼栋"), permits=permits.may_keep_building)
def correct_building(*, actor: Actor, building: Building, facts: BuildingFacts) -> Done[Building]:
    """Correct what is on record of a building (更正楼栋).

    Raises
    ------
    Refused
        Something told cannot be, or nothing differs.
    """
    building = locked(building)
    before = BuildingFacts(**_columns(building, BuildingFacts))
    changed = _differing(before, facts)
    refuse_unless(rules.building_can_be_corrected(facts, uses=Use.values, changed=changed))
    _write(building, facts, changed)
    return Done(building, {"fields": changed}, sealed=_old_and_new(before, facts, changed))


def facts_of(resident: Resident) -> PersonFacts:
    """A resident as plain values."""
    return PersonFacts(**_columns(resident, PersonFacts))


def _bases() -> Collection[str]:
    return on(today()).privacy.bases


def _agreed(verdict: Verdict[PersonFacts | None]) -> PersonFacts:
    if verdict.decision is None:
        raise Refused(*verdict.reasons)
    return verdict.decision


def _refuse_taken(id_number: str, path: str, but: int | None = None) -> None:
    if id_number:
        rows = Resident.objects.here().under(subdistrict_of(path))
        taken = rows.filter(sealed_equals(Resident, "id_number", id_number), erased_at__isnull=True).exclude(pk=but)
        refuse_unless(rules.id_number_is_free(taken=taken.exists()))


def _columns(row: Any, facts: Any) -> dict[str, Any]:
    return {one.name: getattr(row, one.name) for one in fields(facts)}


def _differing(before: Any, after: Any) -> list[str]:
    return [one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)]


def _write(row: Any, facts: Any, changed: list[str]) -> None:
    for name in changed:
        setattr(row, name, getattr(facts, name))
    row.save(update_fields=changed)


def _old_and_new(before: Any, after: Any, changed: list[str]) -> dict[str, list[Any]]:
    return {name: [_word(getattr(before, name)), _word(getattr(after, name))] for name in changed}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _word(value) for name, value in values.items()}


def _word(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
