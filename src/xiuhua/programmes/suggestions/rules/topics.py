"""What many speak of: whether it is more than usual, and which topic a group found tonight was before (热点话题)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xiuhua.ground.standards.suggestions import SuggestionStandard
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

DAYS = 7
USUAL_WEEKS = 4
YOUNG_DAYS = 2
"""So long a week says too little, and the one before it still stands."""
LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Trend:
    """How much a topic was spoken of in a week, against what is usual.

    Parameters
    ----------
    factor : float or None
        How many times the usual it was; None where it was not spoken of in the weeks before.
    """

    count: int
    usual: float
    factor: float | None
    is_rising: bool

    @property
    def is_new(self) -> bool:
        """Whether nobody spoke of it in the weeks before."""
        return self.factor is None and self.count > 0


def week_of(day: date) -> str:
    """The ISO week of a day: ``2023-W31``."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def weeks_until(day: date, count: int) -> list[date]:
    """Mondays of the last `count` weeks, the one of `day` at the end."""
    monday = day - timedelta(days=day.weekday())
    return [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]


def trend(weeks: Mapping[str, int], day: date, figures: SuggestionStandard) -> Trend:
    """Whether a topic is rising (升温): this week against the mean of the four before, at least so many in the week.

    The week is not over: what is usual is taken for as many days as have gone. On its first two days it says too
    little, and a topic that rose in the week before still counts as rising.
    """
    now = _trend(weeks, day, day.weekday() + 1, figures)
    if now.is_rising or day.weekday() >= YOUNG_DAYS:
        return now
    before = _trend(weeks, day - timedelta(days=day.weekday() + 1), DAYS, figures)
    return before if before.is_rising else now


def _trend(weeks: Mapping[str, int], day: date, days: int, figures: SuggestionStandard) -> Trend:
    count = weeks.get(week_of(day), 0)
    usual = sum(weeks.get(week_of(day - timedelta(weeks=back)), 0) for back in range(1, USUAL_WEEKS + 1))
    expected = usual / USUAL_WEEKS * days / DAYS
    factor = count / expected if expected else None
    enough = count >= figures.topics.least.number
    return Trend(
        count, usual / USUAL_WEEKS, factor, enough and (factor is None or factor >= figures.intake.rising.number)
    )


def carried_over(groups: Sequence[Collection[int]], before: Mapping[int, int]) -> list[int | None]:
    """Which topic each group was before: the one with which it shares most members; None for a new one.

    A topic goes to one group only. It goes to none that holds less than half of the group and less than half of the
    topic: what is left of another matter does not take its name.

    Parameters
    ----------
    groups : sequence of collections
        Members of each group.
    before : mapping
        Topic of each member that had one.
    """
    sizes: dict[int, int] = {}
    for topic in before.values():
        sizes[topic] = sizes.get(topic, 0) + 1
    found = sorted(_overlaps(groups, before), key=lambda one: (-one[0], one[1], min(groups[one[2]])))
    numbers: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for shared, topic, place in found:
        is_most = 2 * shared >= len(groups[place]) or 2 * shared >= sizes[topic]
        if is_most and numbers[place] is None and topic not in taken:
            numbers[place] = topic
            taken.add(topic)
    return numbers


def _overlaps(groups: Sequence[Collection[int]], before: Mapping[int, int]) -> Iterable[tuple[int, int, int]]:
    """(how many are shared, topic, place of the group) of each two that share members."""
    for place, members in enumerate(groups):
        shared: dict[int, int] = {}
        for member in members:
            if member in before:
                shared[before[member]] = shared.get(before[member], 0) + 1
        yield from ((count, topic, place) for topic, count in shared.items())


def name_can_stand(name: str, masked: str) -> Verdict[bool]:
    """Whether people may call a topic so: residents read it too, so nobody's name or number may stand in it."""
    if not name or len(name) > LONGEST_NAME:
        mend = _("写居民一看就懂的，最多 %(most)s 个字") % {"most": LONGEST_NAME}
        return Verdict(False, Reason(_("名称还没有写好"), field="name", mend=mend))
    if name != masked:
        mend = _("居民也看得到这个名称，请去掉姓名、电话和门牌号")
        return Verdict(False, Reason(_("名称里有个人信息"), field="name", mend=mend))
    return Verdict(True)
