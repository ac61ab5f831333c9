"""Who can do something: a person who signed in, a visitor who did not, or the system on its own account."""

from dataclasses import dataclass
from typing import Protocol

from xiuhua.ground.scope.grants import Grant, Holder, Seer
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.roles import Role, Sight


class Actor(Seer, Protocol):
    """Whoever an action is done by. `reference` goes on record; it is an identifier, never a name."""

    @property
    def reference(self) -> str: ...


@dataclass(frozen=True, slots=True)
class System:
    """The programme itself, doing what nobody asked for at that moment: building the demo, nightly work.

    `behalf` is the reference of the person in whose name it goes on with something, such as a long job.
    """

    part: str
    behalf: str = ""

    @property
    def reference(self) -> str:
        return f"system:{self.part}"

    @property
    def grants(self) -> tuple[Grant, ...]:
        return ()

    def sees(self, sight: Sight) -> tuple[str, ...]:
        """Everything: whoever runs commands on the office's own machine."""
        return (EVERYWHERE,)

    def holds(self, *roles: Role, at: str | None = None) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Visitor(Holder):
    """Someone who is not signed in."""

    @property
    def reference(self) -> str:
        return "visitor"
