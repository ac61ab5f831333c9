"""What rooms above add to the pages of the territory."""

from collections.abc import Callable, Sequence

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.objects import Section

Teller = Callable[[Resident, Actor], Sequence[Section]]

_about_residents: list[Teller] = []


def resident_sections_told_by(teller: Teller) -> None:
    """Let `teller` add cards to a resident's page, for a reader who sees the resident."""
    _about_residents.append(teller)


def sections_of(resident: Resident, reader: Actor) -> list[Section]:
    """Cards that rooms above add to a resident's page."""
    return [section for tell in _about_residents for section in tell(resident, reader)]
