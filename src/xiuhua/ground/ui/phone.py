"""The phone shell: what residents and workers find on their phones, put together from what rooms have registered.

A room registers what it has when its app is ready; nothing is drawn that nobody has registered::

    phone.tab(_("我要反映"), "suggestions:say", "i-message-2", order=20)     # bottom line; staff: for_=(phone.STAFF,)
    phone.tile(_("我要反映"), "suggestions:say", "i-message-2", order=10)    # home, four in a row
    phone.card(told.vote_card, order=10)            # teller(request) -> Card | None: what matters now, one button
    phone.cells(told.own_suggestions, order=20)     # teller(request) -> Iterable[Cell]: list of one's own things
    phone.name_told_by(told.name_of)                # teller(request) -> str: in the greeting
    phone.line_told_by(told.address_of)             # teller(request) -> str: under the greeting
    phone.call_told_by(told.committee_of)           # teller(request) -> Call | None: whom to ring
    phone.signed_in_at("accounts:phone", "account_logout")
    phone.opens_offline("suggestions:say")          # page that the worker keeps, so that it opens without signal
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

VISITOR, RESIDENT, STAFF = "visitor", "resident", "staff"
"""For whom something is registered; a programme's reader is one of the three."""

TABS = 4
"""Tabs that a bottom line has room for; of more, the middle ones are left to the tiles."""

PLACES = (
    "/phone/",
    "/say/",
    "/events/",
    "/lift/",
    "/projects/",
    "/my/",
    "/book/",
    "/booked/",
    "/b/",
    "/sign-in/phone/",
)
"""Under what addresses the pages of the phone lie."""

SIZE = "xh_size"
"""Cookie that remembers 大字 (``elder``), so that the page comes in that size from the server."""

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Way:
    """A tab or a tile: a page that is one tap away."""

    title: Words
    url_name: str
    icon: str
    order: int
    audience: tuple[str, ...]
    second: bool = False
    when: Callable[[HttpRequest], bool] | None = None

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True, slots=True)
class Card:
    """What matters now: a template, drawn with `card` as its context."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One of one's own things: what it is, one line of what is new, and at the end a word or a chip.

    Without a `url` it opens nothing and has no arrow.
    """

    title: Words
    line: Words = ""
    url: str = ""
    icon: str = ""
    end: Words = ""


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to ring: a name, what they look after, the number."""

    name: Words
    number: str
    unit: Words = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of a phone page needs to know."""

    elder: bool
    owner: str
    door: str
    tabs: Sequence[Way]
    current: str


@dataclass(slots=True)
class _Registered:
    tabs: list[Way] = field(default_factory=list)
    tiles: list[Way] = field(default_factory=list)
    cards: list[tuple[int, Callable[[HttpRequest], Card | None]]] = field(default_factory=list)
    cells: list[tuple[int, Callable[[HttpRequest], Iterable[Cell]]]] = field(default_factory=list)
    offline: list[str] = field(default_factory=list)
    name: Callable[[HttpRequest], str] | None = None
    line: Callable[[HttpRequest], str] | None = None
    call: Callable[[HttpRequest], Call | None] | None = None
    sign_in: str = ""
    sign_out: str = ""


_registered = _Registered()


def tab(
    title: Words,
    url_name: str,
    icon: str,
    order: int = 100,
    *,
    for_: tuple[str, ...] = (VISITOR, RESIDENT),
    when: Callable[[HttpRequest], bool] | None = None,
) -> None:
    """Put a page into the bottom line of those that it is for, where `when` says so; the last one is 我的."""
    _registered.tabs.append(Way(title, url_name, icon, order, for_, when=when))


def tile(
    title: Words,
    url_name: str,
    icon: str,
    order: int = 100,
    *,
    for_: tuple[str, ...] = (VISITOR, RESIDENT),
    second: bool = False,
) -> None:
    """Put a page among the large tiles of the home page; `second` ones are left out in large type."""
    _registered.tiles.append(Way(title, url_name, icon, order, for_, second))


def card(teller: Callable[[HttpRequest], Card | None], order: int = 100) -> None:
    """Let `teller` say what matters now to whoever reads, if anything."""
    _registered.cards.append((order, teller))


def cells(teller: Callable[[HttpRequest], Iterable[Cell]], order: int = 100) -> None:
    """Let `teller` list what is the reader's own: a booked meal, a suggestion and what became of it."""
    _registered.cells.append((order, teller))


def name_told_by(teller: Callable[[HttpRequest], str]) -> None:
    """Let `teller` say what the reader is called; empty where nobody knows yet."""
    _registered.name = teller


def line_told_by(teller: Callable[[HttpRequest], str]) -> None:
    """Let `teller` say where the reader is at home, under the greeting."""
    _registered.line = teller


def call_told_by(teller: Callable[[HttpRequest], Call | None]) -> None:
    """Let `teller` say whom the reader rings when something is the matter."""
    _registered.call = teller


def signed_in_at(sign_in: str, sign_out: str) -> None:
    """Name the urls where a resident signs in, and out; after the second nothing readable stays on the phone."""
    _registered.sign_in, _registered.sign_out = sign_in, sign_out


def door_of(request: HttpRequest) -> str:
    """Where a visitor signs in; empty for whoever is signed in."""
    return reverse(_registered.sign_in) if _registered.sign_in and kind_of(request) == VISITOR else ""


def sign_out_address() -> str:
    """Where one signs out; empty where nobody can."""
    return reverse(_registered.sign_out) if _registered.sign_out else ""


def opens_offline(url_name: str) -> None:
    """Keep a page on the phone, sealed, so that it opens without signal."""
    if url_name not in _registered.offline:
        _registered.offline.append(url_name)


def offline_pages() -> list[str]:
    """Addresses of the pages that open without signal."""
    return [reverse(name) for name in _registered.offline]


def offline_ways() -> list[Way]:
    """Tabs and tiles of everybody that open without signal, each once."""
    everybodys = [way for way in [*_registered.tiles, *_registered.tabs] if way.when is None]
    ways = {way.url_name: way for way in everybodys if way.url_name in _registered.offline}
    return sorted(ways.values(), key=lambda way: way.order)


def kind_of(request: HttpRequest) -> str:
    """Whether a worker, a resident or a visitor reads."""
    kind = str(getattr(getattr(request, "actor", None), "kind", ""))
    return kind if kind in (RESIDENT, STAFF) else VISITOR


def is_on_phone(request: HttpRequest) -> bool:
    """Whether a page of the phone is asked for, by its address alone."""
    return request.path.startswith(PLACES)


def is_large(request: HttpRequest) -> bool:
    """Whether whoever reads has chosen 大字."""
    return request.COOKIES.get(SIZE) == "elder"


def owner_of(request: HttpRequest) -> str:
    """Whose page this is, as letters and kept copies say it: a reference, never a name; empty for a visitor."""
    signed_in = bool(getattr(getattr(request, "user", None), "is_authenticated", False))
    return str(getattr(request.actor, "reference", "")) if signed_in else ""  # type: ignore[attr-defined]


def frame_of(request: HttpRequest) -> Frame:
    """The frame around a phone page."""
    tabs = _for(request, _registered.tabs)
    if len(tabs) > TABS:
        tabs = [*tabs[: TABS - 1], tabs[-1]]
    around = [way.url for way in tabs if request.path.startswith(way.url)]
    return Frame(
        is_large(request),
        owner_of(request),
        door_of(request),
        tabs,
        max(around, key=len, default=""),
    )


def home_of(request: HttpRequest, at: datetime) -> dict[str, Any]:
    """What stands on the home page of whoever reads."""
    listed = [cell for _order, teller in sorted(_registered.cells, key=_by_order) for cell in teller(request)]
    told = (teller(request) for _order, teller in sorted(_registered.cards, key=_by_order))
    return {
        "name": _registered.name(request) if _registered.name else "",
        "greeting": greeting(at),
        "line": _registered.line(request) if _registered.line else "",
        "cards": [one for one in told if one is not None],
        "tiles": _for(request, _registered.tiles),
        "cells": listed,
        "call": _registered.call(request) if _registered.call else None,
        "door": door_of(request),
    }


def greeting(at: datetime) -> str:
    """How one greets at that time of the day."""
    hours = (
        (5, _("夜深了")),
        (9, _("早上好")),
        (12, _("上午好")),
        (14, _("中午好")),
        (18, _("下午好")),
        (24, _("晚上好")),
    )
    return next(words for until, words in hours if at.hour < until)


def _for(request: HttpRequest, ways: Iterable[Way]) -> list[Way]:
    kind = kind_of(request)
    open_ones = (way for way in ways if kind in way.audience and (way.when is None or way.when(request)))
    return sorted(open_ones, key=lambda way: way.order)


def _by_order(registered: tuple[int, Any]) -> int:
    return registered[0]
