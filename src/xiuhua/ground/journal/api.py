"""The record by the API: its list for those who oversee it, and the timeline of a thing for those who see the thing."""

from datetime import datetime
from typing import Annotated, Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import StringConstraints

from xiuhua.ground.api.asked import LARGEST_ID, Id, Moment, one_of, reader
from xiuhua.ground.api.paging import Page, Paging, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.journal import known
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.lines import Line, lines_of
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.journal.queries import concerning, record_for
from xiuhua.ground.journal.timeline import LATEST, timeline_of
from xiuhua.ground.scope.queryset import Scoped, get_visible_or_404
from xiuhua.ground.scope.roles import Sight

router = Router()
Label = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}\.[a-z]{1,40}$")]
"""A kind of thing: ``territory.household``."""
Thing = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}\.[a-z]{1,40}:[0-9A-Za-z]{1,40}$")]
"""A thing as the record names it: ``territory.household:17``."""
EntryOutcome = Annotated[Outcome, one_of(Outcome)]
Verb = Annotated[str, StringConstraints(pattern=r"^[a-z_.]{1,80}$")]


class Recorded(Schema):
    """An entry of the record; what is personal in it stays sealed."""

    id: int
    chain: str
    number: int
    at: datetime
    verb: str
    what: str
    actor: str
    who: str
    roles: str
    subject: str
    whose: str
    why: str
    outcome: EntryOutcome
    territory: str
    place: str
    facts: dict[str, Any]


class RecordFilters(Paging):
    """Which entries are asked for; `about` one thing and what concerns it."""

    since: Moment | None = None
    until: Moment | None = None
    verb: Verb | None = None
    outcome: EntryOutcome | None = None
    about: Thing | None = None


class Happened(Schema):
    """Something that was done to a thing."""

    moment: datetime
    who: str
    what: str
    detail: str
    refused: bool


@router.get("/record", response=Page[Recorded], summary=_("留痕"))
def list_record(request: HttpRequest, asked: Query[RecordFilters]) -> dict[str, Any]:
    """Entries of the places whose record one oversees, newest first."""
    overseer = reader(request, Sight.RECORD)
    return paged(_entries(overseer, asked), asked, lambda entries: _told(entries, overseer))


@router.get("/record/{entry_id}", response=Recorded, summary=_("一条留痕"))
def get_entry(request: HttpRequest, entry_id: Id) -> dict[str, Any]:
    """One entry."""
    overseer = reader(request, Sight.RECORD)
    return _told([get_visible_or_404(record_for(overseer), overseer, pk=entry_id)], overseer)[0]


@router.get("/timeline/{label}/{number}", response=list[Happened], summary=_("一件东西的时间线"))
def list_timeline(request: HttpRequest, label: Label, number: Id) -> list[dict[str, Any]]:
    """What was done to a thing, newest first, as far as whoever asks may know."""
    seer = reader(request)
    thing = get_visible_or_404(_model(label), seer, pk=min(number, LARGEST_ID))
    names = Happened.model_fields
    return [{name: getattr(item, name) for name in names} for item in timeline_of(thing, seer, latest=LATEST)]


def _entries(overseer: Actor, asked: RecordFilters) -> QuerySet[Entry]:
    rows = record_for(overseer)
    if asked.about:
        label, _colon, number = asked.about.partition(":")
        rows = concerning(rows, known.with_what_concerns((label, number), overseer))
    wanted = {"at__gte": asked.since, "at__lt": asked.until, "verb": asked.verb, "outcome": asked.outcome}
    return rows.filter(**{lookup: value for lookup, value in wanted.items() if value is not None})


def _model(label: str) -> type[Scoped]:
    """The model of that label, where its rows hang in the territory."""
    try:
        model = apps.get_model(label)
    except LookupError:
        raise Http404 from None
    if not issubclass(model, Scoped):
        raise Http404
    return model


def _told(entries: list[Entry], overseer: Actor) -> list[dict[str, Any]]:
    return [_line(line) for line in lines_of(entries, overseer)]


def _line(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        **{
            name: getattr(entry, name)
            for name in ("id", "chain", "number", "at", "verb", "actor", "outcome", "territory", "facts")
        },
        **{name: getattr(line, name) for name in ("what", "who", "roles", "why", "place")},
        "subject": f"{entry.subject_type}:{entry.subject_id}" if entry.subject_type else "",
        "whose": line.whose.text,
    }
