"""What the parts of the programme put on the page of a dossier (总览): cards, tabs, and the one thing to do next.

::

    @section(order=20)
    def result_of_vote(request: HttpRequest, dossier: Dossier) -> list[Section]: ...

    @tab(_("表决"), "lifts:votes", order=20)
    def vote_note(request: HttpRequest, dossier: Dossier) -> str: ...     # 已公布

    @primary(order=20)
    def close_the_vote(request: HttpRequest, dossier: Dossier) -> Act | None: ...

    @deed(order=20)
    def print_notice(request: HttpRequest, dossier: Dossier) -> Act | None: ...            # a quiet button in the head

    sections.styled_by("lifts/votes.css")                                                  # of cards drawn by oneself

A page of one's own about a dossier is `screens.head.page_of(request, dossier, sections=[…])`: head, steps and tabs
come with it.
"""

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.ui.acts import Act, Words
from xiuhua.ground.ui.objects import Section, Tab
from xiuhua.programmes.lifts.models import Dossier

Teller = Callable[[HttpRequest, Dossier], Sequence[Section]]
Noter = Callable[[HttpRequest, Dossier], str | None]
Asker = Callable[[HttpRequest, Dossier], Act | None]


_cards: list[tuple[int, Teller]] = []
_asides: list[tuple[int, Teller]] = []
_tabs: list[tuple[int, Words, str, Noter]] = []
_askers: list[tuple[int, Asker]] = []
_deeds: list[tuple[int, Asker]] = []
_styles: list[str] = []


def section(order: int) -> Callable[[Teller], Teller]:
    """Let a function put cards into the main column."""

    def mark(teller: Teller) -> Teller:
        _cards.append((order, teller))
        return teller

    return mark


def aside(order: int) -> Callable[[Teller], Teller]:
    """Let a function put cards beside it."""

    def mark(teller: Teller) -> Teller:
        _asides.append((order, teller))
        return teller

    return mark


def tab(title: Words, url_name: str, order: int) -> Callable[[Noter], Noter]:
    """Let a part have a page of its own about a dossier; the function says how it stands in a word.

    It says None where the reader does not see that page.
    """

    def mark(noter: Noter) -> Noter:
        _tabs.append((order, title, url_name, noter))
        return noter

    return mark


def primary(order: int) -> Callable[[Asker], Asker]:
    """Let a function say what is to be done now; the first that has something is the page's one red button."""

    def mark(asker: Asker) -> Asker:
        _askers.append((order, asker))
        return asker

    return mark


def deed(order: int) -> Callable[[Asker], Asker]:
    """Let a function put a quiet button beside it, such as 打印公示."""

    def mark(asker: Asker) -> Asker:
        _deeds.append((order, asker))
        return asker

    return mark


def styled_by(sheet: str) -> None:
    """Let pages of dossiers load a part's own style sheet (a static file)."""
    if sheet not in _styles:
        _styles.append(sheet)


def styles() -> list[str]:
    """Style sheets of the parts."""
    return list(_styles)


def deeds_of(request: HttpRequest, dossier: Dossier) -> list[Act]:
    """Quiet buttons of the parts, in order."""
    ordered = sorted(_deeds, key=lambda row: row[0])
    return [act for _order, ask in ordered if (act := ask(request, dossier)) is not None]


def cards_of(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """Cards of the main column, in order."""
    return _told(_cards, request, dossier)


def asides_of(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """Cards beside it, in order."""
    return _told(_asides, request, dossier)


def tabs_of(request: HttpRequest, dossier: Dossier) -> list[Tab]:
    """Pages of the dossier, in order."""
    told = [
        (title, reverse(url_name, args=[dossier.pk]), noter(request, dossier))
        for _order, title, url_name, noter in sorted(_tabs, key=lambda row: row[0])
    ]
    return [Tab(title, url, note, current=request.path == url) for title, url, note in told if note is not None]


def primary_of(request: HttpRequest, dossier: Dossier) -> Act | None:
    """What is to be done now, if anything."""
    for _order, ask in sorted(_askers, key=lambda row: row[0]):
        if (act := ask(request, dossier)) is not None:
            return act
    return None


def _told(rows: Sequence[tuple[int, Teller]], request: HttpRequest, dossier: Dossier) -> list[Section]:
    return [one for _order, tell in sorted(rows, key=lambda row: row[0]) for one in tell(request, dossier)]
