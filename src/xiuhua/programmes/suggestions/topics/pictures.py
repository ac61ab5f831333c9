"""Small charts of topics (走势): a column a week, drawn on the server, every size an attribute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import words
from xiuhua.programmes.suggestions.rules.topics import week_of

WIDE, GAP, HIGH = 5, 2, 28


@dataclass(frozen=True, slots=True)
class Week:
    """A column of the large chart, in units of it."""

    x: int
    y: float
    high: float
    count: int
    label: str
    title: str
    begins: date
    is_now: bool


def spark(weeks: Mapping[str, int], mondays: Sequence[date]) -> SafeString:
    """A topic's weeks in the height of a line; the last column is the week that is not over."""
    counts = [weeks.get(week_of(monday), 0) for monday in mondays]
    top = max([2, *counts])
    told = {"weeks": len(counts), "count": sum(counts), "now": counts[-1]}
    said = _("近 %(weeks)s 周 %(count)s 件，本周 %(now)s 件") % told
    columns = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        [_column(place, count, top, is_now=place == len(counts) - 1) for place, count in enumerate(counts)],
    )
    wide = len(counts) * (WIDE + GAP) - GAP
    return format_html(
        '<svg class="c-spark" viewBox="0 0 {} {}" width="{}" height="{}" preserveAspectRatio="none"'
        ' role="img" aria-label="{}">{}</svg>',
        *(wide, HIGH, wide, HIGH, said, columns),
    )


def _column(place: int, count: int, top: int, *, is_now: bool) -> tuple[str, int, str, int, str]:
    high = max(HIGH * count / top, 1.0)
    css = "c-none" if not count else "c-now" if is_now else "c-then"
    return css, place * (WIDE + GAP), f"{HIGH - high:.1f}", WIDE, f"{high:.1f}"


def chart(weeks: Mapping[str, int], mondays: Sequence[date], *, wide: int, high: int) -> list[Week]:
    """The same as a large chart: columns with their weeks."""
    counts = [weeks.get(week_of(monday), 0) for monday in mondays]
    top, drawn = max([4, *counts]), []
    for place, (monday, count) in enumerate(zip(mondays, counts, strict=True)):
        column = high * count / top
        drawn.append(
            Week(
                x=place * wide,
                y=round(high - column, 1),
                high=round(column, 1),
                count=count,
                label=f"{monday.month}/{monday.day}" if place % 4 == (len(counts) - 1) % 4 else "",
                title=_("%(day)s 起的一周：%(count)s 件") % {"day": words.on_day(monday), "count": count},
                begins=monday,
                is_now=place == len(counts) - 1,
            )
        )
    return drawn
