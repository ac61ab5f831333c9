"""What a room does when another's verb has happened (接着办): one job an entry, in the same transaction as the entry.

A room that must answer a verb of a room it does not know says so in its ``reactions.py``::

    @reacts_to("projects.finish_project", says=_("告诉提建议的人"))
    def tell_suggesters(*, entry: Entry, actor: Actor) -> None:
        ...                      # calls actions, as the system on behalf of whoever finished the project

The job is in the queue when the entry is on record, and not otherwise. It acts once, however often it is delivered;
what the rules refuse, or what fails, waits for a person (`loose_ends`), who has it done again or lets it be.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.jobs.models import Reacted
from xiuhua.ground.jobs.registry import job
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.jobs.states import REACT
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.journal.models import Entry, Outcome

PART = "reactions"


class Reacts(Protocol):
    """A function that answers an entry of the record."""

    def __call__(self, *, entry: Entry, actor: Actor) -> None: ...


@dataclass(frozen=True, slots=True)
class Reaction:
    """A function by its name, with the verbs that it answers and what people call it."""

    name: str
    verbs: frozenset[str]
    says: str | Promise
    function: Reacts


_reactions: dict[str, Reaction] = {}


def reacts_to(*verbs: str, says: str | Promise) -> Callable[[Reacts], Reacts]:
    """Register a function that answers verbs of other rooms.

    It gets the entry and an actor, the system on behalf of whoever acted, and calls actions within one transaction.

    Parameters
    ----------
    verbs : str
        Names on record; an attempt that was refused is not answered.
    says : lazy string
        What people call it: 告诉提建议的人.

    Raises
    ------
    ValueError
        A function of that room and name stands already.
    """

    def mark(function: Reacts) -> Reacts:
        name = f"{function.__module__}.{function.__name__}".removeprefix("xiuhua.")  # type: ignore[attr-defined]
        if name in _reactions:
            message = f"reaction {name!r} is declared twice"
            raise ValueError(message)
        _reactions[name] = Reaction(name, frozenset(verbs), says, function)
        return function

    return mark


def reactions() -> list[Reaction]:
    """All reactions, in the order of their names."""
    return sorted(_reactions.values(), key=lambda one: one.name)


def words_for(name: str) -> str:
    """What a reaction is called; its name where it is known no more."""
    return str(_reactions[name].says) if name in _reactions else name


def answer(entries: Sequence[Entry]) -> None:
    """Ask for what answers new entries, within their transaction: what the journal calls."""
    for entry in entries:
        if entry.outcome == Outcome.DONE:
            for reaction in _reactions.values():
                if entry.verb in reaction.verbs:
                    ask_for(reaction, entry)


def ask_for(reaction: Reaction, entry: Entry) -> None:
    """Ask once for one answer to one entry."""
    kept, is_new = Reacted.objects.get_or_create(entry=entry, reaction=reaction.name)
    if not is_new:
        return
    args = {"entry": entry.pk, "reaction": reaction.name}
    kept.job = enqueue(actor=System(PART), kind=REACT, path=entry.territory, args=args, title=reaction.says).subject
    kept.save(update_fields=["job"])


def _is_the_system(actor: Actor, **_: object) -> bool:
    return isinstance(actor, System)


@job(REACT, says=_("接着办"), permits=_is_the_system)
def react(running: Running, *, entry: int, reaction: str) -> None:
    """Answer an entry: what is written and the word that it is done commit together."""
    told = Entry.objects.get(pk=entry)
    with running.effect():
        actor = System(PART, behalf=told.behalf or told.actor)
        _reactions[reaction].function(entry=told, actor=actor)
        running.done()
