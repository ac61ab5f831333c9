"""The list page itself: reads the address, finds the rows, answers with a page or a file."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from xiuhua.ground.ui.acts import Act, Crumbs, Words
from xiuhua.ground.ui.lists import long, plain, query, saved, sought
from xiuhua.ground.ui.lists.body import Head, body_of, heads_of
from xiuhua.ground.ui.lists.column import Cell, Column, Row
from xiuhua.ground.ui.lists.controls import Choice, Period
from xiuhua.ground.ui.lists.workbook import file_response, write_workbook

PAGE_SIZE = 50
CHUNK = 1000
"""Rows that an export holds at a time."""

OWN_KEYS = ("q", sought.TOKEN, "sort", "page", "export")


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: why, and what to do next."""

    title: Words
    subtitle: Words = ""
    url: str = ""
    action: Words = ""


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """A list as declared by a programme; `respond` answers a request with it.

    Parameters
    ----------
    title, subtitle : str
        Head of the page.
    columns : sequence of Column
        The first says what a row is about.
    empty : Empty
        What stands there when there is nothing at all.
    filter_label : str
        Words in the search box.
    filters : sequence of Choice and Period
        Controls above the table.
    search : callable, optional
        (queryset, words) -> queryset, in place of the columns' lookups; for exact search by a blind index.
    private : bool
        People are sought in it: the words travel by POST and stand in no address (`sought`). Its view takes POST.
    loaded : callable, optional
        Gets the rows of a page, or of a part of an export, and yields what the columns read: for facts that are
        fetched for many rows at once.
    kept : callable, optional
        Gets a key and work that takes long, such as counting what was found, and gives its result, kept or anew.
    exported : callable, optional
        Gets the request and the number of rows once a file is made and before it is handed over: to put it on record,
        or to refuse it.
    map_url : callable, optional
        Gets the request, filters and all, and says where its rows are shown on the map; empty for nowhere.
    crumbs, acts : sequences
        The way here, and what can be done.
    cards : bool
        Rows turn into cards on a phone; else the table scrolls within its frame.
    """

    title: Words
    columns: Sequence[Column[Row]]
    empty: Empty
    subtitle: Words = ""
    filter_label: Words = ""
    page_size: int = PAGE_SIZE
    template: str = "ui/list.html"
    extra: dict[str, Any] = field(default_factory=dict)
    filters: Sequence[Choice | Period] = ()
    search: query.Search | None = None
    private: bool = False
    loaded: Callable[[list[Any]], Iterable[Row]] | None = None
    kept: query.Keeper | None = None
    exported: Callable[[HttpRequest, int], None] | None = None
    map_url: Callable[[HttpRequest], str] | None = None
    crumbs: Crumbs = ()
    acts: Sequence[Act] = ()
    cards: bool = True

    def respond(self, request: HttpRequest, rows: Iterable[Row] | QuerySet[Any]) -> HttpResponse:
        """Answer with the page, or with an Excel file where ``?export=xlsx`` asks for it."""
        if request.method == "POST":
            return sought.asked_by_post(request, private=self.private)
        asked = request.GET
        words = sought.words_for(request) if self.private else _words(asked)
        if words is None:
            return sought.anew(request)
        everything = rows if isinstance(rows, QuerySet) else list(rows)
        found = self.found(everything, asked, words)
        if asked.get("export") == "xlsx":
            return self._file(request, found)
        pages = Paginator(found, self.page_size)
        pages.count = self._count(found)
        page: Page[Any] = pages.get_page(asked.get("page"))
        sort = asked.get("sort", "")
        context = {
            "list": self,
            "head_row": heads_of(self.heads(sort, over_query=isinstance(everything, QuerySet)), asked),
            "body": body_of(self.columns, self._loaded(self._rows(everything, found, page))),
            "page": page,
            "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "found": page.paginator.count,
            "is_long": page.paginator.count > long.LONG,
            "total": None if isinstance(everything, QuerySet) else len(everything),
            "q": words,
            "sort": sort,
            "searches": self.searches(everything),
            "asked_for": self.asked_for(asked),
            "carried": self.carried(asked),
            "map_address": self.map_url(request) if self.map_url else "",
            "saved": saved.views_of(request),
            **self.extra,
        }
        return render(request, self.template, context)

    def _count(self, found: Any) -> int:
        """How many rows were found."""
        if not isinstance(found, QuerySet):
            return len(found) if isinstance(found, list) else int(found.count())
        return query.counted(found, self.kept) if self.kept else found.count()

    def _rows(self, everything: Any, found: Any, page: Page[Any]) -> list[Any]:
        """Rows of a page."""
        if not isinstance(found, QuerySet) or not page.paginator.count:
            return list(page)
        return query.cut(everything, found, page.start_index() - 1, page.end_index(), page.paginator.count, self.kept)

    def found(self, rows: Any, asked: QueryDict, wanted: str | None = None) -> Any:
        """Rows as filtered, searched and sorted: of a queryset a queryset, or its rows in parts; of a list a list.

        Parameters
        ----------
        wanted : str, optional
            Words that are sought; those of the address where none are given.
        """
        for control in self.filters:
            rows = control.narrow(rows, asked)
        wanted, sort = _words(asked) if wanted is None else wanted, asked.get("sort", "")
        if isinstance(rows, QuerySet):
            return query.ordered(self.columns, query.matching(self.columns, rows, wanted, self.search), sort)
        return self.sorted(self.matching(rows, wanted), sort)

    def matching(self, rows: list[Row], wanted: str) -> list[Row]:
        """Plain rows in which every word of `wanted` occurs in some column."""
        return plain.matching(self.columns, rows, wanted)

    def sorted(self, rows: list[Row], sort: str) -> list[Row]:
        """Plain rows in the order of ``key`` (upwards) or ``-key`` (downwards); those without a value come last."""
        return plain.ordered(self.columns, rows, sort)

    def searches(self, rows: Any) -> bool:
        """Whether there is a search box: for a queryset, where the list knows how to search."""
        return not isinstance(rows, QuerySet) or self.search is not None or any(c.lookups for c in self.columns)

    def asked_for(self, asked: QueryDict) -> list[tuple[Words, str, str]]:
        """(title, what is asked, the address without it) of each filter that narrows the list."""
        said = [(control, control.said(asked)) for control in self.filters]
        return [(control.title, words, _without(asked, *control.keys)) for control, words in said if words]

    def carried(self, asked: QueryDict) -> list[tuple[str, str]]:
        """(name, value) of what else the address holds, which a filter must not lose."""
        own = {*OWN_KEYS, *(key for control in self.filters for key in control.keys)}
        return [(name, asked.get(name, "")) for name in asked if name not in own]

    def heads(self, sort: str, *, over_query: bool = False) -> list[Head]:
        """Heads with what a click on each sorts by: the other way round where it is sorted already."""
        heads = []
        for column in self.columns:
            if over_query and not column.orders:
                heads.append(Head(column, "", None))
                continue
            up, down = column.key, f"-{column.key}"
            order = {up: "ascending", down: "descending"}.get(sort)
            first, second = (down, up) if column.numeric else (up, down)
            heads.append(Head(column, second if sort == first else first, order))
        return heads

    def workbook(self, rows: Iterable[Row]) -> bytes:
        """Return the rows as an Excel file: one sheet, its head frozen, figures as figures, texts never as formulas."""
        file = io.BytesIO()
        self._write(file, rows)
        return file.getvalue()

    def _write(self, file: io.BytesIO, rows: Iterable[Row]) -> int:
        cells: Iterator[list[Cell]] = ([column.exported(row) for column in self.columns] for row in rows)
        return write_workbook(file, str(self.title), [column.head for column in self.columns], cells)

    def _file(self, request: HttpRequest, found: Any) -> HttpResponse:
        count = self._count(found)
        if (elsewhere := long.carried(request, str(self.title), count)) is not None:
            return elsewhere
        background, file, name = long.background_of(request), io.BytesIO(), f"{self.title}.xlsx"
        written = self._write(file, long.told(self._all(found), count, background))

        def put_on_record() -> None:
            if self.exported:
                self.exported(request, written)

        if background is not None:
            background.hand_over(name, file.getvalue(), put_on_record)
            return HttpResponse(status=204)
        put_on_record()
        return file_response(file.getvalue(), name)

    def _all(self, found: Any) -> Iterator[Row]:
        """All rows, a part at a time."""
        rows = found.iterator(chunk_size=CHUNK) if isinstance(found, QuerySet) else iter(found)
        while part := list(islice(rows, CHUNK)):
            yield from self._loaded(part)

    def _loaded(self, part: list[Any]) -> Iterable[Row]:
        return self.loaded(part) if self.loaded else part


def _words(asked: QueryDict) -> str:
    return asked.get("q", "").strip()


def _without(asked: QueryDict, *names: str) -> str:
    left = asked.copy()
    for name in (*names, "page"):
        left.pop(name, None)
    return f"?{left.urlencode()}"
