"""Who can do something: a person who signed in, a visitor who did not, or the system on its own account."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Whoever an action is done by. `reference` goes on record; it is an identifier, never a name."""

    @property
    def reference(self) -> str: ...


@dataclass(frozen=True, slots=True)
class System:
    """The programme itself, doing what nobody asked for at that moment: building the demo, nightly work."""

    part: str

    @property
    def reference(self) -> str:
        return f"system:{self.part}"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone who is not signed in."""

    @property
    def reference(self) -> str:
        return "visitor"
