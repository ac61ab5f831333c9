"""The only way to change state: a function marked `action`.

It asks whether the actor may, runs in one transaction, and writes one journal entry inside it, so that either both the
change and its record are there or neither is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Audience, Entry

Subject = TypeVar("Subject", bound=models.Model)
Arguments = ParamSpec("Arguments")
Permit = Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Done(Generic[Subject]):
    """What an action answers: its subject, and what is worth recording besides (counts, identifiers, field names)."""

    subject: Subject
    facts: Mapping[str, Any] = field(default_factory=dict)


def action(
    verb: str, *, permits: Permit, audience: Audience = Audience.STAFF
) -> Callable[[Callable[Arguments, Done[Subject]]], Callable[Arguments, Done[Subject]]]:
    """Mark a function as a verb: permission, one transaction, one journal entry.

    Parameters
    ----------
    verb : str
        Name on record, ``programme.verb``.
    permits : callable
        Gets every argument of the call; says whether this actor may.
    audience : Audience
        Who may see in timelines and feeds that it happened.

    Raises
    ------
    PermissionDenied
        By the marked function, when the actor may not.
    Refused
        By the marked function, when the rules say no; nothing was changed then.
    """

    def mark(function: Callable[Arguments, Done[Subject]]) -> Callable[Arguments, Done[Subject]]:
        @wraps(function)
        def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Done[Subject]:
            if not permits(**kwargs):
                raise PermissionDenied(verb)
            with transaction.atomic():
                done = function(*args, **kwargs)
                _record(verb, cast(Actor, kwargs["actor"]), audience, done)
            return done

        return run

    return mark


def _record(verb: str, actor: Actor, audience: Audience, done: Done[Any]) -> None:
    subject = done.subject
    Entry.objects.create(
        at=now(),
        verb=verb,
        actor=actor.reference,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        territory=getattr(subject, "path", ""),
        audience=audience,
        facts=dict(done.facts),
    )
