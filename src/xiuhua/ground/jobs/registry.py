"""What can be done at length (任务种类): each kind by its name, registered by the room that does it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.utils.functional import Promise

from xiuhua.ground.jobs.timing import LONGEST, USUAL
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Role

if TYPE_CHECKING:
    from xiuhua.ground.jobs.running import Running

Arguments = ParamSpec("Arguments")
Permit = Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its words, its function, who may ask for it, how long it may take, when it comes by itself."""

    name: str
    says: str | Promise
    function: Callable[..., None]
    permits: Permit
    longest: timedelta
    cron: str = ""
    announced: bool = True

    def check(self, args: dict[str, Any]) -> None:
        """Raise TypeError where the function does not take these arguments."""
        inspect.signature(self.function).bind(None, **args)


_kinds: dict[str, Kind] = {}


def holds_a_role_there(actor: Actor, *, path: str, **_: object) -> bool:
    """Whoever holds a role at the place that the job is about, or above it; the system itself everywhere."""
    return actor.holds(*Role, at=path)


def job(
    name: str,
    *,
    says: str | Promise,
    permits: Permit = holds_a_role_there,
    longest: timedelta = USUAL,
    announced: bool = True,
) -> Callable[[Callable[Concatenate["Running", Arguments], None]], Callable[Concatenate["Running", Arguments], None]]:
    """Register a function as a kind of job.

    The function gets a `Running` and, by name, the arguments that the job was asked with: JSON values, such as ids;
    never personal data. It may run more than once, when a worker dies, so what it does outside of ``with
    running.effect()`` must bear being done again; it ends with ``running.done()`` inside its last effect.

    Parameters
    ----------
    name : str
        ``room.what``, on record and in the queue.
    says : lazy string
        What people call it: 导入名册.
    permits : callable
        Gets ``actor``, ``path`` and the arguments; says whether this actor may ask for it.
    longest : timedelta
        It is stopped after that.
    announced : bool
        Whether the bell tells whoever asked that it is done; not where what it found waits for them anyway.

    Raises
    ------
    ValueError
        There is such a kind already, or it may take longer than any may.
    """

    def mark(
        function: Callable[Concatenate["Running", Arguments], None],
    ) -> Callable[Concatenate["Running", Arguments], None]:
        _register(Kind(name, says, function, permits, longest, announced=announced))
        return function

    return mark


def periodic(
    cron: str, name: str, *, says: str | Promise, longest: timedelta = USUAL
) -> Callable[[Callable[["Running"], None]], Callable[["Running"], None]]:
    """Register a function without arguments that the system runs by itself, such as every night.

    Parameters
    ----------
    cron : str
        When, in the office's own time zone: ``"15 3 * * *"``.
    name, says, longest
        As for `job`.
    """

    def mark(function: Callable[["Running"], None]) -> Callable[["Running"], None]:
        _register(Kind(name, says, function, holds_a_role_there, longest, cron))
        return function

    return mark


def kind_named(name: str) -> Kind:
    """The kind of that name.

    Raises
    ------
    KeyError
        There is none, or none any more.
    """
    return _kinds[name]


def is_known(name: str) -> bool:
    """Whether there is such a kind."""
    return name in _kinds


def words_for(name: str) -> str:
    """What a kind is called; its name where it is known no more."""
    return str(_kinds[name].says) if name in _kinds else name


def told_elsewhere() -> list[str]:
    """Names of the kinds whose result waits for whoever asked without a word of the job's."""
    return [kind.name for kind in _kinds.values() if not kind.announced]


def kinds() -> list[Kind]:
    """All kinds, in the order of their names."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def _register(kind: Kind) -> None:
    if kind.name in _kinds:
        message = f"job {kind.name!r} is declared twice"
        raise ValueError(message)
    if kind.longest > LONGEST:
        message = f"job {kind.name!r} may take {kind.longest}, more than {LONGEST}"
        raise ValueError(message)
    _kinds[kind.name] = kind
