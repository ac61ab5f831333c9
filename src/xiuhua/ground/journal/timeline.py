"""The timeline (时间线) on the page of any thing: what was done to it, by whom, as far as the reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import models
from django.http import HttpRequest

from xiuhua.ground.journal import telling
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.lines import changes_in_words
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.journal.naming import actors_named
from xiuhua.ground.journal.queries import concerning, happened_for
from xiuhua.ground.journal.verbs import words_for
from xiuhua.ground.words import gettext as _

LATEST = 30
"""How many acts a page shows; the record holds them all."""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One act, in words."""

    moment: datetime
    who: str
    what: str
    detail: str
    refused: bool
    icon: str = ""
    url: str = ""

    @property
    def key(self) -> bool:
        """Nothing stands out of a timeline by itself."""
        return False


def timeline_of(thing: models.Model, reader: Actor, *, latest: int = LATEST) -> list[TimelineItem]:
    """What this reader may know was done to a thing, newest first: two queries, whatever there is.

    A thing that consists of others on record, as a person of roles, names them in ``parts_on_record``.
    """
    things = [(thing._meta.label_lower, str(thing.pk)), *getattr(thing, "parts_on_record", ())]
    rows = concerning(happened_for(reader), things).order_by("-id")[:latest]
    return in_words(list(rows), reader)


def timeline_on_page(thing: models.Model, request: HttpRequest) -> list[TimelineItem]:
    """What was done to the thing that an object page is about."""
    return timeline_of(thing, actor_of(request))


def in_words(entries: Sequence[Entry], reader: Actor) -> list[TimelineItem]:
    """Entries as a reader reads them."""
    who = actors_named({entry.actor for entry in entries} | {entry.behalf for entry in entries if entry.behalf}, reader)
    return [
        TimelineItem(
            moment=entry.at,
            who=_("%(part)s（代%(person)s）") % {"part": who[entry.actor], "person": who[entry.behalf]}
            if entry.behalf
            else who[entry.actor],
            what=words_for(entry.verb),
            detail=cast(str, entry.facts.get("told", "")) or changes_in_words(entry) or telling.line_of(entry),
            refused=entry.outcome == Outcome.REFUSED,
        )
        for entry in entries
    ]
