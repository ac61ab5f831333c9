"""What residents' pages share: who asks, and in what way they have to do with the stairwell that is meant."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.programmes.lifts import queries_own
from xiuhua.programmes.lifts.queries_own import Standing


def resident_of(request: HttpRequest) -> User | None:
    """The resident who is signed in and owes the door nothing; None for visitors and staff."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, User) and actor.kind == Kind.RESIDENT else None


def standings_of(request: HttpRequest) -> list[Standing]:
    """Stairwells that the reader has to do with, asked for once a request."""
    if not hasattr(request, "own_lifts"):
        user = resident_of(request)
        request.own_lifts = queries_own.standings(user) if user else []  # type: ignore[attr-defined]
    found: list[Standing] = request.own_lifts  # type: ignore[attr-defined]
    return found


def standing_or_404(request: HttpRequest, pk: int) -> Standing:
    """In what way the reader has to do with a stairwell.

    Raises
    ------
    Http404
        In none.
    """
    for standing in standings_of(request):
        if standing.dossier.pk == pk:
            return standing
    raise Http404
