"""What rules are told about a dossier."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """A dossier as rules ask about it.

    Parameters
    ----------
    suitable : bool or None
        Whether a lift suits the stairwell; None where nobody has judged it.
    """

    state: str
    moved_on: date | None
    progressed_on: date | None
    suitable: bool | None
    levels: int


@dataclass(frozen=True, slots=True)
class Measures:
    """How a stairwell is built, as somebody has measured it."""

    entry: str = ""
    stair: str = ""
    front_m: float | None = None
    spacing_m: float | None = None
    fire_lane_m: float | None = None
    pipes: str = ""
    pipes_can_move: bool | None = None
    structure_sound: bool | None = None
