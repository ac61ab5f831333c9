"""The gates of a dossier (关口): the rules in force before its moves, their evidence, and how they stand today."""

from collections.abc import Mapping

from xiuhua.ground import standards
from xiuhua.ground.standards.lifts import LiftRule
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import evidence
from xiuhua.programmes.lifts.flow import NEXT
from xiuhua.programmes.lifts.models import Dossier, GatePass
from xiuhua.programmes.lifts.reading import once
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.moves import Evidence, GateFacts


def next_move(dossier: Dossier) -> str:
    """The move that leads on; empty for a lift that runs."""
    return NEXT.get(dossier.state, "")


def next_gates(dossier: Dossier) -> list[GateFacts]:
    """Gates before the move that leads on; none for a lift that runs."""
    return gates_before(next_move(dossier), dossier)


def gates_before(move: str, dossier: Dossier) -> list[GateFacts]:
    """Gates before a move, in the order of the rules."""
    passes = standing_passes(dossier)
    book = standards.on(today(), at=dossier.path).lifts
    return [_gate(rule, dossier, passes) for rule in book.rules_before(move)]


def gates_of_step(dossier: Dossier) -> list[GateFacts]:
    """Gates of the step that it is in, those of a move that is made included; of what has not begun those ahead."""
    return every_gate(dossier, step=dossier.step or "consult")


def every_gate(dossier: Dossier, *, step: str = "") -> list[GateFacts]:
    """Gates of all five steps, in the order of the rules; or of one step."""
    passes = standing_passes(dossier)
    book = standards.on(today(), at=dossier.path).lifts
    rules = [rule for rule in book.rules.values() if rule.used.value and step in ("", rule.step)]
    return [_gate(rule, dossier, passes) for rule in rules]


def gate_named(key: str, dossier: Dossier) -> GateFacts | None:
    """One gate by the key of its rule; None where the rule book has no such rule in force."""
    rule = standards.on(today(), at=dossier.path).lifts.rules.get(key)
    return _gate(rule, dossier, standing_passes(dossier)) if rule and rule.used.value else None


@once
def standing_passes(dossier: Dossier) -> dict[str, GatePass]:
    """What was put in or waived in this attempt, by rule (one query)."""
    rows = dossier.gate_passes.filter(attempt=dossier.attempt, taken_back_at__isnull=True)
    return {row.rule: row for row in rows}


def is_archived(dossier: Dossier) -> bool:
    """Whether it was under way before the system (存量), so that its evidence lies on paper."""
    return any(row.archived for row in standing_passes(dossier).values())


def _gate(rule: LiftRule, dossier: Dossier, passes: Mapping[str, GatePass]) -> GateFacts:
    found = passes.get(rule.key)
    kind = _kind(rule, passes)
    told = _told(rule, kind, dossier, found)
    due_on = moves.due(dossier.step_began_on, rule.days.number) if rule.step == dossier.step else None
    waived = found is not None and found.waived
    standing = moves.standing_of(told, waived=waived, due_on=due_on, today=today())
    named = found.reason if standing is moves.Standing.WAIVED and found else told.named
    return GateFacts(
        key=rule.key,
        number=rule.number,
        name=rule.name,
        step=rule.step,
        move=rule.move,
        evidence=kind,
        who=rule.who,
        due_on=due_on,
        standing=standing,
        words="" if standing is moves.Standing.WAIVED else told.words,
        url=told.url,
        named=named,
    )


@once
def _read_off(dossier: Dossier, kind: str) -> Evidence:
    return evidence.told_by(kind, dossier)


def _kind(rule: LiftRule, passes: Mapping[str, GatePass]) -> str:
    """What passes a rule; an account of an agreement from before the system cannot be read, so its day is put in."""
    agreement = passes.get("agreement")
    return "date" if rule.evidence == "account" and agreement and agreement.archived else rule.evidence


def _told(rule: LiftRule, kind: str, dossier: Dossier, found: GatePass | None) -> Evidence:
    if found is not None and found.archived:
        return Evidence(True, _("存量档案，纸质在中心"), found.on)
    if kind not in moves.PUT_IN:
        return _read_off(dossier, kind)
    if found is None or found.waived:
        return Evidence(False, evidence.meanwhile(rule.key, dossier))
    return Evidence(True, found.number or str(found.on), found.on)
