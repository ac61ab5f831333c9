"""What the search of the top bar finds of suggestions: by number, title, place and masked words."""

from django.http import HttpRequest

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory import hooks
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.lists import Column, Empty, ListPage
from xiuhua.ground.ui.lists.query import any_of
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import lists, queries
from xiuhua.programmes.suggestions.inbox import LIGHT
from xiuhua.programmes.suggestions.models import Suggestion

LOOKUPS = ("number__icontains", "title__icontains", "masked_words__icontains", "place__icontains")
SHOWN = frozenset({"title", "number", "category", "state", "committee", "submitted"})


def register_all() -> None:
    """Let the top bar find them."""
    hooks.searched_by(_suggestions)


def _suggestions(request: HttpRequest, words: list[str]) -> hooks.Kind | None:
    actor = actor_of(request)
    if not actor.sees(Sight.SUGGESTIONS):
        return None
    rows = queries.listed(actor).filter(any_of(words, *LOOKUPS)).defer(*LIGHT)
    return "suggestions:all", ListPage(title=_("建议"), columns=_columns(actor), empty=Empty(_("没有找到建议"))), rows


def _columns(actor: Actor) -> list[Column[Suggestion]]:
    return [column for column in lists.columns(committee_names(actor)) if column.key in SHOWN]
