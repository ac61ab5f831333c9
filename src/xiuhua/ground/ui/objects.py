"""The one object page (对象页): what a thing is, what is next, what belongs to it, what happened to it.

::

    page = ObjectPage(
        title=household.address,
        crumbs=[(_("居民"), reverse("territory:households")), (committee.name, committee.get_absolute_url())],
        chips=[Chip(_("独居"), "soon")],
        acts=[Act(_("登记走访"), reverse("care:visit", args=[household.pk]), "i-check", primary=True)],
        facts=[
            Fact(_("电话"), mask_phone(phone), reveal=reverse("care:open_file", args=[household.pk])),
            Fact(_("建成"), 1982, source=figure),
        ],
        sections=[Related(_("住在这里的人"), COLUMNS, residents, more=(_("全部"), url))],
        aside=[Next(_("这个月要做的"), gates=[Gate(_("电话问候"), "ok", _("8 月 1 日"))])],
        subject=household,                       # brings its timeline and its documents
    )
    return page.respond(request)
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from xiuhua.ground.ui.acts import Act, Crumbs, Words
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.lists.body import body_of


@dataclass(frozen=True, slots=True)
class Chip:
    """A short word about a state; `tone` is good, soon, over, info, plum, outline or nothing."""

    text: Words
    tone: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known about a thing.

    Parameters
    ----------
    label : str
        What it is called.
    value : Any
        What it is; None or an empty text reads 没有登记.
    link : str
        Address of the page about it.
    reveal : str
        Address where the full value is asked for, with a purpose; the value given here is then the masked one.
    source : Figure, optional
        Where the rule book has it from.
    chip : Chip, optional
        A word beside it.
    note : str
        A quiet line under it.
    """

    label: Words
    value: Any
    link: str = ""
    reveal: str = ""
    source: Any = None
    chip: Chip | None = None
    note: Words = ""

    @property
    def known(self) -> bool:
        return self.value is not None and self.value != ""


@dataclass(frozen=True, slots=True)
class Step:
    """A knot on the thread of steps; `state` is done, now or later."""

    title: Words
    state: Literal["done", "now", "later"] = "later"
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of an object with an address of its own."""

    title: Words
    url: str
    note: Words = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """Something that has to be so before the next step; `state` is ok, warn, bad or wait."""

    title: Words
    state: Literal["ok", "warn", "bad", "wait"] = "wait"
    note: Words = ""
    url: str = ""

    @property
    def symbol(self) -> str:
        return {"ok": "i-circle-check", "warn": "i-alert-triangle", "bad": "i-circle-x"}.get(
            self.state, "i-circle-dashed"
        )


class Section(Protocol):
    """A card of the page: anything with a template that reads it as `section`."""

    @property
    def template(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts under a head of their own."""

    title: Words
    facts: Sequence[Fact]
    note: Words = ""
    acts: Sequence[Act] = ()
    template: str = "ui/sections/facts.html"


@dataclass(frozen=True, slots=True)
class Related:
    """Rows that belong to the thing, in the columns of a list page; the caller cuts them short."""

    title: Words
    columns: Sequence[Column[Any]]
    rows: Iterable[Any]
    empty: Words = ""
    note: Words = ""
    more: tuple[Words, str] | None = None
    template: str = "ui/sections/related.html"

    @property
    def body(self) -> SafeString:
        """Its rows as markup; empty where there are none."""
        return body_of(self.columns, self.rows)


@dataclass(frozen=True, slots=True)
class Next:
    """What is next: a sentence, what has to be so before, and what to press."""

    title: Words
    say: Words = ""
    gates: Sequence[Gate] = ()
    acts: Sequence[Act] = ()
    note: Words = ""
    template: str = "ui/sections/next.html"


@dataclass(frozen=True, slots=True)
class Part:
    """A card of a programme's own drawing: its template finds `section` and what is in `context`."""

    title: Words
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """Something that happened, as the timeline tells it; `key` marks what mattered most."""

    moment: datetime
    what: Words
    who: Words = ""
    detail: Words = ""
    icon: str = ""
    url: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file or a printed thing that belongs to an object."""

    title: Words
    url: str
    note: Words = ""
    icon: str = "i-file-text"


@dataclass(slots=True)
class _Tellers:
    timeline: Callable[[Any, HttpRequest], Sequence[Any]] | None = None
    documents: Callable[[Any, HttpRequest], Sequence[Document]] | None = None


_tellers = _Tellers()


def timeline_told_by(teller: Callable[[Any, HttpRequest], Sequence[Any]]) -> None:
    """Let the journal, which lies above, say what happened to an object and this reader may know."""
    _tellers.timeline = teller


def documents_told_by(teller: Callable[[Any, HttpRequest], Sequence[Document]]) -> None:
    """Let the room of files say which documents belong to an object."""
    _tellers.documents = teller


@dataclass(frozen=True, slots=True)
class ObjectPage:
    """A thing as declared by a programme; `respond` answers a request with it.

    Parameters
    ----------
    title, subtitle : str
        What it is called, and a line about it.
    subject : Any
        The thing itself, which brings its timeline and its documents.
    crumbs, chips, acts, steps, tabs : sequences
        The way here; states beside the title; buttons; the thread of steps; parts with addresses of their own.
    facts, facts_title : sequence of Fact, str
        What is known about it, in the first card.
    sections, aside : sequences of Section
        Cards under the facts; cards beside them.
    map_url : str
        Where it is shown on the map.
    template, extra : str, dict
        A template that extends ``ui/object.html``, and what it needs.
    """

    title: Words
    subtitle: Words = ""
    subject: Any = None
    crumbs: Crumbs = ()
    chips: Sequence[Chip] = ()
    acts: Sequence[Act] = ()
    steps: Sequence[Step] = ()
    tabs: Sequence[Tab] = ()
    facts: Sequence[Fact] = ()
    facts_title: Words = ""
    facts_note: Words = ""
    sections: Sequence[Section] = ()
    aside: Sequence[Section] = ()
    map_url: str = ""
    template: str = "ui/object.html"
    extra: dict[str, Any] = field(default_factory=dict)

    def respond(self, request: HttpRequest, *, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        told = self.subject is not None
        context = {
            "object_page": self,
            "timeline": _tellers.timeline(self.subject, request) if told and _tellers.timeline else None,
            "documents": _tellers.documents(self.subject, request) if told and _tellers.documents else None,
            **self.extra,
        }
        return render(request, self.template, context, status=status)
