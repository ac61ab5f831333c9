"""Refused acts (被拒的尝试): on record although the transaction that held them rolled back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, models

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.guard import acting
from xiuhua.ground.journal.models import Audience, Outcome
from xiuhua.ground.journal.record import Happening, put_on_record, territory_of
from xiuhua.ground.verdicts import Refused

_waiting: ContextVar[tuple[Happening, ...]] = ContextVar("attempts", default=())
_MARK = "_on_record"


def note(verb: str, actor: Actor, error: Exception, arguments: Mapping[str, Any]) -> None:
    """Put a refused act on record, at once or as soon as the transaction around it has ended; an error only once."""
    if is_on_record(error):
        return
    setattr(error, _MARK, True)
    others = (value for name, value in arguments.items() if name != "actor")
    subject = next((value for value in others if isinstance(value, models.Model)), None)
    record_refusal(verb, actor, subject=subject, facts=_why(error), said=str(error))


def is_on_record(error: Exception) -> bool:
    """Whether what went wrong was put on record where it was raised."""
    return bool(getattr(error, _MARK, False))


def record_refusal(
    verb: str,
    actor: Actor,
    *,
    subject: models.Model | None = None,
    territory: str = "",
    facts: Mapping[str, Any] | None = None,
    said: str = "",
) -> None:
    """Put on record that something was tried and refused; what was said may name people and is sealed."""
    saved = subject if subject is not None and subject.pk is not None else None
    happening = Happening(
        verb=verb,
        actor=actor,
        subject=saved,
        territory=territory or territory_of(saved) or _home_of(actor),
        audience=Audience.OFFICE,
        outcome=Outcome.REFUSED,
        facts=facts or {},
        sealed={"said": said} if said else {},
    )
    _waiting.set((*_waiting.get(), happening))
    write_waiting()


def write_waiting() -> None:
    """Put on record what was refused within a transaction that has ended since; nothing while one is open."""
    if not _waiting.get() or _in_transaction():
        return
    happenings = _waiting.get()
    _waiting.set(())
    with acting():
        put_on_record(*happenings)


@contextmanager
def written_in_the_end() -> Iterator[None]:
    """Put on record what is refused within the block once it has ended: for acts that share one transaction."""
    try:
        yield
    finally:
        write_waiting()


def _in_transaction() -> bool:
    """Whether a transaction is open that may yet roll back; the one around a test case does not count."""
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def _why(error: Exception) -> dict[str, Any]:
    if isinstance(error, Refused):
        return {"why": "rule", "fields": [reason.field for reason in error.reasons if reason.field]}
    return {"why": "permission" if isinstance(error, PermissionDenied) else type(error).__name__}


def _home_of(actor: Actor) -> str:
    return actor.grants[0].path if actor.grants else ""
