"""What is next for many dossiers at once, as lists show it: a few queries, however many rows there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import Count

from xiuhua.ground import standards
from xiuhua.ground.standards.lifts import LiftRule, LiftStandard
from xiuhua.ground.territory.days import today
from xiuhua.programmes.lifts import evidence
from xiuhua.programmes.lifts.flow import NEXT
from xiuhua.programmes.lifts.models import Dossier, Flat, GatePass, TeamMember
from xiuhua.programmes.lifts.rules import flats as flat_rules
from xiuhua.programmes.lifts.rules import team as team_rules
from xiuhua.programmes.lifts.rules.flats import FlatFacts
from xiuhua.programmes.lifts.rules.moves import PUT_IN


@dataclass(slots=True)
class Known:
    """What is known of a page of dossiers: gates put in, flats, and who accompanies them."""

    passes: set[tuple[int, int, str]] = field(default_factory=set)
    flats: dict[int, list[FlatFacts]] = field(default_factory=dict)
    parts: dict[int, list[str]] = field(default_factory=dict)
    coordinators: dict[int, list[str]] = field(default_factory=dict)


def loaded(rows: Sequence[Dossier]) -> Iterable[Dossier]:
    """Dossiers with the names of their coordinators and of the gate that is next, for the columns of a list."""
    known = _known(rows)
    for row in rows:
        book = standards.on(today(), at=row.path).lifts
        row.coordinators = known.coordinators.get(row.pk, [])  # type: ignore[attr-defined]
        row.next_rule = _next(row, book, known)  # type: ignore[attr-defined]
        yield row


def gates_kept(rows: Sequence[Dossier]) -> dict[int, tuple[int, int]]:
    """Of the gates before each dossier's next move, how many are passed, and how many there are."""
    known, found = _known(rows), {}
    for row in rows:
        book = standards.on(today(), at=row.path).lifts
        rules = book.rules_before(NEXT.get(row.state, ""))
        found[row.pk] = (sum(_is_kept(rule, row, book, known) for rule in rules), len(rules))
    return found


def _known(rows: Sequence[Dossier]) -> Known:
    known, numbers = Known(), [row.pk for row in rows]
    passes = GatePass.objects.filter(dossier__in=numbers, taken_back_at__isnull=True)
    known.passes = set(passes.values_list("dossier", "attempt", "rule"))
    consulting = [row.pk for row in rows if row.state == "consulting"]
    counted = Flat.objects.filter(dossier__in=consulting).annotate(owners_count=Count("ownerships"))
    for flat in counted:
        facts = FlatFacts(flat.room, flat.floor, flat.area_dm2, flat.area_source, flat.stance, flat.owners_count)
        known.flats.setdefault(flat.dossier_id, []).append(facts)
    team = TeamMember.objects.filter(dossier__in=numbers, until__isnull=True).order_by("id")
    for dossier, part, name in team.values_list("dossier", "part", "user__name"):
        known.parts.setdefault(dossier, []).append(part)
        if part == TeamMember.Part.COORDINATOR and name:
            known.coordinators.setdefault(dossier, []).append(name)
    return known


def _next(row: Dossier, book: LiftStandard, known: Known) -> LiftRule | None:
    """The first rule in the way of the next move; None where nothing is."""
    rules = book.rules_before(NEXT.get(row.state, ""))
    return next((rule for rule in rules if not _is_kept(rule, row, book, known)), None)


def _is_kept(rule: LiftRule, row: Dossier, book: LiftStandard, known: Known) -> bool:
    if (row.pk, row.attempt, rule.key) in known.passes:
        return True
    flats = known.flats.get(row.pk, [])
    if rule.evidence in PUT_IN:
        return False
    if rule.evidence == "suitability":
        return bool(row.stairwell.lift_suitable)
    if rule.evidence == "registers":
        return flat_rules.registers_are_whole(flats).decision
    if rule.evidence == "wishes":
        return flat_rules.wishes_reach(flats, Fraction(str(book.vote.wishes.value))).decision
    if rule.evidence == "team":
        return team_rules.team_is_whole(known.parts.get(row.pk, []), book.team).decision
    return evidence.told_by(rule.evidence, row).kept
