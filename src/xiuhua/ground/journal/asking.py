"""Who asks for a page, and that some are turned away."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from xiuhua.ground.journal.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def require(allowed: bool) -> None:
    """Turn away whoever may not.

    Raises
    ------
    PermissionDenied
        They may not.
    """
    if not allowed:
        raise PermissionDenied
