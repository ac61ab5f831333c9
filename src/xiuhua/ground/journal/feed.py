"""The live feed (实时动态): what happens, as server-sent events, each reader getting what they may see.

It polls the journal, so that it works with either database and any number of web processes. WHATWG HTML, §9.2.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.queries import happened_for
from xiuhua.ground.journal.verbs import words_for

SECONDS_BETWEEN_LOOKS = 2.0
OVERLAP = timedelta(seconds=20)
"""How far back each look goes, since an entry may be committed after a later one of another subdistrict."""
AT_MOST = 100


def feed(request: HttpRequest) -> HttpResponseBase:
    """Answer with a stream of events, or with a list where JSON is asked for (``?since=`` the last number seen)."""
    actor = actor_of(request)
    after = _number(request.headers.get("Last-Event-ID") or request.GET.get("since", ""))
    if "text/event-stream" not in request.headers.get("Accept", ""):
        entries = [_told(entry) for entry in _after(actor, after)]
        return JsonResponse({"last": max([entry["id"] for entry in entries], default=after), "entries": entries})
    stream = _Stream(actor.reference, request.session.session_key or "", after)
    response = StreamingHttpResponse(stream.events(), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["Content-Encoding"] = "identity"  # packed, an event would wait until many more had come
    return response


class _Stream:
    """One reader's stream: their account, roles and session are asked for anew at each look."""

    def __init__(self, reference: str, session_key: str, after: int | None) -> None:
        self.reference, self.session_key, self.after = reference, session_key, after
        self.seen: set[int] | None = None

    async def events(self) -> AsyncIterator[str]:
        yield f"retry: {int(SECONDS_BETWEEN_LOOKS * 1000)}\n\n"
        while (entries := await sync_to_async(self._look)()) is not None:
            for entry in entries:
                yield f"id: {entry['id']}\ndata: {json.dumps(entry, ensure_ascii=False)}\n\n"
            yield ": still here\n\n"
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        yield "event: closed\ndata: {}\n\n"

    def _look(self) -> list[dict[str, Any]] | None:
        """What is new for the reader; None when they have signed out or may no longer sign in."""
        try:
            actor = self._reader()
            return None if actor is None else [_told(entry) for entry in self._news(actor)]
        finally:
            close_old_connections()

    def _reader(self) -> Actor | None:
        if not SessionStore().exists(self.session_key):
            return None
        found: Any = get_user_model()._default_manager.filter(pk=self.reference.partition(":")[2], is_active=True)
        reader: Actor | None = found.first()
        return reader

    def _news(self, actor: Actor) -> list[Entry]:
        recent = happened_for(actor).filter(at__gte=now() - OVERLAP)
        if self.seen is None:
            self.seen = set(recent.values_list("pk", flat=True))
            return _after(actor, self.after) if self.after is not None else []
        news = list(recent.exclude(pk__in=self.seen)[:AT_MOST])
        self.seen = set(sorted(self.seen | {entry.pk for entry in news})[-10 * AT_MOST :])
        return news


def _after(actor: Actor, after: int | None) -> list[Entry]:
    rows = happened_for(actor)
    recent = rows.filter(at__gte=now() - OVERLAP) if after is None else rows.filter(pk__gt=after)
    return list(recent[:AT_MOST])


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "at": entry.at.isoformat(),
        "verb": entry.verb,
        "says": words_for(entry.verb),
        "subject": f"{entry.subject_type}:{entry.subject_id}",
        "territory": entry.territory,
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() and len(text) < 19 else None
