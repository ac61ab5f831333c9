"""数值: the rule book as it stands in a subdistrict, and what the office sets for itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground import standards
from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.scope.paths import subdistrict_of
from xiuhua.ground.standards import DEPLOYED, OVERRIDDEN, Figure
from xiuhua.ground.territory import actions, permits
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.figure_books import FigureBook, book_named
from xiuhua.ground.territory.forms import FigureForm
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.valued import value_in_words
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import ObjectPage, Related, Tab
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it stands, beside the book's."""

    key: str
    figure: Figure
    book: Figure
    url: str = ""
    """Where it is set; empty where it is not the subdistrict's to set."""

    @property
    def is_own(self) -> bool:
        return self.figure.source == OVERRIDDEN


def urls(key: str, at: str) -> list[URLPattern]:
    """Addresses of a book's page, below `at`: the page of each office, and the two deeds on one of its figures."""
    book = book_named(key)
    assert book is not None
    pages = _Pages(book)
    seen = sight_required(book.sight)
    return [
        path(at, seen(require_safe(pages.home)), name="figures_home"),
        path(f"{at}<int:pk>/", seen(require_safe(pages.figures)), name="figures"),
        path(f"{at}<int:pk>/<str:key>/", seen(_GET_OR_POST(pages.set_figure)), name="set_figure"),
        path(
            f"{at}<int:pk>/<str:key>/return/",
            seen(_GET_OR_POST(pages.return_to_standard)),
            name="return_to_standard",
        ),
    ]


NO_BREAK = "\u00a0"
"""A blank at which no line ends: a number stays with its unit."""

_GET_OR_POST = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class _Pages:
    """The pages of one book."""

    book: FigureBook

    def home(self, request: UserRequest) -> HttpResponse:
        """The page of the subdistrict that this reader looks after, the first where there are several."""
        first = self._offices(request).first()
        if first is None:
            raise Http404
        return redirect(self._url(first))

    def figures(self, request: UserRequest, pk: int) -> HttpResponse:
        """Every figure of the book by name: how it stands, what the book says and by what right."""
        office = get_object_or_404(self._offices(request), pk=pk)
        may_set = permits.may_set_figure(request.actor, subdistrict=office, key=self.book.key)
        offices = list(self._offices(request))
        return ObjectPage(
            title=self.book.title,
            subtitle=_("%(place)s现在用的；改了马上生效，谁改的、为什么都留痕。") % {"place": office.name},
            tabs=[Tab(one.name, self._url(one), current=one == office) for one in offices] if len(offices) > 1 else [],
            sections=self._sections(office, may_set=may_set),
            subject=office,
        ).respond(request)

    def set_figure(self, request: UserRequest, pk: int, key: str) -> HttpResponse:
        """Set one figure, with a reason."""
        office, row = self._to_set(request, pk, key)
        form = FigureForm.of(key, row.figure, request.POST or None)
        if form.is_valid():
            with refusals_on(form):
                actions.set_figure(actor=request.actor, subdistrict=office, key=key, **form.cleaned_data)
                messages.success(request, _("改好了，马上生效"))
                return redirect(self._url(office))
        say = [_standard(row)]
        if row.is_own:
            say.append(_("街道自己定的：%(value)s。") % {"value": value_in_words(key, row.figure.value)})
        return self._page(office, row, say=say, submit=_("就这样定"), icon="i-check").respond(request, form)

    def return_to_standard(self, request: UserRequest, pk: int, key: str) -> HttpResponse:
        """Let the book's figure hold again, after asking once more."""
        office, row = self._to_set(request, pk, key)
        say = [
            _("现在：%(now)s。恢复以后：%(book)s。")
            % {"now": value_in_words(key, row.figure.value), "book": value_in_words(key, row.book.value)}
        ]
        if request.method == "POST":
            try:
                actions.return_to_standard(actor=request.actor, subdistrict=office, key=key)
                messages.success(request, _("恢复成标准值了"))
            except Refused as refused:
                messages.error(request, str(refused))
            return redirect(self._url(office))
        return self._page(office, row, say=say, submit=_("恢复标准值"), icon="i-refresh").respond(request)

    def _offices(self, request: UserRequest) -> Any:
        """Subdistricts where this reader may read the page: places themselves may not be theirs to see."""
        paths = {subdistrict_of(top) for top in self.book.read_at(request.actor)}
        return Subdistrict.objects.filter(path__in=paths).order_by("path")

    def _to_set(self, request: UserRequest, pk: int, key: str) -> tuple[Subdistrict, Row]:
        office = get_object_or_404(self._offices(request), pk=pk)
        if not permits.may_set_figure(request.actor, subdistrict=office, key=self.book.key):
            raise PermissionDenied
        row = self._rows(office).get(key)
        if row is None or not row.figure.own:
            raise Http404
        return office, row

    def _rows(self, office: Subdistrict) -> dict[str, Row]:
        day = today()
        here, book = standards.on(day, at=office.path).named, standards.on(day, at=None).named
        return {
            key: Row(key, figure, book[key], self._url_of("set_figure", office, key) if figure.own else "")
            for key, figure in here.items()
            if key.startswith(f"{self.book.key}.")
        }

    def _sections(self, office: Subdistrict, *, may_set: bool) -> list[Related]:
        rows = list(self._rows(office).values())
        parts = {title: [r for r in rows if r.key.startswith(f"{group}.")] for group, title in self.book.groups.items()}
        return [
            Related(str(title), self._columns(part, office if may_set else None), part) for title, part in parts.items()
        ]

    def _columns(self, rows: Sequence[Row], setter: Subdistrict | None) -> list[Column[Row]]:
        def to_return(row: Row) -> str:
            return self._url_of("return_to_standard", setter, row.key) if setter and row.is_own else ""

        columns: list[Column[Row]] = [
            Column("name", _("数值"), lambda row: row.figure.name),
            Column(
                "value",
                _("现在"),
                lambda row: value_in_words(row.key, row.figure.value),
                shown=lambda text: text.replace(" ", NO_BREAK),
            ),
            Column("by", _("谁定的"), lambda row: _by(row)[0], kind="chip", tone=lambda row: _by(row)[1]),
            Column("source", _("依据"), _why),
        ]
        if setter:
            columns.append(Column("set", _("改"), lambda row: _("改") if row.url else "", link=lambda row: row.url))
        if setter and any(row.is_own for row in rows):
            columns.append(
                Column("return", _("恢复"), lambda row: _("恢复标准值") if row.is_own else "", link=to_return)
            )
        return columns

    def _url(self, office: Subdistrict) -> str:
        return reverse(f"{self.book.namespace}:figures", args=[office.pk])

    def _url_of(self, deed: str, office: Subdistrict, key: str) -> str:
        return reverse(f"{self.book.namespace}:{deed}", args=[office.pk, key])

    def _page(self, office: Subdistrict, row: Row, **said: Any) -> FormPage:
        crumbs = [(self.book.title, self._url(office))]
        return FormPage(title=row.figure.name, subtitle=office.name, crumbs=crumbs, cancel=self._url(office), **said)


def _why(row: Row) -> str:
    """By what right a figure stands; where it was set, what the standard is."""
    return _source(row.book) if row.figure == row.book else _standard(row)


def _standard(row: Row) -> str:
    said = {"value": value_in_words(row.key, row.book.value), "source": _source(row.book)}
    return _("标准值：%(value)s。%(source)s") % said


def _by(row: Row) -> tuple[str, str]:
    """Who says how a figure stands, and the colour of that chip."""
    if row.is_own:
        return _("本街道"), "plum"
    if row.figure.source == DEPLOYED:
        return _("部署"), "soon"
    return (_("法规"), "info") if row.figure.is_law else (_("默认"), "outline")


def _source(figure: Figure) -> str:
    how = _("，").join(filter(None, [figure.clause, figure.status.label]))
    return _("%(source)s（%(how)s）") % {"source": figure.told_source, "how": how}
