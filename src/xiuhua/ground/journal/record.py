"""How an entry comes on record: numbered, chained, its personal values sealed beside it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from xiuhua.ground.clock import now
from xiuhua.ground.journal import chain, heads, unchanged
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Audience, Chain, Entry, Outcome
from xiuhua.ground.journal.values import sealed_values
from xiuhua.ground.scope.paths import subdistrict_of


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to go on record; `sealed` are personal values, about `subject` unless `about` names someone else."""

    verb: str
    actor: Actor
    subject: models.Model | None = None
    territory: str = ""
    audience: Audience = Audience.STAFF
    outcome: Outcome = Outcome.DONE
    facts: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""


_listeners: list[Callable[[Sequence[Entry]], None]] = []


def told_to(listener: Callable[[Sequence[Entry]], None]) -> None:
    """Let a room above hear of new entries, within the transaction that they are written in."""
    _listeners.append(listener)


def reference_of(subject: models.Model) -> str:
    """How a row is named on record: its table's label and its number."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def territory_of(subject: models.Model | None) -> str:
    """Territory path of a row: its own ``path``, or what its ``territory_path`` says."""
    return str(getattr(subject, "territory_path", None) or getattr(subject, "path", "") or "")


def put_on_record(*happenings: Happening) -> list[Entry]:
    """Write entries, within the transaction of what they tell of. Locks each chain, so call it last."""
    with transaction.atomic():
        entries = [_written(happening) for happening in happenings]
        for tell in _listeners:
            tell(entries)
        return entries


def _written(happening: Happening) -> Entry:
    subject = happening.subject
    entry = Entry(
        chain=subdistrict_of(happening.territory),
        at=now(),
        verb=happening.verb,
        actor=happening.actor.reference,
        behalf=getattr(happening.actor, "behalf", ""),
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        territory=happening.territory,
        audience=happening.audience,
        outcome=happening.outcome,
        facts=json.loads(json.dumps(dict(happening.facts), cls=DjangoJSONEncoder)),
    )
    about = happening.about or (reference_of(subject) if subject is not None else happening.actor.reference)
    sealed = sealed_values(entry, about, happening.sealed) if happening.sealed else None
    entry.sealed_digest = chain.digest_of(sealed.token) if sealed else ""
    _append(entry)
    if sealed is not None:
        sealed.entry = entry
        sealed.save(force_insert=True)
    return entry


def _append(entry: Entry) -> None:
    chains = Chain.objects.select_for_update().filter(name=entry.chain)
    head = chains.first()
    if head is None:
        Chain.objects.get_or_create(name=entry.chain, defaults={"mac": chain.START})
        head = chains.get()
    entry.number = head.number + 1
    entry.mac = chain.link(entry.content(), head.mac)
    entry.save(force_insert=True)
    head.number, head.mac = entry.number, entry.mac
    head.save(update_fields=["number", "mac"])
    unchanged.look_again()
    transaction.on_commit(lambda: heads.keep(entry.chain, entry.number, entry.mac))
