"""Lift retrofit (加装电梯): steps, methods, rules, votes, money and terms of ``lifts.toml``."""

from dataclasses import dataclass, fields
from fractions import Fraction

from xiuhua.ground.standards.figures import Figure, Named, Page


@dataclass(frozen=True, slots=True)
class LiftStep(Named):
    """One of the five steps (五步); `days` is how long it is expected to take."""

    number: int
    short_zh: str
    days: Figure

    @property
    def short(self) -> str:
        """Its name in two characters, where there is room for no more."""
        return self.short_zh if self.name == self.name_zh else self.name_en


@dataclass(frozen=True, slots=True)
class LiftMethod(Named):
    """One of the ten methods (十法), and the step in which it is used most."""

    number: int
    step: str
    says: str
    used: Figure


@dataclass(frozen=True, slots=True)
class LiftRule(Named):
    """One of the 24 rules (24条): a gate before a move, with the evidence that passes it.

    Parameters
    ----------
    move : str
        Name of the move in the workflow that it stands before.
    evidence : str
        ``document``, ``date``, ``permit`` or ``inspection``, which people put in; else what is read off the dossier.
    who : str
        Who has to see to it.
    days : Figure
        By when, counted from the beginning of the step.
    """

    number: int
    step: str
    move: str
    method: str
    evidence: str
    who: str
    used: Figure
    days: Figure


@dataclass(frozen=True, slots=True)
class VoteRule:
    """What a vote takes on the day on which it is opened (表决规则); shares are fractions written as words."""

    take_part: Figure
    agree: Figure
    agree_of: Figure
    no_objection: Figure
    heads_a_unit: Figure
    area_source: Figure
    least_days: Figure
    most_days: Figure
    most_ballots: Figure
    most_votes: Figure
    again_days: Figure
    wishes: Figure


@dataclass(frozen=True, slots=True)
class SuitabilityFigures:
    """What a stairwell's measurements must reach for a lift to suit it."""

    least_levels: Figure
    fire_lane_m: Figure
    front_m: Figure
    spacing_m: Figure


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """Who accompanies a stairwell (陪伴小组), and how many a coordinator can."""

    residents: Figure
    coordinators: Figure
    most_stairwells: Figure


@dataclass(frozen=True, slots=True)
class PaceFigures:
    """When a stairwell counts as stuck (卡住)."""

    stuck_days: Figure
    escalate_days: Figure


@dataclass(frozen=True, slots=True)
class NoticeFigures:
    """How long a notice hangs (公示), and when an objection is answered."""

    days: Figure
    reply_days: Figure


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """Subsidy, quotes, instalments, and how shares are worked out."""

    subsidy_percent: Figure
    subsidy_most_yuan: Figure
    least_quotes: Figure
    without_agreement: Figure
    instalments: Figure
    running_yuan_month: Figure
    shapley_fixed_percent: Figure
    limits_least: Figure
    consent_drafts: Figure


@dataclass(frozen=True, slots=True)
class GuidanceTable:
    """Percent of the residents' total that a floor pays, least and most, for houses of one kind (出资指导区间)."""

    key: str
    levels: int
    entry: str
    floors: dict[int, Figure]

    @property
    def intervals(self) -> dict[int, tuple[Fraction, Fraction]]:
        """Least and most by floor."""
        return {floor: _interval(str(figure.value)) for floor, figure in self.floors.items()}


@dataclass(frozen=True, slots=True)
class CoefficientTable(Named):
    """Coefficients by floor, of a household or times its area (系数)."""

    kind: str
    floors: dict[int, Figure]

    @property
    def values(self) -> dict[int, Fraction]:
        """The coefficients."""
        return {floor: Fraction(str(figure.value)) for floor, figure in self.floors.items()}


@dataclass(frozen=True, slots=True)
class FaultFigures:
    """How soon somebody has to be there."""

    arrive_within_minutes: Figure
    stopped_within_hours: Figure
    noise_within_days: Figure


@dataclass(frozen=True, slots=True)
class UpkeepFigures:
    """Inspection and service of a lift that runs."""

    inspect_months: Figure
    inspect_ahead_days: Figure
    service_days: Figure


@dataclass(frozen=True, slots=True)
class BatchFigures:
    """Sizes and prices of construction lots (成片), how ready stairwells are, what the public map tells of a block."""

    least: Figure
    most: Figure
    reach_m: Figure
    ready: Figure
    setup: Figure
    walk: Figure
    ready_waiting: Figure
    ready_consulting: Figure
    ready_designing: Figure
    ready_agreeing: Figure
    ready_signed: Figure
    ready_gates: Figure
    ready_wishes: Figure
    ready_stuck: Figure
    closing_share: Figure
    public_least: Figure


@dataclass(frozen=True, slots=True)
class LiftStandard:
    """Everything that ``lifts.toml`` says; steps, methods, rules and tables by key, in the order of the file."""

    steps: dict[str, LiftStep]
    methods: dict[str, LiftMethod]
    rules: dict[str, LiftRule]
    vote: VoteRule
    suitability: SuitabilityFigures
    team: TeamFigures
    pace: PaceFigures
    notice: NoticeFigures
    money: MoneyFigures
    guidance: dict[str, GuidanceTable]
    coefficients: dict[str, CoefficientTable]
    fault: FaultFigures
    upkeep: UpkeepFigures
    batch: BatchFigures

    @property
    def figures(self) -> dict[str, Figure]:
        """Figures by dotted key, to be shown with their source; those with `own` a subdistrict sets for itself."""
        found = {f"lifts.steps.{key}.days": step.days for key, step in self.steps.items()}
        found |= {f"lifts.methods.{key}.used": method.used for key, method in self.methods.items()}
        for key, rule in self.rules.items():
            found |= {f"lifts.rules.{key}.used": rule.used, f"lifts.rules.{key}.days": rule.days}
        for group in _GROUPS:
            figures = getattr(self, group)
            found |= {f"lifts.{group}.{one.name}": getattr(figures, one.name) for one in fields(figures)}
        return {key: figure for key, figure in found.items() if figure.name_zh}

    def rules_before(self, move: str) -> list[LiftRule]:
        """Rules in force that stand before a move, in their order."""
        return [rule for rule in self.rules.values() if rule.move == move and rule.used.value]


_GROUPS = {
    "vote": VoteRule,
    "suitability": SuitabilityFigures,
    "team": TeamFigures,
    "pace": PaceFigures,
    "notice": NoticeFigures,
    "money": MoneyFigures,
    "fault": FaultFigures,
    "upkeep": UpkeepFigures,
    "batch": BatchFigures,
}


def read_lifts(page: Page) -> LiftStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    groups = {
        name: group(**{one.name: tables[name].figure(one.name) for one in fields(group)})
        for name, group in _GROUPS.items()
    }
    return LiftStandard(
        steps={row.name: _step(number, row) for number, row in enumerate(tables["steps"].pages(), start=1)},
        methods={row.name: _method(number, row) for number, row in enumerate(tables["methods"].pages(), start=1)},
        rules={row.name: _rule(number, row) for number, row in enumerate(tables["rules"].pages(), start=1)},
        guidance={row.name: _guidance(row) for row in tables["guidance"].pages()},
        coefficients={row.name: _coefficients(row) for row in tables["coefficients"].pages()},
        **groups,
    )


def _names(row: Page) -> dict[str, str]:
    return {"key": row.name, "name_zh": row.word("name_zh"), "name_en": row.word("name_en")}


def _step(number: int, row: Page) -> LiftStep:
    return LiftStep(**_names(row), number=number, short_zh=row.word("short_zh"), days=row.figure("days"))


def _method(number: int, row: Page) -> LiftMethod:
    return LiftMethod(
        **_names(row), number=number, step=row.word("step"), says=row.word("says"), used=row.figure("used")
    )


def _rule(number: int, row: Page) -> LiftRule:
    words = {name: row.word(name) for name in ("step", "move", "method", "evidence", "who")}
    return LiftRule(**_names(row), **words, number=number, used=row.figure("used"), days=row.figure("days"))


def _guidance(row: Page) -> GuidanceTable:
    return GuidanceTable(row.name, int(row.name.split("_")[1]), row.word("entry"), _floors(row))


def _coefficients(row: Page) -> CoefficientTable:
    return CoefficientTable(**_names(row), kind=row.word("kind"), floors=_floors(row))


def _floors(row: Page) -> dict[int, Figure]:
    found = {floor: row.figure_or_none(f"floor_{floor}") for floor in range(1, 20)}
    return {floor: figure for floor, figure in found.items() if figure is not None}


def _interval(words: str) -> tuple[Fraction, Fraction]:
    least, _dash, most = words.partition("-")
    return Fraction(least), Fraction(most)
