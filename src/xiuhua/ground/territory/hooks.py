"""What rooms above add to the pages of the territory."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from django.http import HttpRequest

from xiuhua.ground.accounts.own.resident import Card
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Resident, Stairwell
from xiuhua.ground.ui.lists import ListPage
from xiuhua.ground.ui.lists.query import Found
from xiuhua.ground.ui.objects import Section

OwnCard = Callable[[HttpRequest], Card | None]
KeptOnly = Callable[[Collection[int]], set[int]]
Kind = tuple[str, ListPage[Any], Found]
"""Name of the url of a list, its columns, and what is found for it."""
Finder = Callable[[HttpRequest, list[str]], Kind | None]


class Teller(Protocol):
    """Says what a room adds to a resident's page; `whole` where the page shows their values."""

    def __call__(self, resident: Resident, reader: Actor, *, whole: bool) -> Sequence[Section]: ...


StairwellTeller = Callable[[Stairwell, Actor], Sequence[Section]]

_about_residents: list[Teller] = []
_about_stairwells: list[StairwellTeller] = []
_kept_only: list[KeptOnly] = []
_own_cards: list[OwnCard] = []
_finders: list[Finder] = []


def resident_sections_told_by(teller: Teller) -> None:
    """Let `teller` add cards to a resident's page, for a reader who sees the resident."""
    _about_residents.append(teller)


def sections_of(resident: Resident, reader: Actor, *, whole: bool) -> list[Section]:
    """Cards that rooms above add to a resident's page; `whole` where it shows their values."""
    return [section for tell in _about_residents for section in tell(resident, reader, whole=whole)]


def stairwell_sections_told_by(teller: StairwellTeller) -> None:
    """Let `teller` add cards to a stairwell's page, for a reader who sees the stairwell."""
    _about_stairwells.append(teller)


def sections_of_stairwell(stairwell: Stairwell, reader: Actor) -> list[Section]:
    """Cards that rooms above add to a stairwell's page."""
    return [section for tell in _about_stairwells for section in tell(stairwell, reader)]


def own_cards_told_by(teller: OwnCard) -> None:
    """Let `teller` add a card to the page that residents find after signing in."""
    _own_cards.append(teller)


def own_cards_of(request: HttpRequest) -> list[Card]:
    """Cards that rooms above add to a resident's own page."""
    return [card for tell in _own_cards if (card := tell(request)) is not None]


def kept_only_told_by(teller: KeptOnly) -> None:
    """Let `teller` say which of some residents, by number, have data that are kept and not used (只存不用)."""
    _kept_only.append(teller)


def kept_only_among(numbers: Collection[int]) -> set[int]:
    """Those of some residents whose data are kept and not used: one look-up, however many there are."""
    return {number for tell in _kept_only for number in tell(numbers)} if numbers else set()


def searched_by(finder: Finder) -> None:
    """Let `finder` say what the search of the top bar finds besides; None where the reader sees nothing of the kind."""
    _finders.append(finder)


def kinds_found(request: HttpRequest, words: list[str]) -> list[Kind]:
    """What rooms above find for some words."""
    return [kind for find in _finders if (kind := find(request, words)) is not None]
