"""Who may take a file away."""

from typing import Any

from django.apps import apps

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Role


def may_remove(actor: Actor, *, file: StoredFile, **_: object) -> bool:
    """Whoever works where it belongs and sees what it belongs to."""
    if not actor.holds(*Role, at=file.path):
        return False
    rows: Any = apps.get_model(file.subject_type)._default_manager.all()
    return hasattr(rows, "visible_to") and rows.visible_to(actor).filter(pk=file.subject_id).exists()
