"""Views of a list that a reader has named: the filters and the order, kept as an address.

They lie in the reader's session until a room above keeps them with the person::

    saved.kept_by(PreferencesOfUser())
"""

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict

from xiuhua.ground.ui.lists import sought

SESSION_KEY = "list_views"
MOST = 12
"""Views a list."""
LONGEST_NAME, LONGEST_QUERY = 24, 400
NOT_KEPT = (sought.TOKEN, "page", "export")


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named address of a list."""

    name: str
    query: str


class Keeper(Protocol):
    """Where views are kept: by reader, and by the path of the list."""

    def views(self, request: HttpRequest, path: str) -> list[SavedView]:
        """Views of this reader for the list at `path`, oldest first."""

    def keep(self, request: HttpRequest, path: str, views: list[SavedView]) -> None:
        """Keep these in place of what was kept for the list."""


class SessionKeeper:
    """Views that end with the reader's session."""

    def views(self, request: HttpRequest, path: str) -> list[SavedView]:
        return [SavedView(*pair) for pair in request.session.get(SESSION_KEY, {}).get(path, [])]

    def keep(self, request: HttpRequest, path: str, views: list[SavedView]) -> None:
        kept = {**request.session.get(SESSION_KEY, {}), path: [(view.name, view.query) for view in views]}
        request.session[SESSION_KEY] = {path: views for path, views in kept.items() if views}


_keepers: list[Keeper] = [SessionKeeper()]


def kept_by(keeper: Keeper) -> None:
    """Let `keeper` keep the views, in place of the session."""
    _keepers[:] = [keeper]


@dataclass(frozen=True, slots=True)
class Views:
    """What the list page draws: the views, which one is on, and whether what is on screen could be named."""

    all: list[SavedView]
    current: str
    can_keep: bool


def views_of(request: HttpRequest) -> Views | None:
    """Views for the list that is asked for; None for who did not sign in."""
    if not hasattr(request, "session") or not getattr(getattr(request, "user", None), "is_authenticated", False):
        return None
    found = _keepers[0].views(request, request.path)
    query = _kept_part(request.GET)
    current = next((view.name for view in found if view.query == query), "")
    return Views(found, current, bool(query) and not current and len(found) < MOST)


def keep(request: HttpRequest, address: str, name: str) -> None:
    """Keep the filters and the order of an address under a name; the same name again replaces it."""
    parts = urlsplit(address)
    name, query = name.strip()[:LONGEST_NAME], _kept_part(QueryDict(parts.query))
    if not name or not query or len(query) > LONGEST_QUERY:
        return
    others = [view for view in _keepers[0].views(request, parts.path) if view.name != name]
    _keepers[0].keep(request, parts.path, [*others, SavedView(name, query)][-MOST:])


def drop(request: HttpRequest, address: str, name: str) -> None:
    """Forget a view."""
    path = urlsplit(address).path
    left = [view for view in _keepers[0].views(request, path) if view.name != name]
    _keepers[0].keep(request, path, left)


def _kept_part(asked: QueryDict) -> str:
    return urlencode(sorted((name, value) for name, value in asked.items() if name not in NOT_KEPT and value))
