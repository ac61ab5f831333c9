"""What the demonstration's people are called and reached by: invented, and such that it can be nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import numpy as np
from numpy.random import Generator

from xiuhua.demo.plan.people import YEAR, People
from xiuhua.ground.sources.id_numbers import check_digit

TODAY = date(YEAR, 8, 3)
"""The day on which the published figures were counted."""
ROUND_AGES = (60, 80)
"""Whoever is counted among those of this age, by the year of birth, has had the birthday by `TODAY`."""
COUPLE_APART = 12
"""Years between the two of a couple, at most."""
GENERATION = 16
"""Years between parent and child, at least."""
OWN_LINE = 0.92
"""Share of the younger ones at home who bear the family's name: sons and daughters, not their husbands and wives."""
PEERS_OF_ONE_NAME = 0.5
"""Share of others of about the same age who bear it: brothers and sisters, not lodgers."""
PHONE_FROM, PHONE_SELDOM_FROM, PHONES_OF_THE_OLDEST = 11, 80, 0.7
_NUMBERS = 10**8
_STEP = 61_803_399
"""Shares no factor with `_NUMBERS`, so that telephone numbers do not repeat before there are as many."""


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one resident besides age and sex."""

    name: str
    born: date
    phone: str
    id_number: str


def name_people(people: People, words: dict[str, Any], rng: Generator) -> Iterator[Person]:
    """Draw a person for each row of the residents, in their order: household by household.

    A household has a family name; a wife keeps her own, and so does who has married in.

    Parameters
    ----------
    words : dict
        ``people_names.toml``.
    """
    names, papers = _Names(words, rng), _Papers(words, rng)
    rows = zip(people.household.tolist(), people.age.tolist(), people.male.tolist(), strict=True)
    for _household, members in groupby(rows, key=lambda row: row[0]):
        home = [(age, male) for _, age, male in members]
        for (age, male), family in zip(home, _families(home, names, rng), strict=True):
            born = papers.born(YEAR - age)
            yield Person(
                family + names.given(born.year, male=male), born, papers.phone(age), papers.id_number(born, male=male)
            )


def _families(home: list[tuple[int, bool]], names: _Names, rng: Generator) -> list[str]:
    """The family name of each at home: the oldest and who can be their wife or husband, then whose child one can be."""
    line, found = names.family(), [""] * len(home)
    head, *others = sorted(range(len(home)), key=lambda place: -home[place][0])
    oldest, head_is_man = home[head]
    spouse = next((k for k in others if home[k][1] != head_is_man and oldest - home[k][0] <= COUPLE_APART), None)
    found[head] = line if head_is_man or spouse is None else names.family()
    for place in others:
        age, male = home[place]
        if place == spouse:
            of_the_line = male
        elif oldest - age >= GENERATION:
            of_the_line = age < GENERATION or rng.random() < OWN_LINE
        else:
            of_the_line = rng.random() < PEERS_OF_ONE_NAME
        found[place] = line if of_the_line else names.family()
    return found


class _Names:
    """Draws family and given names."""

    def __init__(self, words: dict[str, Any], rng: Generator) -> None:
        groups = [(group["names"].split(), group["weight"]) for group in words["families"].values()]
        self._families: list[str] = [name for group, _ in groups for name in group]
        weights = np.array([weight for group, weight in groups for _ in group], float)
        self._until = np.cumsum(weights / weights.sum())
        self._ages = [(age["until"], age["men"].split(), age["women"].split()) for age in words["given"]]
        self._rng = rng

    def family(self) -> str:
        place = int(np.searchsorted(self._until, self._rng.random(), side="right"))
        return self._families[min(place, len(self._families) - 1)]

    def given(self, year: int, *, male: bool) -> str:
        men, women = next((men, women) for until, men, women in self._ages if year <= until)
        pool = men if male else women
        return str(pool[int(self._rng.random() * len(pool))])


class _Papers:
    """Draws days of birth, telephone and identity numbers, each number once."""

    def __init__(self, words: dict[str, Any], rng: Generator) -> None:
        self._begin, self._county = words["phones_begin"], words["county"]
        self._rng = rng
        self._next_phone = int(rng.integers(_NUMBERS))
        self._serials: dict[tuple[date, bool], int] = {}

    def born(self, year: int) -> date:
        """A day of that year, before `TODAY` for those who are a round age by then."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        if YEAR - year in (0, *ROUND_AGES):
            last = TODAY.replace(year=year)
        return first + timedelta(days=int(self._rng.random() * ((last - first).days + 1)))

    def phone(self, age: int) -> str:
        """A number of its own, but none for children and for some of the oldest."""
        if age < PHONE_FROM or (age >= PHONE_SELDOM_FROM and self._rng.random() > PHONES_OF_THE_OLDEST):
            return ""
        self._next_phone = (self._next_phone + _STEP) % _NUMBERS
        return f"{self._begin}{self._next_phone:08d}"

    def id_number(self, born: date, *, male: bool) -> str:
        """The next number of that day: odd serials for men, even ones for women."""
        serial = self._serials.get((born, male), 1 if male else 2)
        self._serials[born, male] = serial + 2
        body = f"{self._county}{born:%Y%m%d}{serial:03d}"
        return body + check_digit(body)
