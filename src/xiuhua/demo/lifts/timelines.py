"""When each lift of the demonstration was consulted about, signed, built and handed over: days alone, no places.

How many were signed, started and completed by when are the published figures; the days between are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from xiuhua.ground.standards.workdays import is_working_day

LAST = date(2023, 8, 2)
"""The last day that is told."""

SIGNED = (
    (date(2020, 7, 6), date(2020, 12, 31), 12),
    (date(2021, 1, 4), date(2021, 12, 31), 48),
    (date(2022, 1, 4), date(2022, 3, 25), 24),
    (date(2022, 6, 20), date(2022, 12, 30), 79),
    (date(2023, 1, 3), date(2023, 6, 21), 38),
    (date(2023, 6, 23), date(2023, 6, 30), 3),
    (date(2023, 7, 3), LAST, 5),
)
"""From when to when how many agreements were signed."""

STARTED = (
    (date(2020, 9, 14), date(2020, 12, 31), 6),
    (date(2021, 1, 4), date(2021, 12, 31), 34),
    (date(2022, 1, 4), date(2022, 12, 30), 84),
    (date(2023, 2, 20), date(2023, 6, 30), 20),
    (date(2023, 7, 3), LAST, 4),
)

COMPLETED = (
    (date(2021, 2, 22), date(2021, 12, 31), 22),
    (date(2022, 1, 4), date(2022, 3, 25), 12),
    (date(2022, 6, 27), date(2022, 12, 30), 49),
    (date(2023, 1, 3), date(2023, 6, 30), 35),
    (date(2023, 7, 3), LAST, 6),
)

SHUT = ((date(2020, 1, 23), date(2020, 3, 15)), (date(2022, 3, 28), date(2022, 6, 5)))
"""When nobody went from door to door."""

TO_START, TO_COMPLETE, TO_FINISH = (45, 200), (95, 228), (75, 200)
TO_HAND_OVER, TO_DESIGN, TO_AGREE, TO_SIGN = (10, 40), (20, 100), (40, 120), (14, 60)
"""Days between two moves, at least and at most, when nobody went about not counted."""

CONSULTING, DESIGNING, AGREEING = 40, 33, 25
"""How many stairwells are still being talked about, by how far they are."""

ASIDE = 8
"""How many were begun and set aside."""

RECENT, STUCK = (2, 16), (23, 44)
"""Days since the last progress of those that go on, and of those that are stuck."""

STUCK_OF = {"consulting": 3, "designing": 3, "agreeing": 1, "signed": 3, "building": 2}
"""How many of each state are stuck: twelve in all."""

MOVES = ("begin", "design", "agree", "sign", "build", "finish", "hand_over")
STATES = ("waiting", "consulting", "designing", "agreeing", "signed", "building", "finishing", "running")
"""State before any move, and after each."""


@dataclass(slots=True)
class Timeline:
    """The days of one stairwell's moves, as far as it has come; `progressed` is when something last happened."""

    days: dict[str, date] = field(default_factory=dict)
    aside: date | None = None
    progressed: date | None = None
    stuck: bool = False

    @property
    def state(self) -> str:
        """Where it has come to."""
        return "waiting" if self.aside else STATES[len(self.days)]

    @property
    def history(self) -> list[tuple[str, date]]:
        """Its moves in order."""
        return [(move, self.days[move]) for move in MOVES if move in self.days]

    @property
    def stage(self) -> str:
        """Its colour on the map."""
        return _STAGE.get(self.state, self.state)


_STAGE = {"consulting": "consult", "designing": "consult", "agreeing": "consult", "finishing": "building"}


def all_timelines(rng: Random) -> list[Timeline]:
    """Those of a whole subdistrict: won ones by the day of signing, then those under way, then those set aside."""
    won = _won(rng)
    under_way = list(_under_way(rng))
    aside = list(_set_aside(rng))
    _let_some_be_stuck([*won, *under_way], rng)
    return [*won, *under_way, *aside]


def _won(rng: Random) -> list[Timeline]:
    """Signed ones, matched with what was started and completed so that the days between are believable."""
    signed = list(_days(SIGNED, rng))
    started = _follow(signed, list(_days(STARTED, rng)), TO_START)
    order = sorted(started, key=lambda place: started[place])
    completed = _follow([started[place] for place in order], list(_days(COMPLETED, rng)), TO_COMPLETE)
    done = {order[place]: day for place, day in completed.items()}
    found = []
    for place, sign in enumerate(signed):
        line = Timeline(_before_signing(sign, rng))
        if place in started:
            line.days["build"] = started[place]
        if place in done:
            line.days |= _finished(started[place], done[place], rng)
        found.append(line)
    _let_some_be_finished(found, rng)
    return found


def _before_signing(sign: date, rng: Random) -> dict[str, date]:
    hasty = sign.year == 2020
    agree = _earlier(sign, TO_SIGN, rng, hasty=hasty)
    design = _earlier(agree, TO_AGREE, rng, hasty=hasty)
    begin = _earlier(design, TO_DESIGN, rng, hasty=hasty)
    return {"begin": begin, "design": design, "agree": agree, "sign": sign}


def _finished(start: date, handed_over: date, rng: Random) -> dict[str, date]:
    """The day on which building ended: not too near to its beginning."""
    least, most = TO_FINISH
    whole = elapsed(start, handed_over)
    lag = max(TO_HAND_OVER[0], whole - most), min(TO_HAND_OVER[1], whole - least)
    return {"finish": _earlier(handed_over, lag, rng), "hand_over": handed_over}


def _let_some_be_finished(lines: Sequence[Timeline], rng: Random) -> None:
    """The three that have been built for longest are finished and wait for their registration."""
    building = sorted((one for one in lines if one.state == "building"), key=lambda one: one.days["build"])
    for line in building[:3]:
        line.days["finish"] = _back(LAST - timedelta(days=rng.randint(3, 14)))


def _under_way(rng: Random) -> Iterator[Timeline]:
    """Those still being talked about, none of them for longer than two or three of them usually take."""
    for state, count in (("agreeing", AGREEING), ("designing", DESIGNING), ("consulting", CONSULTING)):
        for place in range(count):
            at = LAST - timedelta(days=3 + round((place + rng.random()) * _SPAN[state] / count))
            days = {}
            if state == "agreeing":
                days["agree"] = at = _back(at)
                at = _earlier(at, TO_AGREE, rng)
            if state != "consulting":
                days["design"] = at = _back(at)
                at = _earlier(at, TO_DESIGN, rng)
            days["begin"] = _back(at)
            yield Timeline({move: days[move] for move in MOVES if move in days})


_SPAN = {"agreeing": 52, "designing": 96, "consulting": 84}
"""For how many days the oldest of a state has been in it."""


def _set_aside(rng: Random) -> Iterator[Timeline]:
    for place in range(ASIDE):
        begin = _work(date(2021, 4, 1) + timedelta(days=round((place + rng.random()) * 95)), 1)
        days = {"begin": begin}
        if place % 3 == 0:
            days["design"] = _later(begin, rng.randint(30, 70))
        yield Timeline(days, aside=_later(max(days.values()), rng.randint(40, 80)))


def _later(day: date, days: int) -> date:
    """The first working day by which so many days have gone by."""
    then = _work(day + timedelta(days=days), 1)
    while elapsed(day, then) < days:
        then = _work(then + timedelta(days=1), 1)
    return then


def _let_some_be_stuck(lines: Sequence[Timeline], rng: Random) -> None:
    """Say when each that is under way last progressed: most of them lately, a few not for weeks."""
    for state, wanted in STUCK_OF.items():
        rows = [one for one in lines if one.state == state]
        able = [one for one in rows if max(one.days.values()) <= LAST - timedelta(days=STUCK[0] + 1)]
        for line in rng.sample(able, wanted):
            line.stuck = True
            last = max(*line.days.values(), LAST - timedelta(days=rng.randint(*STUCK)))
            line.progressed = _back(last)
    for line in lines:
        if line.state not in ("waiting", "running") and not line.stuck:
            lately = _back(LAST - timedelta(days=rng.randint(*RECENT)))
            line.progressed = max(lately, *line.days.values())


def _follow(first: Sequence[date], then: Sequence[date], lag: tuple[int, int]) -> dict[int, date]:
    """Which of the first each of the others follows on: the one that has waited longest, within the lag.

    Raises
    ------
    ValueError
        The days leave one with nothing to follow on.
    """
    least, most = lag
    free, found = list(range(len(first))), {}
    for day in then:
        able = [place for place in free if least <= elapsed(first[place], day) <= most]
        if not able:
            message = f"nothing was there {least} to {most} days before {day}"
            raise ValueError(message)
        found[able[0]] = day
        free.remove(able[0])
    return found


def _days(periods: Sequence[tuple[date, date, int]], rng: Random) -> Iterator[date]:
    """So many working days of each period, spread over it."""
    for first, last, count in periods:
        days = _working_days(first, last)
        yield from sorted(days[int((place + rng.random()) * len(days) / count)] for place in range(count))


@cache
def _working_days(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [day for day in days if is_open(day)]


def is_open(day: date) -> bool:
    """Whether the office went about lifts on a day."""
    return is_working_day(day) and not any(first <= day <= last for first, last in SHUT)


def elapsed(first: date, then: date) -> int:
    """Days from one day to another on which things could go on."""
    shut = sum(max(0, (min(until, then) - max(since, first)).days) for since, until in SHUT)
    return (then - first).days - shut


_SHUT_DAYS = sum((until - since).days for since, until in SHUT)


def _work(day: date, step: int) -> date:
    """The day itself or the nearest working day after it (1) or before it (-1)."""
    while not is_open(day):
        day += timedelta(days=step)
    return day


def _back(day: date) -> date:
    return _work(day, -1)


def _earlier(day: date, lag: tuple[int, int], rng: Random, *, hasty: bool = False) -> date:
    """A working day before another, by a lag."""
    least, most = lag
    if hasty:
        most = least + (most - least) // 3
    meant = round(rng.triangular(least, most, least + (most - least) / 3))
    able = _working_days(day - timedelta(days=most + _SHUT_DAYS), day - timedelta(days=least))
    fits = [one for one in able if least <= elapsed(one, day) <= most]
    return min(fits, key=lambda one: abs(elapsed(one, day) - meant))
