"""Reads of shares and the money after them, for screens, votes, the phone and documents.

For the other parts of the programme::

    adopted_scheme(dossier)      -> Scheme | None        the one in force in this attempt (已定稿)
    share_of(flat)               -> SchemeLine | None    what a flat pays under it; `due_fen`, `takes_part`
    floor_table(scheme)          -> list[FloorRow]       from the top down: floor, amount_fen, percent, area_percent,
                                                         benefit_percent, rooms (RoomShare), payers, signed
    explain(flat)                -> list[str]            怎么算的, sentence by sentence; empty without an adopted scheme
    balance_of(flat)             -> Balance | None       due_fen, paid_fen (less what was paid back), left_fen, back_fen

`put_to_vote(scheme)` in `actions/shares.py` is called by the verb that opens a vote on a scheme.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xiuhua.engine.shares import Table
from xiuhua.ground import standards
from xiuhua.ground.standards.lifts import CoefficientTable, GuidanceTable, LiftStandard
from xiuhua.ground.territory.days import today
from xiuhua.programmes.lifts.models import Dossier, Flat, Instalment, Limit, Payment, Scheme, SchemeLine
from xiuhua.programmes.lifts.reading import for_reading, is_for_reading, once
from xiuhua.programmes.lifts.rules import shares as rules
from xiuhua.programmes.lifts.rules.money import Balance, FirstPart, Part, parts_of
from xiuhua.programmes.lifts.rules.shares import Choice, Home, ShareFigures
from xiuhua.programmes.lifts.share_words import sentences

ENGINE_KINDS = {"weight": "household_weight", "area_weight": "area_weight"}
"""What the engine calls the kinds of coefficients of the rule book."""


@dataclass(frozen=True, slots=True)
class RoomShare:
    """What one flat pays."""

    flat_id: int
    room: str
    amount_fen: int
    takes_part: bool = True
    signed: bool = False


@dataclass(frozen=True, slots=True)
class FloorRow:
    """What one floor pays together, and what it would by area or by benefit; percent of the residents' total."""

    floor: int
    amount_fen: int
    percent: float
    area_percent: float | None
    benefit_percent: float | None
    rooms: tuple[RoomShare, ...]

    @property
    def payers(self) -> int:
        """Households of the floor that pay."""
        return sum(room.amount_fen > 0 for room in self.rooms)

    @property
    def signed(self) -> int:
        """Those of them that have signed."""
        return sum(room.signed for room in self.rooms if room.amount_fen > 0)


def adopted_scheme(dossier: Dossier) -> Scheme | None:
    """The scheme in force in this attempt (one query)."""
    return next((row for row in schemes_of(dossier) if row.state == Scheme.State.ADOPTED), None)


@once
def schemes_of(dossier: Dossier) -> list[Scheme]:
    """Drafts of this attempt, the newest first (one query)."""
    rows = list(dossier.schemes.filter(attempt=dossier.attempt).order_by("-number"))
    return [for_reading(row) for row in rows] if is_for_reading(dossier) else rows


def share_of(flat: Flat) -> SchemeLine | None:
    """What a flat pays under the scheme in force; None where there is none, or the flat is not in it."""
    rows = SchemeLine.objects.filter(flat=flat, scheme__state=Scheme.State.ADOPTED)
    found: SchemeLine | None = rows.filter(scheme__attempt=flat.dossier.attempt).select_related("scheme").first()
    return found


@once
def lines_of(scheme: Scheme) -> list[SchemeLine]:
    """Lines of a scheme from the top down, each with its flat and signature (one query)."""
    return list(scheme.lines.select_related("flat", "signature").order_by("-flat__floor", "flat__room"))


def homes_of(dossier: Dossier) -> list[Home]:
    """Households of a stairwell as shares ask about them, lowest floor first (one query)."""
    rows = dossier.flats.filter(floor__gt=0).order_by("floor", "room")
    return [Home(flat.pk, flat.room, flat.floor, flat.area_dm2) for flat in rows]


def homes_then(lines: Iterable[SchemeLine]) -> list[Home]:
    """Households as they were when a scheme was drafted."""
    return [Home(line.flat_id, line.flat.room, line.flat.floor, line.area_dm2) for line in lines]


def choice_of(scheme: Scheme, lines: Iterable[SchemeLine]) -> Choice:
    """What the meeting chose when it kept a draft."""
    return Choice(
        kind=scheme.kind,
        total_fen=scheme.total_fen,
        subsidy_fen=scheme.subsidy_fen,
        floors={int(floor): Fraction(value) for floor, value in scheme.table.get("floors", {}).items()},
        within=scheme.table.get("within", "area"),
        left=frozenset(line.flat_id for line in lines if not line.takes_part),
    )


def book_of(dossier: Dossier) -> LiftStandard:
    """The rule book as it stands today where the stairwell lies."""
    return standards.on(today(), at=dossier.path).lifts


def guidance_of(dossier: Dossier) -> GuidanceTable | None:
    """The guidance table for this house by storeys and entry; level entry where that has not been measured."""
    entry = dossier.entry or Dossier.Entry.LEVEL
    return book_of(dossier).guidance.get(f"shanghai_{dossier.stairwell.levels}_{entry}")


def coefficients_of(dossier: Dossier) -> Mapping[str, CoefficientTable]:
    """Published coefficient tables, for comparison."""
    return book_of(dossier).coefficients


def figures_of(dossier: Dossier) -> ShareFigures:
    """What the rule book says about shares in this house."""
    book, guidance = book_of(dossier), guidance_of(dossier)
    return ShareFigures(
        guidance=guidance.intervals if guidance else {},
        coefficients={
            key: Table(ENGINE_KINDS[table.kind], table.values)  # type: ignore[arg-type]  # the keys are its kinds
            for key, table in book.coefficients.items()
        },
        half_landing=dossier.entry == Dossier.Entry.HALF,
        fixed_percent=Fraction(str(book.money.shapley_fixed_percent.value)),
        limits_least=int(book.money.limits_least.number),
        consent_drafts=int(book.money.consent_drafts.number),
    )


def subsidy_of(dossier: Dossier, total_fen: int) -> int:
    """The subsidy that the rule book gives for a total."""
    money = book_of(dossier).money
    percent = Fraction(str(money.subsidy_percent.value))
    return rules.subsidy_of(total_fen, percent=percent, most_fen=int(money.subsidy_most_yuan.number) * 100)


def limits_stated(dossier: Dossier) -> int:
    """How many households have told a limit."""
    return Limit.objects.filter(flat__dossier=dossier).count()


def floor_table(scheme: Scheme) -> list[FloorRow]:
    """What each floor pays under a scheme, from the top down (three queries)."""
    lines = lines_of(scheme)
    homes = homes_then(lines)
    signed = frozenset(line.flat_id for line in lines if hasattr(line, "signature"))
    amounts = {line.flat_id: line.amount_fen for line in lines}
    return floors_of(homes, amounts, choice_of(scheme, lines), figures_of(scheme.dossier), signed)


def floors_of(
    homes: Sequence[Home],
    amounts: Mapping[int, int],
    choice: Choice,
    figures: ShareFigures,
    signed: frozenset[int] = frozenset(),
) -> list[FloorRow]:
    """Floors from the top down with what their households pay, beside area and benefit."""
    by_area, by_benefit = (_beside(kind, homes, choice, figures) for kind in ("area", "benefit"))
    rows = []
    for floor in sorted({home.floor for home in homes}, reverse=True):
        here = sorted((home for home in homes if home.floor == floor), key=lambda home: home.room)
        keys = [home.key for home in here]
        rows.append(
            FloorRow(
                floor=floor,
                amount_fen=sum(amounts[key] for key in keys),
                percent=_percent(amounts, keys) or 0.0,
                area_percent=_percent(by_area, keys),
                benefit_percent=_percent(by_benefit, keys),
                rooms=tuple(
                    RoomShare(home.key, home.room, amounts[home.key], home.key not in choice.left, home.key in signed)
                    for home in here
                ),
            )
        )
    return rows


def explain(flat: Flat) -> list[str]:
    """How a flat's share came about, sentence by sentence; empty without an adopted scheme."""
    line = share_of(flat)
    if line is None:
        return []
    lines = lines_of(line.scheme)
    homes = homes_then(lines)
    amounts = {one.flat_id: one.amount_fen for one in lines}
    choice = choice_of(line.scheme, lines)
    return sentences(flat.pk, homes, amounts, choice, final_fen=line.final_fen)


def balance_of(flat: Flat) -> Balance | None:
    """What a flat owes and has paid; None where it has no share and has paid nothing.

    What was paid before a stairwell was set aside is due back.
    """
    line, paid = share_of(flat), paid_by(flat)
    return Balance(line.due_fen if line else 0, paid) if line or paid else None


def paid_by(flat: Flat) -> int:
    """What a flat has paid, less what was paid back, in fen (one query)."""
    return sum(row.signed_fen for row in Payment.objects.filter(flat=flat).defer("struck_because"))


def paid_by_flat(dossier: Dossier) -> dict[int, int]:
    """What flats have paid, less what was paid back, in fen (one query)."""
    paid: dict[int, int] = {}
    for row in dossier.payments.all():
        paid[row.flat_id] = paid.get(row.flat_id, 0) + row.signed_fen
    return paid


def balances(scheme: Scheme) -> list[tuple[SchemeLine, Balance]]:
    """Every household with what it owes and has paid, from the top down (two queries)."""
    paid = paid_by_flat(scheme.dossier)
    return [(line, Balance(line.due_fen, paid.get(line.flat_id, 0))) for line in lines_of(scheme)]


def payments_of(dossier: Dossier) -> list[Payment]:
    """Money in and back, the newest first (one query)."""
    return list(dossier.payments.select_related("flat").order_by("-number"))


def first_parts(scheme: Scheme) -> list[FirstPart]:
    """The first instalment of each household that pays, from the top down (three queries)."""
    percents = [part.percent for part in plan_of(scheme)] or [100]
    paid: dict[int, list[tuple[date, int]]] = {}
    for row in scheme.dossier.payments.all():
        paid.setdefault(row.flat_id, []).append((row.on, row.signed_fen))
    return [
        FirstPart(line.flat.room, parts_of(line.amount_fen, percents)[0], paid.get(line.flat_id, ()))
        for line in lines_of(scheme)
        if line.amount_fen > 0
    ]


def plan_of(scheme: Scheme) -> list[Part]:
    """The instalments of a scheme (one query)."""
    rows: Iterable[Instalment] = scheme.instalments.order_by("number")
    return [Part(row.words, row.percent, row.due_on) for row in rows]


def _beside(kind: str, homes: Sequence[Home], choice: Choice, figures: ShareFigures) -> dict[int, int]:
    other = Choice(kind, choice.total_fen, choice.subsidy_fen, within="equal", left=choice.left)
    if not rules.choice_is_sound(homes, other, figures).decision:
        return {}
    return rules.work_out(homes, other, figures)


def _percent(amounts: Mapping[int, int], keys: Sequence[int]) -> float | None:
    total = sum(amounts.values())
    return 100 * sum(amounts[key] for key in keys) / total if total else None
