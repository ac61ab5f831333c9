"""Gates on screen: how each stands in words, what passes it, and the one thing that is to be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Gate
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, permits, words
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules.moves import PUT_IN, GateFacts, Standing

STATES: dict[Standing, Literal["ok", "warn", "bad", "wait"]] = {
    Standing.PASSED: "ok",
    Standing.WAIVED: "ok",
    Standing.OPEN: "wait",
    Standing.LATE: "warn",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A gate as the list shows it: with its number, and where a section head lets it be passed without."""

    facts: GateFacts
    gate: Gate
    waive_url: str = ""
    take_back_url: str = ""


def drawn(actor: Actor, dossier: Dossier, rows: Sequence[GateFacts]) -> list[Drawn]:
    """Gates for a reader: who works here finds at each open one of the next move what passes it."""
    works, waives = permits.may_work(actor, dossier=dossier), permits.may_waive(actor, dossier=dossier)
    move = gates.next_move(dossier)
    put_in = set(gates.standing_passes(dossier)) if works else set()
    return [
        Drawn(
            one,
            Gate(
                one.name, STATES[one.standing], note_of(one, sees_owners=works), way_to(dossier, one) if works else ""
            ),
            url_of("waive_gate", dossier, one) if waives and one.is_open and _is_at_hand(one, dossier) else "",
            url_of("take_back_gate", dossier, one) if one.key in put_in and one.move == move else "",
        )
        for one in rows
    ]


def note_of(gate: GateFacts, *, sees_owners: bool = False) -> str:
    """How a gate stands, in a line: since when it is passed, why it is waived, or who sees to it and by when."""
    said = _said(gate.told(sees_owners=sees_owners))
    if gate.standing is Standing.PASSED:
        return said
    if gate.standing is Standing.WAIVED:
        return _("豁免：%(why)s") % {"why": said} if said else _("豁免")
    return _("；").join(part for part in (said, _owed(gate)) if part)


def way_to(dossier: Dossier, gate: GateFacts) -> str:
    """Where a gate is passed; of one that is passed, where that is seen."""
    if gate.evidence not in PUT_IN:
        return gate.url
    if gate.is_open:
        return url_of("pass_gate", dossier, gate) if gate.step == dossier.step else ""
    return reverse("lifts:papers", args=[dossier.pk]) if gate.evidence == "document" else ""


def what_is_next(actor: Actor, dossier: Dossier, ahead: Sequence[GateFacts]) -> Act | None:
    """The one thing to do: what passes the next open gate, or the move where all are passed."""
    move = gates.next_move(dossier)
    if not move or not permits.may_work(actor, dossier=dossier):
        return None
    open_gates = sorted((gate for gate in ahead if gate.is_open), key=lambda gate: gate.standing is not Standing.LATE)
    for gate in open_gates:
        if url := way_to(dossier, gate):
            title = _("登记%(what)s") if gate.evidence in PUT_IN else _("去办：%(what)s")
            return Act(title % {"what": gate.name}, url, "", primary=True)
    if move == "begin" and dossier.stairwell.lift_suitable is None:
        return Act(_("做可行性初评"), reverse("lifts:measure", args=[dossier.pk]), "i-ruler-2", primary=True)
    if open_gates or dossier.stairwell.lift_suitable is False:
        return None
    return Act(words.deed_of(move), reverse("lifts:move", args=[dossier.pk]), "i-arrow-right", primary=True)


def blocked_move(actor: Actor, dossier: Dossier, ahead: Sequence[GateFacts]) -> Act | None:
    """The move that gates are in the way of, drawn but not to be pressed."""
    move = gates.next_move(dossier)
    if not move or not permits.may_work(actor, dossier=dossier):
        return None
    if move == "begin" and dossier.stairwell.lift_suitable is False:
        return Act(words.deed_of(move), blocked=_("不具备加梯条件"))
    count = sum(gate.is_open for gate in ahead)
    return Act(words.deed_of(move), blocked=_("还差 %(count)s 个关口") % {"count": count}) if count else None


def url_of(name: str, dossier: Dossier, gate: GateFacts) -> str:
    """Address of a deed on a gate."""
    return reverse(f"lifts:{name}", args=[dossier.pk, gate.key])


def _is_at_hand(gate: GateFacts, dossier: Dossier) -> bool:
    return gate.step == dossier.step


def _owed(gate: GateFacts) -> str:
    who = words.who_sees_to(gate.who)
    if gate.due_on is None:
        return who
    told = {"who": who, "day": words.on_day(gate.due_on)}
    late = gate.standing is Standing.LATE
    return (_("%(who)s，应在 %(day)s前") if late else _("%(who)s，%(day)s前")) % told


def _said(told: str) -> str:
    """A day that was put in reads as people say it."""
    try:
        return words.on_day(date.fromisoformat(told))
    except ValueError:
        return told
