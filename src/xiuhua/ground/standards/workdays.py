"""China's working days (工作日): public holidays, make-up working days (调休) and terms counted in either kind of day.

The day on which something is received does not count: a term of one working day that begins on a Monday ends on the
Tuesday. A term in calendar days ends on the day it ends on, holiday or not.
"""

import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from xiuhua.ground.standards.figures import Figure, Page

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class WorkdayStandard:
    """Everything that ``workdays.toml`` says.

    Parameters
    ----------
    closes_at : Figure
        When the office closes, as ``17:30``.
    first_year, last_year : Figure
        Years whose make-up working days are known.
    worked : dict
        Whether a day is worked, where the library has it otherwise or not yet.
    """

    closes_at: Figure
    first_year: Figure
    last_year: Figure
    worked: dict[date, Figure]


def read_workdays(page: Page) -> WorkdayStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    return WorkdayStandard(
        closes_at=page.figure("closes_at"),
        first_year=tables["arranged"].figure("first_year"),
        last_year=tables["arranged"].figure("last_year"),
        worked={date.fromisoformat(row.name): row.figure("worked") for row in tables["days"].pages()},
    )


def is_working_day(day: date) -> bool:
    """Say whether offices work on a day."""
    return day.toordinal() in _worked(day.year)


def is_certain(day: date) -> bool:
    """Say whether the make-up working days of a day's year are known, and not only what the law itself says."""
    book = _book()
    return book.first_year.number <= day.year <= book.last_year.number


def after_working_days(day: date, count: int) -> date:
    """The day on which a term of so many working days ends that begins on `day`, which does not count.

    Raises
    ------
    ValueError
        `count` is negative.
    """
    if count < 0:
        raise ValueError(f"a term of {count} working days ends before it begins")
    if count == 0:
        return day
    ordinal, year = day.toordinal(), day.year
    while True:
        worked = _working_days(year)
        first = bisect_right(worked, ordinal)
        if first + count <= len(worked):
            return date.fromordinal(worked[first + count - 1])
        count -= len(worked) - first
        year += 1


def after_calendar_days(day: date, count: int) -> date:
    """The day on which a term of so many calendar days ends that begins on `day`, which does not count."""
    if count < 0:
        raise ValueError(f"a term of {count} days ends before it begins")
    return day + timedelta(days=count)


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and with `last`; negative where `last` comes first."""
    if last < first:
        return -working_days_between(last, first)
    if first.year == last.year:
        worked = _working_days(first.year)
        return bisect_right(worked, last.toordinal()) - bisect_right(worked, first.toordinal())
    whole = sum(len(_working_days(year)) for year in range(first.year, last.year))
    before = bisect_right(_working_days(first.year), first.toordinal())
    return whole - before + bisect_right(_working_days(last.year), last.toordinal())


def closing_of(day: date) -> datetime:
    """The moment at which a term ends that ends on a day: when the office closes, in Shanghai."""
    return datetime.combine(day, time.fromisoformat(str(_book().closes_at.value)), SHANGHAI)


@cache
def _book() -> WorkdayStandard:
    text = Path(__file__).with_name("workdays.toml").read_text(encoding="utf-8")
    return read_workdays(Page("workdays", tomllib.loads(text), date.max, ()))


@cache
def _worked(year: int) -> frozenset[int]:
    return frozenset(_working_days(year))


@cache
def _working_days(year: int) -> tuple[int, ...]:
    """Ordinals of a year's working days, in order."""
    import holidays  # takes an eighth of a second, which most processes can do without

    known = holidays.country_holidays("CN", years=year)
    made_up = {day for day in known.weekend_workdays if day.year == year}
    own = {day: bool(figure.value) for day, figure in _book().worked.items()}
    first = date(year, 1, 1).toordinal()
    days = map(date.fromordinal, range(first, date(year, 12, 31).toordinal() + 1))
    return tuple(
        day.toordinal() for day in days if own.get(day, day in made_up or (day.weekday() < 5 and day not in known))
    )
