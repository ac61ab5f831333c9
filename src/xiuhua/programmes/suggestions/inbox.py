"""The inbox (收件箱): what is asked for in its address, which rows that leaves, and what comes before and after one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.standards import Standards
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext
from xiuhua.programmes.suggestions import queries, words
from xiuhua.programmes.suggestions.flow import IN_HAND, TOLD, WAITING
from xiuhua.programmes.suggestions.models import PublicState, Source, Suggestion

TABS: dict[str, str | Promise] = {
    "received": _("待受理"),
    "in_hand": _("办理中"),
    "told": _("待回访"),
    "to_check": _("拟公开"),
    "overdue": _("逾期"),
    "mine": _("我的"),
    "all": _("全部"),
}
ASIDE = ("overdue", "to_check", "mine")
"""Tabs that stand apart: they cut across the others."""
PAGE = 40
"""Rows that the list shows at first, and how many more at each asking."""
MOST = 400
"""Beyond that the list page is the better place."""
KEYS = ("tab", "source", "committee", "category", "q", "show")
LIGHT = ("words", "name", "phone", "token", "rating_words")
"""What lies sealed and no list reads."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list as it reads."""

    row: Suggestion
    url: str
    category: str
    tone: str
    place: str
    when: str
    due: str
    due_tone: str
    doubt: str
    unit: str
    is_new: bool
    is_current: bool


class Inbox:
    """The inbox as one reader asked for it.

    Parameters
    ----------
    asked : QueryDict
        Tab, filters and words of the address.
    at : int or None
        Which suggestion lies open; the first of the list where none is named.
    """

    def __init__(
        self, actor: Actor, asked: QueryDict, *, at: int | None = None, committees: Mapping[str, str], book: Standards
    ) -> None:
        self.actor, self.at, self.committees, self.book = actor, at, committees, book
        self.asked = {key: asked.get(key, "").strip()[:80] for key in KEYS}
        if self.asked["tab"] not in TABS:
            self.asked["tab"] = "received"

    @property
    def tab(self) -> str:
        """Which tab is open."""
        return self.asked["tab"]

    @cached_property
    def everything(self) -> QuerySet[Suggestion]:
        """All that this reader may see, whatever is asked."""
        return queries.listed(self.actor)

    @cached_property
    def found(self) -> QuerySet[Suggestion]:
        """What the tab and the filters leave, what is due first in front."""
        rows = self.everything.filter(tab_condition(self.tab, self.actor), self._narrowed())
        if self.tab in ("told", "all", "to_check"):
            return rows.order_by(F("answered_at").desc(nulls_last=True), "-pk") if self.tab == "told" else rows
        return rows.order_by(F("due_on").asc(nulls_last=True), "submitted_at", "pk")

    @cached_property
    def rows(self) -> list[Suggestion]:
        """Rows that the list shows (one query), one more than it shows where there are more."""
        return list(self.found.defer(*LIGHT)[: self.shown + 1])

    @cached_property
    def shown(self) -> int:
        """How many rows the list shows."""
        wanted = self.asked["show"]
        return min(int(wanted), MOST) if wanted.isdecimal() and int(wanted) > PAGE else PAGE

    @property
    def more_url(self) -> str:
        """Where further rows are asked for; empty where there are none."""
        if len(self.rows) <= self.shown:
            return ""
        if self.shown >= MOST:
            return reverse("suggestions:all")
        return self.url(show=str(self.shown + PAGE))

    @cached_property
    def current(self) -> int | None:
        """Which suggestion lies open."""
        if self.at is not None:
            return self.at
        return self.rows[0].pk if self.rows else None

    @cached_property
    def lines(self) -> list[Line]:
        """Rows as they read."""
        return [self._line(row) for row in self.rows[: self.shown]]

    def neighbours(self) -> tuple[int | None, int | None]:
        """What comes before and after the one that lies open; of one that is not in the list, nothing and the first."""
        numbers = [row.pk for row in self.rows[: self.shown]]
        if self.current not in numbers:
            return None, numbers[0] if numbers else None
        place = numbers.index(self.current)
        before = numbers[place - 1] if place else None
        return before, numbers[place + 1] if place + 1 < len(numbers) else None

    def holds(self, pk: int) -> bool:
        """Whether a suggestion is still among what was found, after something was done with it."""
        return self.found.filter(pk=pk).exists()

    def counts(self) -> list[tuple[str, str, int, bool]]:
        """(key, title, how many, whether it is open) of each tab: one query."""
        wanted = {key: Count("pk", filter=tab_condition(key, self.actor)) for key in TABS if key != "all"}
        # sums over one visible set; its joins are of no use to a count
        found: dict[str, int] = (
            Suggestion.objects.visible_to(self.actor).order_by().aggregate(**wanted, all=Count("pk"))
        )
        return [(key, str(title), found[key], key == self.tab) for key, title in TABS.items()]

    def tabs(self) -> dict[str, list[tuple[str, str, int, bool]]]:
        """Tabs by where they stand: how far things are, and across that."""
        counts = self.counts()
        return {
            "main": [one for one in counts if one[0] not in ASIDE],
            "aside": [one for one in counts if one[0] in ASIDE],
        }

    def query(self, **changes: Any) -> str:
        """The address's query with some of it changed; what is empty is left out."""
        asked = {**self.asked, **changes}
        return urlencode({key: value for key, value in asked.items() if value not in ("", None)})

    def url(self, **changes: Any) -> str:
        """The address of the inbox, asked otherwise."""
        return f"{reverse('suggestions:inbox')}?{self.query(**changes)}"

    def choices(self) -> list[tuple[str, str, Sequence[tuple[str, Any]], str]]:
        """(name, words for no choice, options, what is chosen) of each filter."""
        count = len(self.committees)
        of = gettext("%(count)s 个居委会") % {"count": count} if count > 1 else gettext("居委会不限")
        return [
            ("source", gettext("来源不限"), [(one.value, one.label) for one in Source], self.asked["source"]),
            ("committee", of, list(self.committees.items()), self.asked["committee"]),
            (
                "category",
                gettext("类别不限"),
                [(key, one.name) for key, one in self.book.suggestions.categories.items()],
                self.asked["category"],
            ),
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter or words leave rows out."""
        return any(self.asked[key] for key in ("source", "committee", "category", "q"))

    def _narrowed(self) -> Q:
        asked, wanted = self.asked, Q()
        if asked["source"]:
            wanted &= Q(source=asked["source"])
        if asked["category"]:
            wanted &= Q(category=asked["category"])
        if asked["committee"]:
            wanted &= Q(path__startswith=asked["committee"]) | Q(unit_path__startswith=asked["committee"])
        for word in asked["q"].split():
            wanted &= (
                Q(title__icontains=word)
                | Q(masked_words__icontains=word)
                | Q(place__icontains=word)
                | Q(number__icontains=word)
            )
        return wanted

    def _line(self, row: Suggestion) -> Line:
        return Line(
            row=row,
            url=self.url(at=row.pk),
            category=self.book.suggestions.category_name(row.category),
            tone=words.category_tone(row, self.book),
            place=row.place or words.where(row, self.committees),
            when=words.when(row.submitted_at),
            due=words.due(row),
            due_tone=words.due_tone(row),
            doubt=doubt_about(row, self.book),
            unit="" if row.state in WAITING else _standing(row, self.committees, self.book),
            is_new=row.state in WAITING and row.sorted_at is None,
            is_current=row.pk == self.current,
        )


def tab_condition(tab: str, actor: Actor) -> Q:
    """Which suggestions stand under a tab."""
    owed = (*WAITING, *IN_HAND)
    conditions = {
        "received": Q(state__in=WAITING),
        "in_hand": Q(state__in=IN_HAND),
        "told": Q(state__in=TOLD),
        "to_check": Q(public_state=PublicState.DRAFTED),
        "overdue": Q(state__in=owed, due_on__lt=today()),
        "mine": _mine(actor) & Q(state__in=owed),
    }
    return conditions.get(tab, Q())


def doubt_about(row: Suggestion, book: Standards) -> str:
    """What one should look at twice: sorting that nobody has confirmed."""
    if row.sorted_at is not None or row.state not in WAITING:
        return ""
    if row.nature == "claim":
        return gettext("可能是个人诉求")
    if row.nature == "service":
        return gettext("可能是服务请求")
    return gettext("系统没有把握") if row.category_sure < book.suggestions.intake.sort_sure.number else ""


def _mine(actor: Actor) -> Q:
    """What somebody carries: named as theirs, or in the hand of the committee that they work for."""
    mine = Q(assignee=getattr(actor, "pk", None)) if getattr(actor, "pk", None) else Q(pk__in=[])
    committees = [grant.path[:12] for grant in actor.grants if grant.role in (Role.GRID_WORKER, Role.COMMITTEE_HEAD)]
    return mine | Q(unit_path__in=committees) if committees else mine


def _standing(row: Suggestion, committees: Mapping[str, str], book: Standards) -> str:
    """State and who has it, as a chip under a title."""
    return gettext(" · ").join(filter(None, [row.state_title, words.unit_of(row, committees, book)]))
