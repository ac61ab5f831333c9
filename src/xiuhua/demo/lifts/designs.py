"""The second step: a drawing, quotes, the ground floor's answer, shares and their vote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from xiuhua.demo.lifts.house import Act, House
from xiuhua.demo.lifts.office import book, sheet
from xiuhua.demo.lifts.talks import listen
from xiuhua.programmes.lifts import actions, queries_shares
from xiuhua.programmes.lifts.models import Quote, Scheme
from xiuhua.programmes.lifts.rules.contractors import QuoteFacts
from xiuhua.programmes.lifts.rules.shares import Choice

QUOTES = 3
WAN_FEN = 1_000_000
"""Fen of ten thousand yuan."""


def designs(house: House) -> list[Act]:
    """What is done between the design and the vote."""
    firms = house.rng.sample(range(len(_builders())), QUOTES)
    return [
        Act(0.1, "drawing", lambda on: house.do(actions.pass_gate, rule="drawing", on=on, file=sheet("Drawing"))),
        Act(0.16, "listen", lambda on: listen(house, on, "designing"), quiet=True),
        *(Act(0.2 + 0.05 * place, f"quote {place}", _quoting(house, firm)) for place, firm in enumerate(firms)),
        Act(0.34, "choose", lambda on: choose(house, on)),
        Act(
            0.38,
            "ground_floor",
            lambda on: house.do(actions.pass_gate, rule="ground_floor", on=on, file=sheet("Reply")),
        ),
        Act(0.42, "draft", lambda on: draft(house, on), quiet=True),
    ]


def quote(house: House, on: date, firm: int) -> None:
    """Put down what a firm asks."""
    told, rng = _builders()[firm], house.rng
    facts = QuoteFacts(
        price_fen=rng.randint(*(10 * price for price in told["price"])) * WAN_FEN // 10,
        days=5 * rng.randint(*(days // 5 for days in told["days"])),
        warranty_months=told["warranty"],
    )
    contractor = next(one for one in house.office.firms[told["kind"]] if one.name == told["name"])
    house.do(actions.note_quote, contractor=contractor, facts=facts, quoted_on=on)


def choose(house: House, on: date) -> None:
    """Choose one of the quotes: one of the two cheapest."""
    rows = list(_quotes(house))
    chosen = house.rng.choice(rows[:2])
    quick, kept = min(row.days for row in rows), max(row.warranty_months for row in rows)
    because = "other"
    if chosen.warranty_months == kept:
        because = "warranted"
    if chosen.days == quick:
        because = "fastest"
    if chosen == rows[0]:
        because = "cheapest"
    actions.choose_quote(actor=house.worker, quote=chosen, on=on, because=book()["chosen"][because])


def draft(house: House, on: date) -> Scheme:
    """Work out shares after the guidance, in whole percent."""
    chosen = _quotes(house).filter(chosen_on__isnull=False).first()
    total = chosen.price_fen if chosen else 70 * WAN_FEN
    subsidy = queries_shares.subsidy_of(house.dossier, total)
    guidance, floors = queries_shares.guidance_of(house.dossier), sorted({flat.floor for flat in house.flats})
    if guidance is None:
        choice = Choice("guangzhou", total, subsidy)
    else:
        choice = Choice("guidance", total, subsidy, _percents(house, guidance.intervals, floors))
    scheme: Scheme = house.do(actions.draft_scheme, choice=choice, on=on)
    return scheme


def adopt(house: House, on: date) -> None:
    """Settle the newest draft."""
    scheme = queries_shares.schemes_of(house.dossier)[0]
    scheme.dossier = house.dossier
    actions.adopt_scheme(actor=house.worker, scheme=scheme, on=on)


def _quoting(house: House, firm: int) -> Callable[[date], object]:
    return lambda on: quote(house, on, firm)


def _quotes(house: House) -> Any:
    return Quote.objects.filter(dossier=house.dossier).select_related("dossier").order_by("price_fen", "pk")


def _percents(house: House, intervals: Any, floors: list[int]) -> dict[int, Fraction]:
    """Whole percents within the guidance where they can be, a hundred in all; the ground floor pays nothing."""
    percents = {floor: house.rng.randint(*map(int, intervals.get(floor, (0, 0)))) for floor in floors}
    gap = 100 - sum(percents.values())
    while gap:
        step = 1 if gap > 0 else -1
        able = [f for f in floors if f in intervals and intervals[f][0] <= percents[f] + step <= intervals[f][1]]
        percents[able[-1] if able else floors[-1]] += step
        gap -= step
    return {floor: Fraction(percent) for floor, percent in percents.items()}


def _builders() -> list[dict[str, Any]]:
    return [told for told in book()["firms"] if "price" in told]
