"""Who says what in the demonstration's year, when and where: drawn from what was written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from xiuhua.demo.calendar import ZONE
from xiuhua.demo.projects import PROPOSED_BEFORE, read_projects
from xiuhua.demo.suggestions.places import Places, Whereabouts
from xiuhua.demo.suggestions.voices import Row, Voices, table
from xiuhua.ground.standards.workdays import after_working_days, is_working_day
from xiuhua.programmes.suggestions.models import Source

AT_FULL_SCALE, AT_LEAST = 620, 40
FILES = ("slow", "elderly", "children", "green", "housing", "order", "city", "roads")
SHARES = {"a": 0.63, "p": 0.16, "d": 0.055, "s": 0.085, "c": 0.07}
"""What becomes of what is said: answered, adopted into a project, declined, passed on as a repair or as a claim."""

TOLD_FULLY = 0.3
"""From this scale on every matter that is hot, and everything that waits, is told."""
FEW_OF_EACH = 3
"""How many of each below it."""

SPOT_KINDS = {"stop": 5, "f=park": 3, "f=metro": 2, "river": 2, "park": 1}
"""Kinds of places at which codes are put up, and how many."""
_BRIDGED = {"bridge": "river"}

_STAFF = (Source.TELEPHONE, Source.PAPER, Source.VISIT, Source.HOTLINE)
_WAYS = {
    "old": {"phone": 34, "telephone": 27, "paper": 10, "visit": 15, "hotline": 14},
    "any": {"phone": 52, "telephone": 17, "paper": 5, "visit": 6, "hotline": 20},
    "service": {"phone": 32, "telephone": 33, "hotline": 35},
    "claim": {"phone": 14, "telephone": 18, "paper": 10, "visit": 28, "hotline": 30},
    "young": {"phone": 80, "telephone": 6, "hotline": 14},
}
_REACHABLE = {"phone": 0.66, "place": 0.5, "telephone": 0.92, "paper": 0.4, "visit": 0.75, "hotline": 0.95}
_ENTERED = ("市民来电反映：", "来电人反映：", "市民反映：", "【12345】")
_WISHED = ("", "", "诉求：请相关部门处理并回复。", "希望给个答复。", "要求短信告知结果。")


@dataclass(slots=True)
class Case:
    """Somebody says something at a moment; and what is meant to become of it."""

    row: Row
    at: datetime
    words: str
    core: str
    here: Whereabouts
    source: Source
    name: str = ""
    phone: str = ""
    wants_reply: bool = False
    pointed: bool = False
    named: bool = False
    photo: str = ""
    stage: str = ""
    spot: int | None = None
    into: Case | None = None
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when the year goes, and how much of it is told."""

    opened: datetime
    until: datetime
    scale: float

    @property
    def tells_fully(self) -> bool:
        """Whether everything that waits is told."""
        return self.scale >= TOLD_FULLY


class Plan:
    """Draws the cases: those that wait, those about what is hot, and the year's others."""

    def __init__(self, places: Places, voices: Voices, times: Times, rng: Random) -> None:
        self._places, self._voices, self._times, self._rng = places, voices, times, rng
        self._projects = {row["name"]: row for row in read_projects()}
        self.spots = [(kind, place) for kind, count in SPOT_KINDS.items() for place in places.some(kind, count)]

    def cases(self) -> list[Case]:
        """All of them, in the order in which they are said."""
        fixed = [*self._waiting(), *self._hot()]
        count = max(AT_LEAST, round(AT_FULL_SCALE * self._times.scale)) - len(fixed)
        cases = sorted([*fixed, *self._others(count)], key=lambda case: case.at)
        self._give_accounts(cases)
        return cases

    def project_of(self, row: Row) -> str:
        """The name of the project that a row is adopted into."""
        return next((name for name in self._projects if name.startswith(row.fate.removeprefix("p="))), "")

    def _waiting(self) -> Iterator[Case]:
        rows, seen = table("waiting"), dict[str, int]()
        for told in rows:
            stage = told["stage"]
            seen[stage] = seen.get(stage, 0) + 1
            if not self._times.tells_fully and seen[stage] > (5 if stage == "received" else 1):
                continue
            row = Row(told["sort"], told["where"], told["who"], "", "self_governance", "a", told["photo"],
                      told["words"], told["answer"])  # fmt: skip
            day = date.fromisoformat(f"2023-{told['day']}")
            at = datetime.combine(day, time.fromisoformat(told["hour"]), ZONE)
            case = self._case(row, at, Source(told["source"]), plain=True)
            case.stage, case.wants_reply = stage, True
            case.phone = case.phone or self._voices.phone()
            yield case

    def _hot(self) -> Iterator[Case]:
        rows, answers = table("hot"), table("hot_answers")
        for topic in dict.fromkeys(row["topic"] for row in rows):
            mine = [row for row in rows if row["topic"] == topic]
            replies = [row for row in answers if row["topic"] == topic]
            first: Case | None = None
            for number, told in enumerate(mine if self._times.tells_fully else mine[:FEW_OF_EACH]):
                reply = replies[number // 2 % len(replies)]
                row = Row(told["sort"], told["where"], told["who"], "", told["unit"], reply["fate"], told["photo"],
                          told["words"], reply["words"])  # fmt: skip
                case = self._case(row, self._moment(date.fromisoformat(f"2023-{told['day']}"), "phone"), None)
                case.into = first if number % 2 else None
                first = first or case
                yield case

    def _others(self, count: int) -> Iterator[Case]:
        strata: dict[str, list[Row]] = {key: [] for key in SHARES}
        for name in FILES:
            for told in table(name):
                row = Row(**told)
                strata[_stratum(row)].append(row)
        for key, rows in strata.items():
            self._rng.shuffle(rows)
            wanted = max(2, round(SHARES[key] * count)) if key != "a" else 0
            for number in range(wanted or count - sum(max(2, round(SHARES[one] * count)) for one in "pdsc")):
                yield self._other(rows[number % len(rows)], lately=number == 0)

    def _other(self, row: Row, *, lately: bool) -> Case:
        """One of the year's; of each sort one that was said not long ago, so that it is still being dealt with."""
        source = self._source(row)
        day = (self._times.until - timedelta(days=self._rng.randrange(14, 22))).date() if lately else self._day(row)
        return self._case(row, self._moment(day, source), source)

    def _case(self, row: Row, at: datetime, source: Source | None, *, plain: bool = False) -> Case:
        source = source or self._source(row)
        where = "walkup" if row.where == "quarter" and self._rng.random() < 0.8 else row.where
        here, spot = self._places.at(where, self._rng), None
        if source == Source.PLACE:
            spot = self._spot(row.where)
            if spot is None:
                source = Source.PHONE
            else:
                here = self.spots[spot][1]
        case = Case(row, at, "", "", here, source, spot=spot)
        self._let_speak(case, plain=plain)
        case.pointed = source == Source.PHONE and (plain or self._rng.random() < 0.62)
        case.named = plain or source in _STAFF or self._rng.random() < 0.5
        case.name = self._voices.name(row.who)
        if self._rng.random() < _REACHABLE[source.value] or row.nature == "claim":
            case.phone = self._voices.phone()
            case.wants_reply = self._rng.random() < 0.8
        if row.photo and source in (Source.PHONE, Source.PLACE) and (plain or self._rng.random() < 0.6):
            case.photo = row.photo
        return case

    def _let_speak(self, case: Case, *, plain: bool) -> None:
        row, here = case.row, case.here.name
        if plain:
            case.words = case.core = row.words.replace("{here}", here)
            return
        case.words, case.core = self._voices.said(row.words, row.who, here)
        if case.source == Source.HOTLINE:
            case.words = self._rng.choice(_ENTERED) + case.core + self._rng.choice(_WISHED)
        elif case.source == Source.PHONE and self._rng.random() < 0.09:
            case.words = case.words.replace("，", " ", 1).removesuffix("。")

    def _source(self, row: Row) -> Source:
        if _BRIDGED.get(row.where, row.where) in SPOT_KINDS and self._rng.random() < 0.5 and row.nature == "suggestion":
            return Source.PLACE
        ways = _WAYS.get(row.nature) or _WAYS.get(row.who) or _WAYS["any" if row.who in ("any", "wheel") else "young"]
        return Source(self._rng.choices(list(ways), list(ways.values()))[0])

    def _spot(self, where: str) -> int | None:
        kind = _BRIDGED.get(where, where)
        found = [number for number, (other, _place) in enumerate(self.spots) if other == kind]
        return self._rng.choice(found) if found else None

    def _day(self, row: Row) -> date:
        """A day of the year, more of them lately; in the months in which one says such a thing."""
        first, last = self._times.opened.date() + timedelta(days=4), self._times.until.date() - timedelta(days=4)
        if row.fate.startswith("p="):
            project = self._projects[self.project_of(row)]
            begins, ends = project["days"]
            first = max(first, begins - PROPOSED_BEFORE + timedelta(days=2))
            last = max(first, min(last, ends - timedelta(days=20)))
        months = _months(row.when)
        for _try in range(200):
            day = first + timedelta(days=int((last - first).days * self._rng.random() ** 0.7))
            if not months or day.month in months or row.fate.startswith("p="):
                break
        return day

    def _moment(self, day: date, source: str) -> datetime:
        """An hour at which one writes on the phone, or at which the office hears people."""
        if source in ("phone", "place"):
            hour = self._rng.choices(range(6, 23), [1, 3, 5, 5, 5, 4, 5, 4, 3, 3, 4, 5, 6, 8, 9, 7, 3])[0]
        else:
            day = day if is_working_day(day) else after_working_days(day, 1)
            hour = self._rng.choice((9, 9, 10, 10, 11, 13, 14, 14, 15, 16))
        return datetime.combine(day, time(hour, self._rng.randrange(60)), ZONE)

    def _give_accounts(self, cases: list[Case]) -> None:
        """Let two of them be people with an account, each with things in several states."""
        free = [case for case in cases if case.source == Source.PHONE and case.into is None]
        for account, shares in enumerate((("p", "a", "received", "c"), ("a", "d", "contacted", "p", "s"))):
            for wanted in shares:
                found = (case for case in free if wanted == (case.stage or _stratum(case.row)))
                if case := next((case for case in found if case.account is None), None):
                    case.account, case.wants_reply = account, True


def _stratum(row: Row) -> str:
    return {"service": "s", "claim": "c"}.get(row.nature) or row.fate[0]


def _months(text: str) -> set[int]:
    """Months from 7-8 or 11-2; none where it is said at any time."""
    if not text:
        return set()
    first, last = map(int, text.split("-"))
    return {month for month in range(1, 13) if (first <= month <= last) or (first > last and not last < month < first)}
