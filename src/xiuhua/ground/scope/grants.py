"""What a person holds (授权), and the questions that the rest of the house asks of whoever looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role, Sight, sights_of


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a territory path."""

    role: Role
    path: str


class Seer(Protocol):
    """Whoever looks at rows."""

    @property
    def grants(self) -> tuple[Grant, ...]:
        """Roles held now, each at its path."""

    def sees(self, sight: Sight) -> tuple[str, ...]:
        """Paths below which a kind of thing is seen: none where nothing is, ``("",)`` where everything is."""

    def holds(self, *roles: Role, at: str | None = None) -> bool:
        """Whether one of the roles is held at a path or above it; anywhere, where no path is given."""


class Holder:
    """Answers a `Seer`'s questions from its grants."""

    @property
    def grants(self) -> tuple[Grant, ...]:
        return ()

    def sees(self, sight: Sight) -> tuple[str, ...]:
        return topmost(grant.path for grant in self.grants if sight in sights_of(grant.role))

    def holds(self, *roles: Role, at: str | None = None) -> bool:
        return any(grant.role in roles and (at is None or within(at, grant.path)) for grant in self.grants)


def topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that lie below no other of them, in order, each once."""
    found: list[str] = []
    for path in sorted(set(paths)):
        if not found or not within(path, found[-1]):
            found.append(path)
    return tuple(found)
