"""Figures of the boards (看板): pure sums over facts of suggestions, which one query reads."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from xiuhua.ground.scope.grants import Seer
from xiuhua.programmes.suggestions.flow import IN_HAND, WAITING
from xiuhua.programmes.suggestions.models import Suggestion

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the boards count of a suggestion."""

    state: str
    nature: str
    source: str
    category: str
    path: str
    section: str
    unit_path: str
    received_on: date
    answered_on: date | None = None
    reply_due_on: date | None = None
    due_on: date | None = None
    is_taken: bool = False
    is_adopted: bool = False
    rating: int | None = None

    @property
    def on_time(self) -> bool:
        """Whether it was answered within its term."""
        return self.answered_on is not None and (self.reply_due_on is None or self.answered_on <= self.reply_due_on)

    def is_overdue(self, day: date) -> bool:
        """Whether a term of it is over and nobody has acted."""
        return self.state in (*WAITING, *IN_HAND) and self.due_on is not None and self.due_on < day


@dataclass(frozen=True, slots=True)
class Week:
    """A week: how many came, how many were answered, how many of these in time."""

    begins: date
    received: int
    answered: int
    on_time: int

    @property
    def ends(self) -> date:
        """Its last day."""
        return self.begins + timedelta(days=6)

    @property
    def share(self) -> float | None:
        """Share of answers in time; None where nothing was answered."""
        return self.on_time / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Rate:
    """Of those with one thing in common: how many were taken up, and how many of these adopted."""

    key: str
    taken: int
    adopted: int

    @property
    def share(self) -> float:
        """Share adopted."""
        return self.adopted / self.taken if self.taken else 0.0


def facts_of(seer: Seer, since: date) -> list[Facts]:
    """Facts of what came since a day, or is still owed (one query)."""
    fields = (
        "state", "nature", "source", "category", "path", "section", "unit_path",
        "submitted_at", "answered_at", "reply_due_on", "due_on", "accepted_at", "adopted_at", "rating",
    )  # fmt: skip
    begin = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    owed = Q(state__in=(*WAITING, *IN_HAND))
    rows = Suggestion.objects.visible_to(seer).filter(Q(submitted_at__gte=begin) | Q(answered_at__gte=begin) | owed)
    return [_facts(since, row) for row in rows.order_by().values_list(*fields)]


def _facts(since: date, row: tuple[Any, ...]) -> Facts:
    state, nature, source, category, path, section, unit, submitted, answered, *more = row
    reply_due, due, accepted, adopted, rating = more
    return Facts(
        *(state, nature, source, category, path, section, unit),
        received_on=_day(submitted) or since,
        answered_on=_day(answered),
        reply_due_on=reply_due,
        due_on=due,
        is_taken=accepted is not None,
        is_adopted=adopted is not None,
        rating=rating,
    )


def weeks(facts: Iterable[Facts], last: date, count: int) -> list[Week]:
    """The last `count` weeks, Mondays to Sundays, the one of `last` at the end."""
    monday = last - timedelta(days=last.weekday())
    first = monday - WEEK * (count - 1)
    received, answered, on_time = Counter[int](), Counter[int](), Counter[int]()
    for one in facts:
        received[(one.received_on - first).days // 7] += 1
        if one.answered_on is not None:
            answered[(one.answered_on - first).days // 7] += 1
            on_time[(one.answered_on - first).days // 7] += one.on_time
    return [Week(first + WEEK * n, received[n], answered[n], on_time[n]) for n in range(count)]


def counted(facts: Iterable[Facts], by: Callable[[Facts], str]) -> list[tuple[str, int]]:
    """How many have each thing in common, most first."""
    return sorted(Counter(by(one) for one in facts).items(), key=lambda pair: (-pair[1], pair[0]))


def adoption(facts: Iterable[Facts], by: Callable[[Facts], str]) -> list[Rate]:
    """Adoption rate (采纳率): of suggestions that were taken up and not merged, those adopted; most taken up first."""
    taken, adopted = Counter[str](), Counter[str]()
    for one in facts:
        if one.nature == "suggestion" and one.is_taken and one.state != "merged":
            taken[by(one)] += 1
            adopted[by(one)] += one.is_adopted
    return sorted((Rate(key, count, adopted[key]) for key, count in taken.items()), key=lambda r: (-r.taken, r.key))


def satisfaction(facts: Iterable[Facts]) -> tuple[dict[int, int], float | None]:
    """How many gave so many stars, and their mean; None where nobody has."""
    stars = Counter(one.rating for one in facts if one.rating)
    told = {n: stars[n] for n in range(5, 0, -1)}
    given = sum(told.values())
    return told, sum(n * times for n, times in told.items()) / given if given else None


def overdue_by_unit(facts: Sequence[Facts], day: date) -> list[tuple[str, int]]:
    """How many are overdue in each hand: key of a section, path of a committee, empty for nobody's."""
    return counted((one for one in facts if one.is_overdue(day)), lambda one: one.section or one.unit_path)


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
