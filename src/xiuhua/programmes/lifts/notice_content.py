"""What a notice says (公示内容), as it stood on the day it was posted: sums by floor and areas in all, no name."""

from collections import defaultdict
from fractions import Fraction
from typing import Any

from django.utils import timezone

from xiuhua.ground import standards
from xiuhua.ground.standards.lifts import VoteRule
from xiuhua.programmes.lifts.models import Dossier, Scheme, Vote


def content_of(dossier: Dossier, *, load_kg: int | None, stops: int) -> dict[str, Any]:
    """Everything that the printed notice draws: the house, the lift, how the vote came out, who pays what by floor."""
    flats = list(dossier.flats.all())
    return {
        "house": {
            "year": dossier.stairwell.building.year_built,
            "structure": dossier.stairwell.building.structure,
            "levels": dossier.stairwell.levels,
            "homes": len(flats),
            "area_dm2": sum(flat.area_dm2 or 0 for flat in flats),
        },
        "lift": {"entry": dossier.entry, "stops": stops, "load_kg": load_kg},
        "vote": _vote(dossier),
        "money": _money(dossier),
    }


def _vote(dossier: Dossier) -> dict[str, Any] | None:
    """The vote that passed in this attempt, judged by the rule of its day."""
    vote = Vote.objects.closed().filter(dossier=dossier, attempt=dossier.attempt, passed=True).first()
    if vote is None or vote.tally is None:
        return None
    rule = standards.on(vote.opens_on, at=dossier.path).lifts.vote
    of_whom = (vote.part_area_dm2, vote.part_heads) if _of_those(rule) else (vote.all_area_dm2, vote.all_heads)
    return {
        "on": timezone.localtime(vote.closes_at).date().isoformat(),
        "of_those": _of_those(rule),
        "part": _bar(vote.part_area_dm2, vote.all_area_dm2, vote.part_heads, vote.all_heads, rule.take_part),
        "agree": _bar(vote.agree_area_dm2, of_whom[0], vote.agree_heads, of_whom[1], rule.agree),
        "law": [rule.agree.source, rule.agree.clause or ""],
    }


def _of_those(rule: VoteRule) -> bool:
    """Whether agreement is counted among those who took part."""
    return str(rule.agree_of.value) == "taking_part"


def _bar(area: int | None, of_area: int | None, heads: int | None, of_heads: int | None, gate: Any) -> dict[str, Any]:
    return {
        "area_dm2": area or 0,
        "of_area_dm2": of_area or 0,
        "heads": heads or 0,
        "of_heads": of_heads or 0,
        "gate": str(Fraction(str(gate.value))),
    }


def _money(dossier: Dossier) -> dict[str, Any] | None:
    """The adopted scheme by floor, from the top down; rooms in their order."""
    scheme = (
        Scheme.objects.filter(
            dossier=dossier, attempt=dossier.attempt, state__in=[Scheme.State.ADOPTED, Scheme.State.PROPOSED]
        )
        .order_by("state", "-number")
        .first()
    )
    if scheme is None:
        return None
    floors: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line in scheme.lines.select_related("flat").order_by("-flat__floor", "flat__room"):
        floors[line.flat.floor].append({"room": line.flat.room, "fen": line.amount_fen})
    return {
        "number": scheme.number,
        "total_fen": scheme.total_fen,
        "subsidy_fen": scheme.subsidy_fen,
        "floors": [{"floor": floor, "rooms": rooms} for floor, rooms in floors.items()],
    }
