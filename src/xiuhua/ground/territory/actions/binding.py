"""Verbs that bind an account to a household (绑定): asked by who lives there, answered by a worker of the committee."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts.models import User
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory import permits, rules
from xiuhua.ground.territory.models import Binding, Household, Resident, Stairwell
from xiuhua.ground.territory.rosters.names import same
from xiuhua.ground.verdicts import refuse_unless


@action("territory.ask_binding", says=gettext_lazy("申请绑定住户"), permits=permits.may_ask_binding)
def ask_binding(*, actor: User, stairwell: Stairwell, room: str, name: str) -> Done[Binding]:
    """Ask to be bound to the household that one lives in (申请绑定住户).

    Whether a household is on record there is told to nobody who asks: a worker of the committee finds out.

    Raises
    ------
    Refused
        Room or name is empty, or this account is bound or waits already.
    """
    actor = locked(actor)
    room, name = rules.room_as_told(room), name.strip()
    refuse_unless(rules.binding_can_be_asked(room=room, name=name, open_already=_open_bindings(actor).exists()))
    household = _household_at(stairwell, room)
    binding = Binding.objects.create(
        user=actor,
        stairwell=stairwell,
        room=room,
        household=household,
        path=household.path if household else stairwell.path,
        name=name,
        asked_at=now(),
    )
    return Done(binding, sealed={"name": name, "room": room}, about=actor.reference)


@action(
    "territory.look_at_applicant",
    says=gettext_lazy("查看绑定申请人"),
    permits=permits.may_answer_binding,
    audience=Audience.OFFICE,
    shows=True,
)
def look_at_applicant(*, actor: Actor, binding: Binding) -> Done[Binding]:
    """See whole the name and telephone that who asks has given (查看绑定申请人), to answer them.

    Raises
    ------
    Refused
        It was answered before.
    """
    refuse_unless(rules.applicant_can_be_seen(waits=binding.state == Binding.State.ASKED))
    return Done(binding, {"purpose": "resident_calls"}, about=binding.user.reference)


@action("territory.confirm_binding", says=gettext_lazy("确认绑定"), permits=permits.may_answer_binding)
def confirm_binding(
    *, actor: Actor, binding: Binding, household: Household, resident: Resident | None = None, note: str = ""
) -> Done[Binding]:
    """Confirm that who asks lives there (确认绑定), and which of those on record they are.

    Raises
    ------
    Refused
        It was answered before, the household is in another stairwell, or the resident lives elsewhere.
    """
    binding, resident = locked(binding), locked(resident) if resident else None
    refuse_unless(
        rules.binding_can_be_confirmed(
            waits=binding.state == Binding.State.ASKED,
            same_stairwell=household.stairwell_id == binding.stairwell_id,
            resident_at_home=resident is None
            or (resident.household_id == household.pk and resident.left_at is None and resident.erased_at is None),
        )
    )
    binding.household, binding.path, binding.resident = household, household.path, resident
    _decide(binding, Binding.State.CONFIRMED, actor, note, "household", "path", "resident")
    facts = {"household": household.pk, "resident": resident.pk if resident else None}
    return Done(binding, facts, sealed=_noted(note), about=binding.user.reference)


@action("territory.refuse_binding", says=gettext_lazy("不通过绑定"), permits=permits.may_answer_binding)
def refuse_binding(*, actor: Actor, binding: Binding, note: str) -> Done[Binding]:
    """Refuse a binding, with a reason that who asked reads (不通过绑定).

    Raises
    ------
    Refused
        It was answered before, or there is no reason.
    """
    binding = locked(binding)
    refuse_unless(rules.binding_can_be_refused(waits=binding.state == Binding.State.ASKED, note=note.strip()))
    _decide(binding, Binding.State.REFUSED, actor, note)
    return Done(binding, sealed=_noted(note), about=binding.user.reference)


@action("territory.end_binding", says=gettext_lazy("结束绑定"), permits=permits.may_end_binding)
def end_binding(*, actor: Actor, binding: Binding, note: str = "") -> Done[Binding]:
    """End a binding, or take back that it was asked (结束绑定).

    Raises
    ------
    Refused
        It has ended, or was never confirmed.
    """
    binding = locked(binding)
    refuse_unless(rules.binding_can_be_ended(is_open=binding.state in (Binding.State.ASKED, Binding.State.CONFIRMED)))
    _decide(binding, Binding.State.ENDED, actor, note)
    return Done(binding, sealed=_noted(note), about=binding.user.reference)


def end_bindings_of(actor: Actor, resident: Resident) -> int:
    """End the bindings of accounts to a resident who leaves; returns how many."""
    bindings = list(Binding.objects.standing().filter(resident=resident))
    for binding in bindings:
        end_binding(actor=actor, binding=binding)
    return len(bindings)


def _open_bindings(user: User) -> Any:
    return Binding.objects.filter(user=user, state__in=[Binding.State.ASKED, Binding.State.CONFIRMED])


def _household_at(stairwell: Stairwell, room: str) -> Household | None:
    """The household on record in a room, written as people write it."""
    return next((one for one in stairwell.households.all() if same(one.room) == same(room)), None)


def _decide(binding: Binding, state: str, actor: Actor, note: str, *changed: str) -> None:
    binding.state, binding.decided_at, binding.decided_by = state, now(), actor.reference
    binding.note = note.strip()
    binding.save(update_fields=["state", "decided_at", "decided_by", "note", *changed])


def _noted(note: str) -> dict[str, str]:
    return {"note": note.strip()} if note.strip() else {}
