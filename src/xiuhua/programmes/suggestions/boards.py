"""The boards put together for a reader: bars, weeks and stars, each with the list that it counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.standards import Standards
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import indicators, words
from xiuhua.programmes.suggestions.indicators import Facts, Rate, Week
from xiuhua.programmes.suggestions.models import Source
from xiuhua.programmes.suggestions.topics.seen import Seen, Viewer

WEEKS = 26
MOST_BARS = 12
HIGH, LOW, WIDE, LEFT = 150, 26, 26, 34
"""Of the chart of weeks, in units: height of its columns, room below, width of a week, room for the scale."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart of bars: how many, or which share, and where the list of them is."""

    title: str
    figure: str
    share: float
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A week as drawn: two columns and a dot."""

    x: int
    week: Week
    label: str
    received_y: float
    received_h: float
    answered_y: float
    answered_h: float
    share_y: float | None
    url: str
    title: str


class Board:
    """Everything on the boards of one reader."""

    def __init__(self, actor: Actor) -> None:
        self.day = today()
        monday = self.day - timedelta(days=self.day.weekday())
        self.since = monday - timedelta(weeks=WEEKS - 1)
        self.committees: Mapping[str, str] = committee_names(actor)
        self.book: Standards = words.book()
        self.facts: list[Facts] = indicators.facts_of(actor, self.since)
        self.topics: list[Seen] = Viewer(actor).first()

    @property
    def recent(self) -> list[Facts]:
        """What came since the first week that is drawn."""
        return [one for one in self.facts if one.received_on >= self.since]

    def weeks(self) -> dict[str, Any]:
        """Weeks as columns, with the scale at their side."""
        told = indicators.weeks(self.facts, self.day, WEEKS)
        top = _round_up(max([1, *(max(one.received, one.answered) for one in told)]))
        columns = [self._column(number, one, top) for number, one in enumerate(told)]
        line = " ".join(f"{one.x + WIDE / 2:g},{one.share_y:g}" for one in columns if one.share_y is not None)
        scale = [(round(HIGH - HIGH * part), round(top * part)) for part in (0, 0.5, 1)]
        return {
            "columns": columns,
            "line": line,
            "scale": scale,
            "width": LEFT + WIDE * WEEKS + 4,
            "height": HIGH + LOW,
            "base": HIGH,
            "left": LEFT,
            "received": sum(one.received for one in told),
            "answered": sum(one.answered for one in told),
            "share": _percent(sum(one.on_time for one in told), sum(one.answered for one in told)),
        }

    def overdue(self) -> list[Bar]:
        """What is overdue, by whose hand it is in."""
        found = indicators.overdue_by_unit(self.facts, self.day)
        return _bars(
            found,
            lambda key: words.unit(*_unit(key), self.committees, self.book) or _("还没有分派"),
            lambda key: _all(stand="overdue", **_unit_filter(key)),
        )

    def categories(self) -> list[Bar]:
        """What people speak of."""
        found = indicators.counted(self.recent, lambda one: one.category)
        return _bars(
            found, self.book.suggestions.category_name, lambda key: _all(category=key, submitted_from=self.since)
        )

    def stars(self) -> dict[str, Any]:
        """How satisfied people are."""
        told, mean = indicators.satisfaction(self.facts)
        given = sum(told.values())
        bars = [
            Bar(_("%(n)s 星") % {"n": n}, str(times), times / given if given else 0, _all(rating=n))
            for n, times in told.items()
        ]
        return {"bars": bars, "mean": f"{mean:.1f}" if mean is not None else "", "given": given}

    def adoption(self) -> list[tuple[str, list[Bar]]]:
        """Adoption rate by how things came, by what they are about, by committee."""
        names = dict(Source.choices)
        whole = _("全街道")
        parts: list[tuple[str, Callable[[Facts], str], Callable[[str], str], str]] = [
            (_("按来源"), lambda one: one.source, lambda key: str(names.get(key, key)), "source"),
            (_("按类别"), lambda one: one.category, self.book.suggestions.category_name, "category"),
            (
                _("按居委会"),
                lambda one: committee_of(one.path),
                lambda key: self.committees.get(key, whole),
                "committee",
            ),
        ]
        return [(title, self._rates(by, named, key)) for title, by, named, key in parts]

    def adopted(self) -> str:
        """Adoption rate of all."""
        rates = indicators.adoption(self.recent, lambda _one: "")
        return _percent(rates[0].adopted, rates[0].taken) if rates else "—"

    def _rates(self, by: Callable[[Facts], str], named: Callable[[str], str], key: str) -> list[Bar]:
        rates = indicators.adoption(self.recent, by)
        return [self._rate(one, named, key) for one in rates[:MOST_BARS]]

    def _rate(self, rate: Rate, named: Callable[[str], str], key: str) -> Bar:
        note = _("%(adopted)s/%(taken)s 件") % {"adopted": rate.adopted, "taken": rate.taken}
        asked = {key: rate.key} if key != "committee" or len(rate.key) == 12 else {}
        url = _all(stand="taken", submitted_from=self.since, **asked)
        return Bar(named(rate.key), _percent(rate.adopted, rate.taken), rate.share, url, note)

    def _column(self, number: int, week: Week, top: int) -> Column:
        received, answered = HIGH * week.received / top, HIGH * week.answered / top
        told = {"day": words.on_day(week.begins), "received": week.received, "answered": week.answered}
        title = _("%(day)s 起的一周：收到 %(received)s 件，答复 %(answered)s 件") % told
        if week.share is not None:
            title += _("，按时 %(share)s") % {"share": _percent(week.on_time, week.answered)}
        return Column(
            x=LEFT + WIDE * number,
            week=week,
            label=f"{week.begins.month}/{week.begins.day}" if number % 4 == 1 else "",
            received_y=HIGH - received,
            received_h=received,
            answered_y=HIGH - answered,
            answered_h=answered,
            share_y=None if week.share is None else round(HIGH - HIGH * week.share, 1),
            url=_all(submitted_from=week.begins, submitted_to=week.ends),
            title=title,
        )


def _bars(found: Sequence[tuple[str, int]], named: Callable[[str], str], leads: Callable[[str], str]) -> list[Bar]:
    most = max((count for _key, count in found), default=1)
    return [Bar(named(key), str(count), count / most, leads(key)) for key, count in found[:MOST_BARS]]


def _unit(key: str) -> tuple[str, str]:
    return ("", key) if key.isdecimal() else (key, "")


def _unit_filter(key: str) -> dict[str, str]:
    if not key:
        return {}
    return {"unit": key} if key.isdecimal() else {"section": key}


def _all(**asked: str | int | date) -> str:
    return f"{reverse('suggestions:all')}?{urlencode({key: str(value) for key, value in asked.items()})}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "—"


def _round_up(value: int) -> int:
    """The next round number above, for a scale."""
    for step in (2, 4, 10, 20, 40, 100, 200, 400, 1000):
        if value <= step:
            return step
    return -(-value // 1000) * 1000
