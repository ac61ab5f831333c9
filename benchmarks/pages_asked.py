"""What a reader can ask of a page, read from the page itself: search words, filters, order, the last page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import combinations
from urllib.parse import urlencode

LAST = 10**6
"""A page past the last; a list then shows the last."""
FEW = 4
"""Words that are tried beside every choice."""
LINK = re.compile(r'href="(/[^"#]*)"')
FIRST_DAY, LAST_DAY = "2023-01-01", "2030-12-31"


def links_of(body: str) -> list[str]:
    """Addresses that a page, or a search form of it, leads to."""
    return LINK.findall(body) + re.findall(r'role="search" method="post" action="(/[^"]*)"', body)


def asked_of(body: str, path: str, words: Sequence[str]) -> Iterator[dict[str, str]]:
    """What is asked: each word, each choice, choices in pairs and all at once, each order, the last page of some.

    Parameters
    ----------
    path : str
        Address of the page: the search in the frame around it counts where it leads here.
    words : sequence of str
        What is typed into a search box; the first few also beside a choice.
    """
    page = _Page(path)
    page.feed(body)
    every = [choice for choices in page.choices.values() for choice in _some(choices)]
    last = [choices[-1] for choices in page.choices.values()]
    spans = [{f"{name}_from": FIRST_DAY, f"{name}_to": LAST_DAY} for name in page.days]
    sought = [{name: word} for name in page.words for word in words]
    orders = [{"sort": order} for order in dict.fromkeys(page.orders)]
    whole = {name: value for choice in last for name, value in choice.items()}
    asked = [*every, *spans, *sought, *orders, whole, *(one | other for one, other in combinations(last, 2))]
    asked += [choice | more for choice in last for more in (*sought[:FEW], *orders)]
    asked += [whole | word for word in sought[:FEW]]
    if page.pages:
        asked += [one | {"page": str(LAST)} for one in ({}, *last, *orders, *sought)]
    seen = set()
    for query in filter(None, asked):
        if (key := urlencode(query)) not in seen:
            seen.add(key)
            yield query


def _some(choices: list[dict[str, str]]) -> list[dict[str, str]]:
    """All of a few choices; the ends and the middle of many."""
    return choices if len(choices) <= 6 else [choices[0], choices[len(choices) // 2], choices[-1]]


@dataclass
class _Page(HTMLParser):
    """What the forms and heads of a page offer."""

    path: str
    words: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    choices: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)
    pages: bool = False
    _main: bool = False
    _form: bool = False
    _select: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._main |= tag == "main"
        if tag == "form":
            asks = given.get("method", "get").lower() == "get" or given.get("role") == "search"
            self._form = asks and (self._main or given.get("action") == self.path)
        elif self._form:
            self._control(tag, given)
        elif tag == "a" and self._main:
            self._link(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = False

    def _link(self, address: str) -> None:
        if order := re.search(r"[?&]sort=-?(\w+)", address):
            self.orders += [order[1], f"-{order[1]}"]
        self.pages |= "page=" in address

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and value:
            self.choices.setdefault(self._select, []).append({self._select: value})
        elif tag == "input" and given.get("type") in ("radio", "checkbox") and value:
            self.choices.setdefault(name, []).append({name: value})
        elif tag == "input" and given.get("type") == "date" and name.endswith("_from"):
            self.days.append(name.removesuffix("_from"))
        elif tag == "input" and given.get("type", "text") in ("search", "text"):
            self.words.append(name)
