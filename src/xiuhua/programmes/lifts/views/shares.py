"""The meeting about shares (分摊): the page, what it works out anew, drafts kept and settled, limits sealed."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.ui.objects import Part, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, queries, queries_shares
from xiuhua.programmes.lifts.forms.shares import MOST_BESIDE, AdoptForm, Asked, LimitForm, asked_of
from xiuhua.programmes.lifts.models import Dossier, Flat, Scheme
from xiuhua.programmes.lifts.rules.shares import SPLIT_WITHIN, WITH_INPUTS
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import shares as screen
from xiuhua.programmes.lifts.screens.drafts import drafts_shown
from xiuhua.programmes.lifts.screens.shares_card import sees_rooms
from xiuhua.programmes.lifts.views.asked import act_at_once, ask, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def shares(request: HttpRequest, pk: int) -> HttpResponse:
    """Work out shares at a meeting; also without scripts."""
    dossier = dossier_or_404(request, pk)
    homes, figures = queries_shares.homes_of(dossier), queries_shares.figures_of(dossier)
    asked = asked_of(request.GET, dossier, homes, figures)
    board = screen.board_of(dossier, homes, asked, rooms=_sees_rooms(request, dossier))
    may_work = permits.may_work(actor_of(request), dossier=dossier)
    return head.page_of(
        request,
        dossier,
        acts=(),
        aside=_aside(request, dossier, asked, may_work=may_work),
        template="lifts/shares/meeting.html",
        extra={
            "board": board,
            "asked": asked,
            "rows": _rows(board, _inputs(dossier, asked)),
            "compared": _compared(board),
            "doors": screen.doors_of(board["floors"]),
            "subsidy_words": screen.subsidy_words(dossier),
            "ways": [(value, words, value == asked.choice.kind) for value, words in Scheme.Kind.choices],
            "split_within": sorted(SPLIT_WITHIN),
            "with_inputs": sorted(WITH_INPUTS),
            "money": queries_shares.book_of(dossier).money,
            "most_beside": MOST_BESIDE,
            "can_stand_beside": _can_stand_beside(dossier, asked),
        },
    ).respond(request)


@require_safe
@sight_required(Sight.LIFTS)
def try_shares(request: HttpRequest, pk: int) -> JsonResponse:
    """Work out shares anew, for the page's script."""
    dossier = dossier_or_404(request, pk)
    homes, figures = queries_shares.homes_of(dossier), queries_shares.figures_of(dossier)
    asked = asked_of(request.GET, dossier, homes, figures)
    response = JsonResponse(screen.board_of(dossier, homes, asked, rooms=_sees_rooms(request, dossier)))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@sight_required(Sight.OWNERS)
def draft_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what stands on the page as the next draft."""
    dossier = dossier_or_404(request, pk)
    require(permits.may_work(actor_of(request), dossier=dossier))
    query = QueryDict(request.POST.get("asked", "")[:4000])
    asked = asked_of(query, dossier, queries_shares.homes_of(dossier), queries_shares.figures_of(dossier))
    return act_at_once(
        request,
        actions.draft_scheme,
        _("这一稿存好了。"),
        back=f"{reverse('lifts:shares', args=[pk])}?{query.urlencode()}",
        dossier=dossier,
        choice=asked.choice,
        on=today(),
        subsidy_because=request.POST.get("because", ""),
    )


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def adopt_scheme(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Settle a draft; asked once more, since signatures and money follow."""
    dossier = dossier_or_404(request, pk)
    scheme = get_visible_or_404(Scheme, actor_of(request), dossier=dossier, number=number)
    require(permits.may_work(actor_of(request), dossier=dossier))
    form = AdoptForm(request.POST or None, initial={"on": today()})
    page = FormPage(
        title=_("定稿第 %(number)s 稿") % {"number": number},
        submit=_("定稿"),
        icon="i-check",
        say=[_("定稿以后按这一稿签字、收款；原来定的那一稿作废，已经签的字要重签。")],
    )
    back = reverse("lifts:shares", args=[pk])

    def act(**told: Any) -> object:
        return actions.adopt_scheme(actor=actor_of(request), scheme=scheme, **told)

    return ask(request, dossier, form, page, act, _("分摊方案定稿了。"), back=back)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def state_limit(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal what a household would pay at most; the page shows no amount, before or after."""
    dossier = dossier_or_404(request, pk)
    require(permits.may_work(actor_of(request), dossier=dossier))
    form = LimitForm(request.POST or None, dossier=dossier)
    page = FormPage(
        title=_("封存心里价位"),
        submit=_("封存"),
        icon="i-lock",
        say=[
            _("请住户自己输入。封存以后谁也看不到，录入的人也看不到；要改就再封存一次。"),
            _("只有「最多户接受」这一种分法会用到，而且只说有几户在价位以内；说的不到 %(least)s 户就不用。")
            % {"least": queries_shares.figures_of(dossier).limits_least},
        ],
    )

    def act(*, flat: Flat, amount: int) -> object:
        return actions.state_limit(actor=actor_of(request), flat=flat, amount_fen=amount, on=today())

    back = reverse("lifts:shares", args=[pk])
    return ask(request, dossier, form, page, act, _("封存好了，谁也看不到。"), back=back)


def _aside(request: HttpRequest, dossier: Dossier, asked: Asked, *, may_work: bool) -> list[Section]:
    """Keeping what stands on the page, drafts kept before, limits sealed."""
    drafts = Part(_("讨论稿"), "lifts/shares/drafts.html", {"drafts": drafts_shown(dossier, actor_of(request))})
    if not may_work or dossier.stairwell.lift_suitable is False or not queries.flats_counted(dossier):
        return [drafts]
    number = max([0, *dossier.schemes.values_list("number", flat=True)]) + 1
    keeping = {
        "number": number,
        "url": reverse("lifts:draft_scheme", args=[dossier.pk]),
        "asked": request.GET.urlencode(),
        "own_subsidy": asked.told_subsidy,
    }
    sealing = {
        "stated": queries_shares.limits_stated(dossier),
        "url": reverse("lifts:state_limit", args=[dossier.pk]),
    }
    return [
        Part(_("存稿"), "lifts/shares/keep.html", keeping),
        drafts,
        Part(_("心里价位"), "lifts/shares/limits.html", sealing),
    ]


def _sees_rooms(request: HttpRequest, dossier: Dossier) -> bool:
    """Whether the reader may know what single households pay here."""
    return sees_rooms(actor_of(request), dossier)


def _inputs(dossier: Dossier, asked: Asked) -> list[dict[str, Any]]:
    """A floor's inputs from the top down: percentage with its interval, and own coefficient."""
    table = queries_shares.guidance_of(dossier)
    floors = sorted((int(name[2:]) for name in asked.values if name.startswith("g_")), reverse=True)
    rows = []
    for floor in floors:
        low, high = table.intervals.get(floor, (0, 0)) if table else (0, 0)
        rows.append(
            {
                "floor": floor,
                "percent": asked.values[f"g_{floor}"],
                "weight": asked.values[f"c_{floor}"],
                "low": f"{float(low):g}",
                "high": f"{float(high):g}",
                "figure": table.floors.get(floor) if table else None,
            }
        )
    return rows


def _rows(board: dict[str, Any], inputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_floor = {row["floor"]: row for row in inputs}
    return [row | {"input": by_floor.get(row["floor"])} for row in screen.squared(board["floors"])]


def _compared(board: dict[str, Any]) -> list[dict[str, Any]]:
    """Floors with one cell a scheme: what stands on the page first."""
    schemes = [board["floors"], *(other["floors"] for other in board["beside"])]
    by_floor = [{row["floor"]: row for row in rows} for rows in schemes]
    return [
        {"floor": row["floor"], "cells": [rows.get(row["floor"], {}) for rows in by_floor]} for row in board["floors"]
    ]


def _can_stand_beside(dossier: Dossier, asked: Asked) -> list[tuple[str, str, bool]]:
    ways = [(key, str(Scheme.Kind(key).label)) for key in screen.BESIDE_KINDS]
    drafts = [
        (str(scheme.number), _("第 %(number)s 稿") % {"number": scheme.number})
        for scheme in queries_shares.schemes_of(dossier)
    ]
    return [(key, words, key in asked.beside) for key, words in [*ways, *drafts]]
