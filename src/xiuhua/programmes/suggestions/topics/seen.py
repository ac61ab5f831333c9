"""Topics as one reader sees them: counted where that person looks, with picture, chips and links."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards import Standards
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import words
from xiuhua.programmes.suggestions.models import Topic, TopicPart
from xiuhua.programmes.suggestions.rules.topics import week_of, weeks_until
from xiuhua.programmes.suggestions.topics import pictures

SHOWN_PLACES = 3
A_FEW = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a topic is spoken of, and how often."""

    path: str
    name: str
    count: int


@dataclass
class Seen:
    """A topic as one reader sees it."""

    topic: Topic
    parts: Sequence[TopicPart]
    committees: Mapping[str, str]
    book: Standards
    mondays: Sequence[date]

    @cached_property
    def weeks(self) -> dict[str, int]:
        """How many came each week, where this reader looks."""
        told: dict[str, int] = {}
        for part in self.parts:
            for week, count in part.weeks.items():
                told[week] = told.get(week, 0) + count
        return told

    @property
    def count(self) -> int:
        """How many there are, where this reader looks."""
        return sum(part.count for part in self.parts)

    @property
    def now(self) -> int:
        """How many came this week."""
        return self.weeks.get(week_of(self.mondays[-1]), 0)

    @property
    def spark(self) -> SafeString:
        """Its weeks as a small chart."""
        return pictures.spark(self.weeks, self.mondays)

    @property
    def rising(self) -> str:
        """Whether it is rising, in words; empty where it is not."""
        if not self.topic.is_rising:
            return ""
        if self.topic.factor is None:
            return _("新话题，升温")
        return _("升温，平时的 %(times)s 倍") % {"times": f"{self.topic.factor:.1f}".removesuffix(".0")}

    @property
    def category(self) -> str:
        """What it is about."""
        return self.book.suggestions.category_name(self.topic.category)

    @property
    def tone(self) -> str:
        """Colour of its category."""
        return words.category_tone(self.topic, self.book)

    @property
    def places(self) -> list[Place]:
        """Committees that it is about, most first."""
        return [Place(one.path, self.committees.get(one.path, _("全街道")), one.count) for one in self.parts]

    @property
    def where(self) -> str:
        """The first of them in words."""
        told = [f"{one.name} {one.count}" for one in self.places[:SHOWN_PLACES]]
        more = len(self.parts) - SHOWN_PLACES
        return _("、").join([*told, *([_("另 %(count)s 个居委会") % {"count": more}] if more > 0 else [])])

    @property
    def url(self) -> str:
        """Address of its page."""
        return self.topic.get_absolute_url()

    @property
    def list_url(self) -> str:
        """The list of its suggestions."""
        return list_of(self.topic.pk)

    @property
    def map_url(self) -> str:
        """Its suggestions on the map."""
        return f"{reverse('suggestions:map')}?{urlencode({'topic': self.topic.pk})}"


class Viewer:
    """How one reader looks at topics."""

    def __init__(self, actor: Actor, subdistrict: str = "") -> None:
        self.actor = actor
        self.book = words.book(subdistrict)
        self.committees = committee_names(actor)
        self.mondays = weeks_until(today(), int(self.book.suggestions.topics.weeks.number))

    def rows(self) -> Any:
        """Topics that are spoken of where this person looks, with how many as `seen`; rising and large ones first."""
        rows = Topic.objects.visible_to(self.actor).current().counted_for(self.actor)
        return rows.filter(seen__gt=0).order_by("-is_rising", "-seen", "-last_at", "pk")

    def see(self, topics: Iterable[Topic]) -> list[Seen]:
        """Topics with what of each this person sees (one query)."""
        rows = list(topics)
        parts: dict[int, list[TopicPart]] = {}
        for part in TopicPart.objects.visible_to(self.actor).filter(topic__in=[row.pk for row in rows]):
            parts.setdefault(part.topic_id, []).append(part)
        return [Seen(row, parts.get(row.pk, ()), self.committees, self.book, self.mondays) for row in rows]

    def first(self, few: int = A_FEW) -> list[Seen]:
        """The ones that a board shows: rising ones, then those most spoken of (two queries)."""
        return self.see(self.rows()[:few])


def list_of(topic: int, **asked: object) -> str:
    """The list of a topic's suggestions."""
    return f"{reverse('suggestions:all')}?{urlencode({'topic': topic, **asked})}"
