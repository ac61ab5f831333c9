"""Figures of the lift programme (指标): pure sums over the moves that its verbs put on record.

Nothing here reads the dossiers' own columns: what was signed in the first half-year is a count of entries.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from xiuhua.ground.scope.paths import committee_of
from xiuhua.programmes.lifts.flow import IN_HAND, STEPS, Stage

COUNTED = {"signed": "sign", "started": "build", "completed": "hand_over"}
"""What the office counts of a period (签约、开工、完工), by the move that counts."""

TIMED = ("consult", "design", "sign", "build", "hand_over")
"""Steps whose days are measured, in their order."""


@dataclass(frozen=True, slots=True)
class Move:
    """A stairwell moved on, or was set aside, on a day: the stages between which it went, and its state after."""

    dossier: int
    path: str
    name: str
    on: date
    before: str
    after: str
    state: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were signed, started and completed."""

    signed: int = 0
    started: int = 0
    completed: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month and what was counted in it."""

    begins: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class Pace:
    """A step of the five: how many stairwells have been through it, the median of their days, how many are in it."""

    step: str
    through: int
    median_days: float | None
    inside: int


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote that was closed: of which stairwell, the first there or a later one, whether it passed."""

    path: str
    on: date
    turn: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Success:
    """Of votes closed, how many passed."""

    closed: int
    passed: int

    @property
    def share(self) -> float | None:
        """Share that passed; None where none was closed."""
        return self.passed / self.closed if self.closed else None


def within(moves: Iterable[Move], first: date, last: date) -> list[Move]:
    """Moves of a period, both days included."""
    return [move for move in moves if first <= move.on <= last]


def tally(moves: Iterable[Move]) -> Tally:
    """How many were signed, started and completed among some moves."""
    found = Counter(move.name for move in moves)
    return Tally(**{name: found[move] for name, move in COUNTED.items()})


def standing_on(moves: Iterable[Move], day: date) -> dict[int, Move]:
    """The last move of each stairwell up to a day; one that is not named has never begun."""
    return {move.dossier: move for move in moves if move.on <= day}


def in_hand_on(moves: Iterable[Move], day: date) -> int:
    """How many were signed, being built or running on a day (已签约、施工和运行)."""
    return sum(move.after in IN_HAND for move in standing_on(moves, day).values())


def stages_on(moves: Iterable[Move], day: date) -> dict[int, str]:
    """Stage of each stairwell on a day, as far as it had begun."""
    return {dossier: move.after for dossier, move in standing_on(moves, day).items() if move.after != Stage.WAITING}


def months(moves: Sequence[Move], last: date, count: int) -> list[Month]:
    """The last `count` months, the one of `last` at the end."""
    begins = [_month_before(last, back) for back in range(count - 1, -1, -1)]
    by_month: dict[tuple[int, int], list[Move]] = {}
    for move in moves:
        by_month.setdefault((move.on.year, move.on.month), []).append(move)
    return [Month(day, tally(by_month.get((day.year, day.month), []))) for day in begins]


def by_committee(moves: Iterable[Move]) -> dict[str, list[Move]]:
    """Moves by the path of the committee where they happened."""
    found: dict[str, list[Move]] = {}
    for move in moves:
        found.setdefault(committee_of(move.path), []).append(move)
    return found


def paces(moves: Iterable[Move], first: date, last: date) -> list[Pace]:
    """How long each step took those that left it in a period, and how many were in it at its end.

    A step begins with the move into it and ends with the move out of it; what was set aside on the way is not timed.
    """
    days: dict[str, list[int]] = {step: [] for step in TIMED}
    entered: dict[int, tuple[str, date]] = {}
    for move in moves:
        if move.on > last:
            continue
        step, since = entered.get(move.dossier, ("", move.on))
        now = "" if move.state == "running" else STEPS[move.state]
        if now == step:
            continue
        if step and move.name != "set_aside" and move.on >= first:
            days[step].append((move.on - since).days)
        entered[move.dossier] = (now, move.on)
    inside = Counter(step for step, _since in entered.values())
    return [Pace(step, len(days[step]), median(days[step]) if days[step] else None, inside[step]) for step in TIMED]


def successes(ballots: Iterable[Ballot]) -> Mapping[str, Success]:
    """How votes came out: the first of a stairwell, and those held again."""
    closed, passed = Counter[str](), Counter[str]()
    for ballot in ballots:
        turn = "first" if ballot.turn == 1 else "again"
        closed[turn] += 1
        passed[turn] += ballot.passed
    return {turn: Success(closed[turn], passed[turn]) for turn in ("first", "again")}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a stairwell's lift costs, as a scheme was adopted or the final cost settled, and what is subsidised."""

    path: str
    on: date
    total_fen: int
    subsidy_fen: int


@dataclass(frozen=True, slots=True)
class Money:
    """Money of some stairwells together."""

    stairwells: int = 0
    total_fen: int = 0
    subsidy_fen: int = 0

    @property
    def residents_fen(self) -> int:
        """What the households bear."""
        return self.total_fen - self.subsidy_fen


def money(costs: Iterable[Cost], first: date, last: date) -> Money:
    """Money agreed on in a period: of each stairwell what was adopted or settled last."""
    latest = {cost.path: cost for cost in costs if first <= cost.on <= last}
    rows = latest.values()
    return Money(len(rows), sum(row.total_fen for row in rows), sum(row.subsidy_fen for row in rows))


def last_of_month(begins: date) -> date:
    """The last day of a month."""
    return _month_before(begins, -1) - timedelta(days=1)


def _month_before(day: date, back: int) -> date:
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
