"""The same request twice is one act (幂等): a key that comes with a request, and the answer kept under it."""

import dataclasses
import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from shapely import Geometry, to_wkb

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Answer
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_KEY = re.compile(r"[\x21-\x7e]{1,80}")
_key: ContextVar[str | None] = ContextVar("idempotency_key", default=None)
_NO_PART_OF_THE_BODY = {"actor", "progress", "circumstances"}
"""Arguments that say nothing of what was asked for; `circumstances` are of one sending: from where, by which clock."""


@contextmanager
def idempotency_key(key: str | None) -> Iterator[None]:
    """Let actions within the block answer again what they answered before under the same key; None leaves it off.

    Raises
    ------
    Refused
        The key is not 1 to 80 visible ASCII characters.
    """
    before = _key.get()
    take_key(key)
    try:
        yield
    finally:
        _key.set(before)


def take_key(key: str | None) -> None:
    """Set the key for what follows: for a middleware, whose request is no block.

    Raises
    ------
    Refused
        The key is not 1 to 80 visible ASCII characters.
    """
    if key is not None and not _KEY.fullmatch(key):
        raise Refused(
            Reason(_("请求编号不对"), field="Idempotency-Key", mend=_("请用 1 到 80 个可见的英文字符，例如一个 UUID"))
        )
    _key.set(key)


def current_key() -> str | None:
    """Key of the request at hand, if it has one."""
    return _key.get()


@contextmanager
def without_key() -> Iterator[None]:
    """Within an action, the actions that it calls answer for themselves."""
    token = _key.set(None)
    try:
        yield
    finally:
        _key.reset(token)


def hold(verb: str, actor: Actor, key: str) -> None:
    """Let the same request, sent twice at once, wait for itself. SQLite's writers queue anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{actor.reference}|{verb}|{key}"])


def kept_answer(verb: str, actor: Actor, key: str, body: str) -> Answer | None:
    """What was answered to this request before, if it was.

    Raises
    ------
    Refused
        The key came before with another body.
    """
    answer = Answer.objects.filter(actor=actor.reference, verb=verb, key=key).first()
    if answer is not None and answer.body != body:
        raise Refused(
            Reason(
                _("这张表已经交过一次，内容和这次不一样"),
                field="Idempotency-Key",
                mend=_("上一次的已经办好；要再办一件，请重新打开这一页再填"),
            )
        )
    return answer


def keep_answer(
    verb: str, actor: Actor, key: str, body: str, *, subject: models.Model, facts: Mapping[str, Any]
) -> None:
    """Keep an answer, within the transaction of what it answers."""
    Answer.objects.create(
        actor=actor.reference,
        verb=verb,
        key=key,
        body=body,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        facts=json.loads(json.dumps(dict(facts), cls=DjangoJSONEncoder)),
        at=now(),
    )


def subject_of(answer: Answer) -> models.Model:
    """The row that an answer was about, as it is now."""
    subject: models.Model = apps.get_model(answer.subject_type)._base_manager.get(pk=answer.subject_id)
    return subject


def body_of(arguments: Mapping[str, Any]) -> str:
    """Keyed digest of what was asked for: the same arguments give the same one, and it tells nothing about them."""
    told = {name: value for name, value in arguments.items() if name not in _NO_PART_OF_THE_BODY}
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, default=_plain)
    ring = keyring()
    return hmac.new(ring.key("answers", ring.ids[-1]), written.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return reference_of(value)
    if isinstance(value, Geometry):
        return to_wkb(value, hex=True)
    if isinstance(value, bytes | bytearray | memoryview):
        return hashlib.sha256(value).hexdigest()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, models.QuerySet | tuple | list):
        return list(value)
    if isinstance(value, Fraction):
        return str(value)
    return DjangoJSONEncoder().default(value)
