"""Who may see a file (谁看得到附件): whoever sees what it belongs to; others where a room opens it, or it is public."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.http import HttpRequest

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of

Opener = Callable[[HttpRequest, StoredFile], bool]
_openers: dict[str, list[Opener]] = {}


def opened_by(label: str, opener: Opener) -> None:
    """Let `opener` open files of one model's rows (``suggestions.suggestion``), as for a follower with a token."""
    _openers.setdefault(label, []).append(opener)


def may_see(request: HttpRequest, file: StoredFile) -> bool:
    """Whether whoever asks may see a file."""
    if file.removed_at is not None:
        return False
    if file.public_at is not None or sees_subject(actor_of(request), file):
        return True
    return any(opens(request, file) for opens in _openers.get(file.subject_type, ()))


def sees_subject(actor: Any, file: StoredFile) -> bool:
    """Whether the row that it belongs to is visible; a model that says nothing of that shows its files to nobody."""
    try:
        rows: Any = apps.get_model(file.subject_type)._default_manager.all()
    except LookupError:
        return False
    if not hasattr(rows, "visible_to"):
        return False
    return bool(rows.visible_to(actor).filter(pk=file.subject_id).exists())
