"""我家电梯: the stairwell's page, what belongs to it, and what there is for those whose stairwell has none yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import signed_in
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import subdistricts
from xiuhua.ground.ui.phone import STAFF, Cell, kind_of
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import (
    queries_build,
    queries_dossiers,
    queries_own,
    queries_shares,
    queries_votes,
    share_words,
    words,
)
from xiuhua.programmes.lifts.models import Centre, Fault, Limit, Paper, Question
from xiuhua.programmes.lifts.own import told, told_votes
from xiuhua.programmes.lifts.own.asked import resident_of, standing_or_404, standings_of
from xiuhua.programmes.lifts.queries_own import OwnShare, Standing
from xiuhua.programmes.lifts.words import on_day


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own stairwell; for who has none yet, what one can do."""
    standings = standings_of(request)
    if standings and standings[0].dossier.state != "waiting":
        return _page(request, standings[0])
    return render(request, "lifts/own/none.html", _without(request, standings))


@never_cache
@signed_in
@require_safe
def stairwell(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the stairwells that one has to do with."""
    return _page(request, standing_or_404(request, pk))


@never_cache
@signed_in
@require_safe
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """怎么算的: what one's own flat pays, in words and beside the other floors."""
    standing = standing_or_404(request, pk)
    shares = queries_own.shares_of(standing)
    book = words.book(standing.dossier.path)
    context = {
        "standing": standing,
        "shares": [_explained(one) for one in shares],
        "money": book.money,
        "plan": queries_shares.plan_of(shares[0].line.scheme) if shares and shares[0].is_settled else [],
        "settled": bool(shares) and shares[0].is_settled,
    }
    return render(request, "lifts/own/share.html", context)


@never_cache
@signed_in
@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """文件: what residents may read, the newest version of each."""
    standing = standing_or_404(request, pk)
    return render(request, "lifts/own/papers.html", {"standing": standing, "papers": _papers(standing)})


@never_cache
@signed_in
@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """一路走来: what happened, the newest first."""
    standing = standing_or_404(request, pk)
    return render(request, "lifts/own/story.html", {"standing": standing, "cells": told.story(standing.dossier)})


def opens(request: HttpRequest, file: StoredFile) -> bool:
    """Whether a file belongs to a paper that the residents of a stairwell may read, and the reader is one of them."""
    paper = Paper.objects.filter(pk=file.subject_id, for_residents=True).first()
    return paper is not None and any(one.dossier.pk == paper.dossier_id for one in standings_of(request))


def _page(request: HttpRequest, standing: Standing) -> HttpResponse:
    dossier = standing.dossier
    unit = queries_build.unit_of(dossier) if dossier.state == "running" else None
    result = told.last_result(dossier)
    context = {
        "standing": standing,
        "dossier": dossier,
        "others": [one for one in standings_of(request) if one.dossier.pk != dossier.pk],
        "line": told.stage_line(dossier),
        "knots": told.knots(dossier),
        "ahead": told.ahead(dossier) if dossier.stairwell.lift_suitable is not False else None,
        "finish": queries_build.planned_finish_of(dossier) if dossier.state == "building" else None,
        "votes": _votes(request, standing),
        "result": told_votes.result_of(result, found)
        if result is not None and (found := queries_votes.result(result)) is not None
        else None,
        "result_vote": result,
        "shares": queries_own.shares_of(standing),
        "notice": told.hanging_notice(dossier),
        "unit": unit,
        "faults": list(Fault.objects.filter(lift=unit).open()) if unit else [],
        "upkeep": queries_build.upkeep_of(unit, today()) if unit else None,
        "account": told.account_of(dossier),
        "helpers": told.helpers(dossier),
        "centres": queries_own.centres_for(dossier.path),
        "cells": _cells(request, standing),
    }
    return render(request, "lifts/own/stairwell.html", context)


def _votes(request: HttpRequest, standing: Standing) -> list[dict[str, Any]]:
    """The vote that is open, with what the reader can do in it."""
    user = resident_of(request)
    vote = queries_votes.newest_vote(standing.dossier)
    if vote is None or not vote.is_open or user is None:
        return []
    own = queries_votes.castables(user, vote)
    return [
        {
            "vote": vote,
            "running": queries_votes.is_running(vote),
            "left": told.days_left(vote),
            "closing": queries_votes.closing_words(vote),
            "taking_part": told_votes.taking_part(vote),
            "own": own,
            "open_to": [one for one in own if one.ballot is None],
        }
    ]


def _cells(request: HttpRequest, standing: Standing) -> list[Cell]:
    """Pages that belong to the stairwell."""
    user, dossier = resident_of(request), standing.dossier
    papers = _papers(standing)
    asked = queries_own.asked_by(user).filter(stairwell=dossier.stairwell_id) if user else Question.objects.none()
    waiting = sum(one.answered_at is None for one in asked)
    told_waiting = _("%(count)s 个在等答复") % {"count": waiting} if waiting else _("写给专员，答复会告诉您")
    cells = [
        Cell(_("问一句"), told_waiting, _url("ask", dossier.pk), "i-messages"),
        Cell(_("文件"), _("图纸、协议、表决结果"), _url("papers", dossier.pk), "i-file-text", str(len(papers) or "")),
        Cell(_("一路走来"), _("从征询到今天"), _url("story", dossier.pk), "i-route"),
    ]
    vote = queries_votes.closed_vote(dossier)
    if vote is not None and not vote.archived and dossier.state not in told.VOTED_ABOUT:
        url = reverse("own_lift:result", args=[vote.pk])
        cells.append(Cell(_("表决结果"), _("核对表，凭回执核对"), url, "i-checklist"))
    if standing.owners and dossier.state in ("consulting", "designing"):
        flats = [row.pk for owner in standing.owners for row in owner.flats.all()]
        said = Limit.objects.filter(flat__in=flats).exists()
        line = _("已经封存，谁也看不到") if said else _("说一个数，谁也看不到")
        cells.append(Cell(_("心里价位"), line, _url("limit", dossier.pk), "i-lock"))
    if standing.owners:
        cells.append(Cell(_("请家人代办"), _("投票、看进度，随时可以收回"), _url("mandates", dossier.pk), "i-users"))
    return cells


def _papers(standing: Standing) -> list[queries_dossiers.Filed]:
    rows = [one for one in queries_dossiers.newest_papers(standing.dossier) if one.for_residents]
    return queries_dossiers.with_files(rows)


def _explained(one: OwnShare) -> dict[str, Any]:
    """A share with how it came about and the floors beside it."""
    lines = queries_shares.lines_of(one.line.scheme)
    floors = queries_shares.floor_table(one.line.scheme)
    most = max((row.percent for row in floors), default=0) or 1
    return {
        "share": one,
        "amount": share_words.exact_yuan(one.line.due_fen),
        "sentences": told_votes.how_it_came(one.line, lines),
        "floors": [
            {
                "floor": row.floor,
                "percent": share_words.percent(row.percent),
                "part": row.percent / most,
                "amount": share_words.yuan(row.amount_fen),
                "own": row.floor == one.flat.floor,
            }
            for row in floors
        ],
        "balance": queries_shares.balance_of(one.flat) if one.is_settled else None,
    }


def _without(request: HttpRequest, standings: list[Standing]) -> dict[str, Any]:
    """What is told where nothing is under way: at one's own door, and whom to ask."""
    user = resident_of(request)
    home = queries_own.home_of(user) if user else None
    here = home.stairwell if home else standings[0].dossier.stairwell if standings else None
    dossier = standings[0].dossier if standings else None
    suitable = here.lift_suitable if here else None
    wishes = queries_own.asked_by(user).filter(stairwell=here, kind=Question.Kind.WISH) if user and here else []
    path = here.path if here else ""
    return {
        "here": here,
        "dossier": dossier,
        "suitable": suitable,
        "against": told.figures_against(dossier, path) if suitable is False else [],
        "wished": next((on_day(one.asked_at.date()) for one in wishes), ""),
        "centres": queries_own.centres_for(path) if path else _centres_of_everybody(request),
        "bound": home is not None,
        "resident": user is not None,
        "others": standings[1:],
    }


def _centres_of_everybody(request: HttpRequest) -> list[Centre]:
    """Every open centre, where there is one subdistrict only; to staff those of their own places."""
    if kind_of(request) == STAFF:
        return list(queries_dossiers.centres(actor_of(request)).filter(closed_on__isnull=True))
    return queries_own.open_centres() if len(subdistricts()) == 1 else []


def _url(name: str, pk: int) -> str:
    return reverse(f"own_lift:{name}", args=[pk])
