"""Every verb of the house (动作), by its name on record: what a timeline calls it, and who may see it."""

from dataclasses import dataclass

from django.utils.functional import Promise

from xiuhua.ground.journal.models import Audience


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb and its words."""

    name: str
    says: str | Promise
    audience: Audience


_verbs: dict[str, Verb] = {}


def register(verb: Verb) -> None:
    """Add a verb; a second one of the same name is a mistake.

    Raises
    ------
    ValueError
        A verb of that name stands already.
    """
    if verb.name in _verbs:
        message = f"verb {verb.name!r} is declared twice"
        raise ValueError(message)
    _verbs[verb.name] = verb


def verbs() -> list[Verb]:
    """All verbs, in the order of their names."""
    return sorted(_verbs.values(), key=lambda verb: verb.name)


def words_for(name: str) -> str:
    """What a verb is called; its name on record where it is known no more."""
    return str(_verbs[name].says) if name in _verbs else name
