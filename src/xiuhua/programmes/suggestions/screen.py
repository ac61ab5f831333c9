"""The inbox and the page of one suggestion, put together."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.messages.sections import messages_of
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act, Crumbs
from xiuhua.ground.ui.objects import Chip, ObjectPage, Part
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits, words
from xiuhua.programmes.suggestions.inbox import Inbox
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.reading import Reading

PANES = "c-panes"
"""Id of what htmx puts anew when another row is chosen."""


def crumbs() -> Crumbs:
    """The way to every page of this programme."""
    return [(_("人民建议"), reverse("suggestions:inbox"))]


def inbox_of(request: HttpRequest, asked: QueryDict, at: int | None = None) -> Inbox:
    """The inbox that an address asks for; the frame speaks of the subdistrict of what lies open."""
    actor = actor_of(request)
    named = asked.get("at", "")
    if at is None and named.isascii() and named.isdecimal() and len(named) < 19:
        at = int(named)
    return Inbox(actor, asked, at=at, committees=committee_names(actor), book=words.book())


def reading_of(
    request: HttpRequest,
    row: Suggestion,
    *,
    inbox: Inbox | None = None,
    forms: Mapping[str, Form] | None = None,
    whole: bool = False,
) -> Reading:
    """A suggestion as it lies open: in the inbox, or on a page of its own."""
    actor = actor_of(request)
    committees = inbox.committees if inbox else committee_names(actor)
    return Reading(
        actor,
        row,
        committees=committees,
        book=words.book(row.subdistrict),
        here=inbox.query(at=row.pk) if inbox else "",
        after=inbox.neighbours()[1] if inbox else None,
        forms=forms,
        whole=whole,
        template=request.GET.get("template", "") if request.method == "GET" else "",
    )


def inbox_page(
    request: HttpRequest, inbox: Inbox, reading: Reading | None, *, status: int = 200, is_reading: bool = False
) -> HttpResponse:
    """The inbox, or only what changes when another row is chosen."""
    before, after = inbox.neighbours()
    context: dict[str, Any] = {
        "inbox": inbox,
        "reading": reading,
        "before_url": inbox.url(at=before) if before else "",
        "after_url": inbox.url(at=after) if after else "",
        "is_reading": is_reading,
        "back_url": inbox.url(),
    }
    if request.headers.get("HX-Target") == PANES and not request.headers.get("HX-History-Restore-Request"):
        return render(request, "suggestions/parts/panes.html", context, status=status)
    context |= {
        "tabs": inbox.tabs(),
        "enters": actor_of(request).holds(*permits.HEARS),
        "newest": inbox.everything.order_by("-pk").values_list("pk", flat=True).first() or 0,
    }
    return render(request, "suggestions/inbox.html", context, status=status)


def object_page(request: HttpRequest, reading: Reading, *, status: int = 200) -> HttpResponse:
    """A suggestion as a page of its own, with what happened to it."""
    row = reading.row
    return ObjectPage(
        title=row.title,
        subtitle=_(" · ").join(filter(None, [row.number, reading.where, row.place])),
        subject=row,
        crumbs=crumbs(),
        chips=[
            Chip(row.state_title, reading.tone),
            Chip(reading.category, words.category_tone(row, reading.book)),
            *([Chip(reading.due, reading.due_tone)] if reading.due else []),
            *([Chip(_("已公开"), "good")] if row.public_state == "published" else []),
        ],
        acts=_acts(reading),
        aside=[
            *([Part(_("像是同一件"), "suggestions/parts/alike_card.html")] if reading.merges else []),
            Part(_("分派给谁"), "suggestions/parts/unit_card.html"),
            Part(_("放进哪个项目"), "suggestions/parts/project_card.html"),
            *([messages_of(row)] if reading.replies else []),
        ],
        template="suggestions/suggestion.html",
        extra={"reading": reading},
    ).respond(request, status=status)


def _acts(reading: Reading) -> list[Act]:
    """Buttons in the head: verbs with a page or a post of their own; those with a form stand at their form."""
    row = reading.row
    acts = [deed.act() for deed in reading.deeds if not deed.form]
    if row.is_owed:
        acts.append(Act(_("在收件箱里办"), f"{reverse('suggestions:inbox')}?tab=all&at={row.pk}", "i-inbox"))
    return acts
