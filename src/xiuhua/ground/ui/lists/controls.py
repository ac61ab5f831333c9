"""The filters of a list: a choice, a span of days. Each keeps itself in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, Protocol

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from xiuhua.ground.ui.acts import Words

Options = Sequence[tuple[str, Words]]


class Control(Protocol):
    """A filter: what it is called, what it takes from the address, what it leaves of the rows."""

    @property
    def title(self) -> Words: ...

    @property
    def kind(self) -> str:
        """Name of its template in ``ui/components/controls/``."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Names in the address."""

    def narrow(self, rows: Any, asked: QueryDict) -> Any:
        """Rows that it leaves; all of them where nothing is asked."""

    def said(self, asked: QueryDict) -> str:
        """What is asked, in words; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values.

    Parameters
    ----------
    key : str
        Name in the address.
    title : str
        What is chosen: 居委会.
    options : pairs, or a callable that yields them
        (value, words); of a value that is not among them no row is found, and it is said.
    lookup : str
        Lookup by which a queryset is filtered, such as ``"household__committee"`` or ``"path__startswith"``.
    by : callable, optional
        (rows, value) -> rows, where a lookup does not do.
    kind : str
        ``select``, or ``segments`` for two to five choices, all in sight.
    blank : str
        What no choice is called; by default 全部 and the title.
    """

    key: str
    title: Words
    options: Options | Callable[[], Options]
    lookup: str = ""
    by: Callable[[Any, str], Any] | None = None
    kind: Literal["select", "segments"] = "select"
    blank: Words = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    @property
    def pairs(self) -> list[tuple[str, Words]]:
        """(value, words) of what can be chosen."""
        return [(str(value), words) for value, words in (self.options() if callable(self.options) else self.options)]

    @property
    def all_words(self) -> str:
        return str(self.blank) or _("全部%(what)s") % {"what": self.title}

    def chosen(self, asked: QueryDict) -> str:
        """Value that is asked for; empty for none."""
        value = asked.get(self.key, "")
        return value if value and any(value == one for one, _words in self.pairs) else ""

    def narrow(self, rows: Any, asked: QueryDict) -> Any:
        value = self.chosen(asked)
        if not value:
            return _none_of(rows) if asked.get(self.key) else rows
        return self.by(rows, value) if self.by else rows.filter(**{self.lookup: value})

    def said(self, asked: QueryDict) -> str:
        value = self.chosen(asked)
        if not value and asked.get(self.key):
            return _unknown(asked.get(self.key, ""))
        return next((str(words) for one, words in self.pairs if value and one == value), "")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from one to another, both included; `lookup` is a date, or a moment where `moments` is set."""

    key: str
    title: Words
    lookup: str
    moments: bool = True
    kind: Literal["period"] = "period"

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def days(self, asked: QueryDict) -> tuple[date | None, date | None]:
        """First and last day asked for; what is no date is none."""
        first, last = (_day(asked.get(key, "")) for key in self.keys)
        return first, last

    def unknown(self, asked: QueryDict) -> str:
        """What was asked for and is no date; empty where all is well."""
        given = (asked.get(key, "") for key in self.keys)
        return next((text for text in given if text and _day(text) is None), "")

    def narrow(self, rows: Any, asked: QueryDict) -> Any:
        first, last = self.days(asked)
        if self.unknown(asked):
            return rows.none()
        if first:
            rows = rows.filter(**{f"{self.lookup}__gte": self._start(first)})
        if last:
            rows = rows.filter(**{f"{self.lookup}__lt": self._start(last + timedelta(days=1))})
        return rows

    def said(self, asked: QueryDict) -> str:
        first, last = self.days(asked)
        if text := self.unknown(asked):
            return _unknown(text)
        if first and last:
            return _("%(first)s 至 %(last)s") % {"first": first, "last": last}
        if first:
            return _("%(first)s 起") % {"first": first}
        return _("到 %(last)s") % {"last": last} if last else ""

    def _start(self, day: date) -> date:
        return timezone.make_aware(datetime.combine(day, time.min)) if self.moments else day


def _unknown(text: str) -> str:
    return _("「%(text)s」看不懂") % {"text": text[:40]}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None


def _none_of(rows: Any) -> Any:
    """No rows of a queryset, or of a list that something computed."""
    return [] if isinstance(rows, list) else rows.none()
