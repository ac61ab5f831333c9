"""What rooms above add to the pages of the territory."""

from collections.abc import Callable, Collection, Sequence

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.objects import Section

Teller = Callable[[Resident, Actor], Sequence[Section]]
KeptOnly = Callable[[Collection[int]], set[int]]

_about_residents: list[Teller] = []
_kept_only: list[KeptOnly] = []


def resident_sections_told_by(teller: Teller) -> None:
    """Let `teller` add cards to a resident's page, for a reader who sees the resident."""
    _about_residents.append(teller)


def sections_of(resident: Resident, reader: Actor) -> list[Section]:
    """Cards that rooms above add to a resident's page."""
    return [section for tell in _about_residents for section in tell(resident, reader)]


def kept_only_told_by(teller: KeptOnly) -> None:
    """Let `teller` say which of some residents, by number, have data that are kept and not used (只存不用)."""
    _kept_only.append(teller)


def kept_only_among(numbers: Collection[int]) -> set[int]:
    """Those of some residents whose data are kept and not used: one look-up, however many there are."""
    return {number for tell in _kept_only for number in tell(numbers)} if numbers else set()
