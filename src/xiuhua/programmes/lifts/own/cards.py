"""What the phone's home page tells of one's lift: a vote that is open, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.clock import now
from xiuhua.ground.ui.phone import Card, Cell
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries_votes
from xiuhua.programmes.lifts.models import Fault
from xiuhua.programmes.lifts.own import told, told_votes
from xiuhua.programmes.lifts.own.asked import resident_of, standings_of

RESULT_IS_NEWS = timedelta(days=7)
"""How long the home page says that a vote was counted."""

FEW = 2
"""Stairwells that the home page has a line for."""


def vote_card(request: HttpRequest) -> Card | None:
    """A vote in which one can still cast, asked for once a request."""
    if not hasattr(request, "own_lift_card"):
        request.own_lift_card = _vote_card(request)  # type: ignore[attr-defined]
    card: Card | None = request.own_lift_card  # type: ignore[attr-defined]
    return card


def _vote_card(request: HttpRequest) -> Card | None:
    user = resident_of(request)
    if user is None:
        return None
    for vote in queries_votes.votes_open_for(user):
        own = queries_votes.castables(user, vote) if queries_votes.is_running(vote) else []
        if any(one.ballot is None for one in own):
            context = {
                "vote": vote,
                "line": told.step_words(vote.dossier),
                "left": told.days_left(vote),
                "taking_part": told_votes.taking_part(vote),
                "for_other": own[0].mandate.owner.name if own[0].mandate else "",
            }
            return Card("lifts/own/vote_card.html", context)
    return None


def result_card(request: HttpRequest) -> Card | None:
    """A vote of one's stairwell that has just been counted."""
    for standing in standings_of(request):
        vote = queries_votes.closed_vote(standing.dossier)
        found = queries_votes.result(vote) if vote is not None and not vote.archived else None
        if vote is not None and found is not None and vote.closes_at + RESULT_IS_NEWS > now():
            return Card("lifts/own/result_card.html", {"vote": vote, "sums": told_votes.result_of(vote, found)["sums"]})
    return None


def home_cells(request: HttpRequest) -> Iterable[Cell]:
    """How far one's lift is, in a line."""
    found, card = [], vote_card(request)
    for standing in standings_of(request)[:FEW]:
        dossier = standing.dossier
        if dossier.state == "waiting" or (card is not None and card.context["vote"].dossier_id == dossier.pk):
            continue
        line = told.stage_line(dossier)
        if dossier.state == "running" and Fault.objects.filter(lift__dossier=dossier).open().exists():
            line = _("电梯报修了，在等人修")
        url = reverse("own_lift:stairwell", args=[dossier.pk])
        found.append(Cell(_("我家电梯"), line, url, "i-elevator"))
    return found
