"""The only way to change state: a function marked `action`.

It asks whether the actor may, runs in one transaction, and writes its journal entry inside it, so that either both the
change and its record are there or neither is. A refusal rolls the change back and is itself put on record. The same
request sent twice is one act (`answers`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise

from xiuhua.ground.journal import answers, attempts
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.answers import idempotency_key
from xiuhua.ground.journal.guard import acting
from xiuhua.ground.journal.models import Audience
from xiuhua.ground.journal.record import Happening, put_on_record, territory_of
from xiuhua.ground.journal.verbs import Verb, register
from xiuhua.ground.verdicts import Refused

__all__ = ["Audience", "Done", "action", "idempotency_key", "locked"]

Subject = TypeVar("Subject", bound=models.Model)
Row = TypeVar("Row", bound=models.Model)
Arguments = ParamSpec("Arguments")
Permit = Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Done(Generic[Subject]):
    """What an action answers.

    Parameters
    ----------
    subject : Model
        The row that the verb is about.
    facts : mapping
        What is worth recording besides: identifiers, counts, names of fields. Open to everyone who sees the entry.
    sealed : mapping
        Personal values and free text (``{"phone": [old, new]}``): sealed, and gone when the person is erased.
    about : str
        Reference of the person whose values they are, where it is not the subject.
    spread : mapping
        For a verb that reaches over many committees: facts by territory path, one entry each.
    audience : Audience, optional
        Who may see that it happened, where that hangs on the case and not on the verb alone.
    """

    subject: Subject
    facts: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    spread: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    audience: Audience | None = None


def action(
    verb: str, *, says: str | Promise, permits: Permit, audience: Audience = Audience.STAFF, shows: bool = False
) -> Callable[[Callable[Arguments, Done[Subject]]], Callable[Arguments, Done[Subject]]]:
    """Mark a function as a verb: permission, one transaction, one journal entry, once a request.

    Parameters
    ----------
    verb : str
        Name on record, ``programme.verb``.
    says : str or lazy string
        What a timeline calls it (登记走访).
    permits : callable
        Gets every argument of the call; says whether this actor may.
    audience : Audience
        Who may see in timelines and feeds that it happened.
    shows : bool
        What it hands over is personal or goes away: each call is an act on record, also one that repeats a request.

    Raises
    ------
    PermissionDenied
        By the marked function, when the actor may not.
    Refused
        By the marked function, when the rules say no, or when the request's key came before with another body.
    """
    register(Verb(verb, says, audience))

    def mark(function: Callable[Arguments, Done[Subject]]) -> Callable[Arguments, Done[Subject]]:
        @wraps(function)
        def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Done[Subject]:
            actor = cast(Actor, kwargs["actor"])
            with attempts.written_in_the_end():
                try:
                    if not permits(**kwargs):
                        raise PermissionDenied
                    key = None if shows else answers.current_key()
                    return _once(verb, actor, audience, kwargs, lambda: function(*args, **kwargs), key)
                except (PermissionDenied, Refused) as error:
                    attempts.note(verb, actor, error, kwargs)
                    raise

        return run

    return mark


def locked(row: Row) -> Row:
    """The row as it is now, held against other writers until the transaction ends.

    A verb that reads a row and then decides on it takes it so first.
    """
    manager: Any = row.__class__._base_manager  # a lazy `request.user` says its class by this alone
    held: Row = manager.select_for_update().get(pk=row.pk)
    return held


def _once(
    verb: str,
    actor: Actor,
    audience: Audience,
    arguments: Mapping[str, Any],
    act: Callable[[], Done[Subject]],
    key: str | None,
) -> Done[Subject]:
    with transaction.atomic(), acting(), answers.without_key():
        body = answers.body_of(arguments) if key else ""
        if key:
            answers.hold(verb, actor, key)
            if kept := answers.kept_answer(verb, actor, key, body):
                return Done(cast(Subject, answers.subject_of(kept)), kept.facts)
        done = act()
        if key:
            answers.keep_answer(verb, actor, key, body, subject=done.subject, facts=done.facts)
        put_on_record(*_happenings(verb, actor, audience, done))
    return done


def _happenings(verb: str, actor: Actor, audience: Audience, done: Done[Any]) -> list[Happening]:
    def happening(territory: str, facts: Mapping[str, Any], sealed: Mapping[str, Any]) -> Happening:
        return Happening(
            verb,
            actor,
            done.subject,
            territory,
            done.audience or audience,
            facts=facts,
            sealed=sealed,
            about=done.about,
        )

    if not done.spread:
        return [happening(territory_of(done.subject), done.facts, done.sealed)]
    return [happening(path, {**done.facts, **facts}, {}) for path, facts in sorted(done.spread.items())]
