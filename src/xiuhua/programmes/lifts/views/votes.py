"""Votes of a stairwell (表决): the page, opening, ballots on paper, counting, cancelling, the sheet."""

import csv
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground import standards
from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.ui.forms import Part as FormPart
from xiuhua.ground.ui.lists import Choice as Filter
from xiuhua.ground.ui.lists import Column, Empty, ListPage, choice_words
from xiuhua.ground.ui.objects import ObjectPage, Part, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, box, permits, queries_votes
from xiuhua.programmes.lifts.forms.votes import OpenVoteForm, PaperBallotForm, PastVoteForm, ReasonForm
from xiuhua.programmes.lifts.models import Choice, Dossier, Elector, Mandate, Scheme, SheetLine, Vote
from xiuhua.programmes.lifts.rules import ballots, mandates
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import votes as screen
from xiuhua.programmes.lifts.views.asked import act_at_once, ask, crumbs, dossier_or_404
from xiuhua.programmes.lifts.words import square_metres


@require_safe
@sight_required(Sight.LIFTS)
def votes(request: HttpRequest, pk: int) -> HttpResponse:
    """The vote of a stairwell: who has taken part, how it came out, what there was before."""
    return _page(request, dossier_or_404(request, pk)).respond(request)


@require_POST
@sight_required(Sight.OWNERS)
def elector_phone(request: HttpRequest, pk: int, elector_pk: int) -> HttpResponse:
    """Show the telephone of one who has not voted yet, which goes on record."""
    vote = _run(request, pk)
    elector = get_object_or_404(Elector.objects.select_related("owner"), pk=elector_pk, vote=vote, owner__isnull=False)
    actions.open_owner(actor=actor_of(request), dossier=vote.dossier, owner=elector.owner)
    response = _page(request, vote.dossier, opened=elector).respond(request)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, dossier: Dossier, opened: Elector | None = None) -> ObjectPage:
    actor = actor_of(request)
    works, sees = permits.may_work(actor, dossier=dossier), screen.sees_owners(actor, dossier)
    rows = list(queries_votes.votes_of(dossier))
    mine = [row for row in rows if row.attempt == dossier.attempt]
    newest = next((row for row in mine if row.state != Vote.State.CANCELLED), mine[0] if mine else None)
    cards: list[Section] = [_vote_card(newest, sees=sees)] if newest else [_none_yet(dossier)]
    if newest and not newest.archived and (checked := _checked(newest, sees=sees)):
        cards.append(checked)
    if newest and sees and not newest.archived:
        cards.append(screen.electors_section(request, newest, works=works, opened=opened))
    if sees:
        cards.append(screen.mandates_section(dossier, works=works))
    if earlier := [row for row in rows if row is not newest]:
        cards.append(screen.history_section(earlier))
    return head.page_of(request, dossier, sections=cards, acts=_acts(request, dossier, newest) if works else ())


def _vote_card(vote: Vote, *, sees: bool) -> Part:
    counted = vote.state == Vote.State.CLOSED and not vote.archived
    more = (_("逐户核对"), reverse("lifts:vote_sheet", args=[vote.pk])) if counted and sees else None
    card = screen.card(vote, more=more)
    if sees and vote.reason:
        card.context["reason"] = vote.reason
    return card


def _none_yet(dossier: Dossier) -> Part:
    rule = standards.on(today(), at=dossier.path).lifts.vote
    return Part(_("还没有表决"), "lifts/votes/none.html", {"laws": screen.laws(rule), "rule": rule})


def _checked(vote: Vote, *, sees: bool) -> Part | None:
    """Whether a vote can be believed: once it is counted, and before where its box is broken."""
    counted = vote.state == Vote.State.CLOSED
    verdict = queries_votes.check(vote) if counted else queries_votes.box_is_whole(vote)
    if vote.state == Vote.State.CANCELLED or (not counted and verdict.decision):
        return None
    context: dict[str, Any] = {
        "vote": vote,
        "reasons": verdict.reasons,
        "head": vote.chain_head[:16],
        "sees": sees and counted,
        "sheet_url": reverse("lifts:vote_sheet", args=[vote.pk]),
    }
    return Part(_("这个结果能不能信"), "lifts/votes/checked.html", context)


def _acts(request: HttpRequest, dossier: Dossier, newest: Vote | None) -> list[Act]:
    found: list[Act] = []
    if newest and newest.is_open and queries_votes.is_running(newest):
        found.append(Act(_("取消表决"), reverse("lifts:cancel_vote", args=[newest.pk]), "i-ban"))
    if not (newest and newest.is_open) and dossier.attempt:
        found.append(Act(_("补录纸质表决"), reverse("lifts:past_vote", args=[dossier.pk]), "i-archive"))
    act = screen.open_or_count(request, dossier)
    if act is not None:
        return [*found, replace(act, primary=act.post or not screen.gates_before_vote(dossier))]
    if newest is None or newest.is_open or dossier.state != "designing":
        return found
    redrafted = Scheme.objects.filter(dossier=dossier, number__gt=newest.scheme.number if newest.scheme else 0)
    if not newest.passed or redrafted.exclude(state="draft").exists():
        url = reverse("lifts:open_vote", args=[dossier.pk])
        found.append(Act(_("再次表决"), url, "i-checklist", primary=not newest.passed))
    return found


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def open_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a vote."""
    dossier, actor = _worked(request, pk), actor_of(request)
    rule = standards.on(today(), at=dossier.path).lifts.vote
    schemes = Scheme.objects.filter(dossier=dossier).exclude(state="draft").order_by("-number")
    days = {"least": int(rule.least_days.number), "most": int(rule.most_days.number)}
    still_open = [
        _("第 %(number)s 条「%(name)s」") % {"number": gate.number, "name": gate.name}
        for gate in screen.gates_before_vote(dossier)
    ]
    form = OpenVoteForm(request.POST or None, schemes=list(schemes), least_days=days["least"], still_open=still_open)
    page = FormPage(
        title=_("发起表决"),
        submit=_("发起表决"),
        icon="i-checklist",
        say=[
            _("发起时按现在登记的业主和面积定下谁来投；以后卖房、改面积都不影响这一次。"),
            _("开票后贴出核对表：每张票的面积和意见，没有姓名室号。面积和别家都不一样的一户，邻居按面积认得出。"),
            _("开 %(least)s 到 %(most)s 天，到时系统自己开票，谁也不能提前开。") % days,
        ],
        parts=[
            FormPart(_("投什么"), ["question", "scheme"]),
            FormPart(_("什么时候"), ["opens_on", ("closes_on", "closes_at")]),
        ],
    )
    act = partial(actions.open_vote, actor=actor, dossier=dossier)
    return ask(request, dossier, form, page, act, _("表决开始了，业主在手机上就能投。"), back=_here(dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def past_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down a vote that was held on paper before the system."""
    dossier = _worked(request, pk)
    page = FormPage(
        title=_("补录纸质表决"),
        submit=_("补录"),
        icon="i-archive",
        say=[_("照存档的汇总数填，按表决那一年的规则判定，结果标明「纸质存档」。")],
        parts=[
            FormPart(_("哪一次"), ["question", "on"]),
            FormPart(
                _("汇总"),
                [
                    ("all_area", "all_heads"),
                    ("part_area", "part_heads"),
                    ("agree_area", "agree_heads"),
                    ("against_area", "against_heads"),
                ],
                hint=_("弃权的算参与，不算同意，也不算不同意"),
            ),
        ],
    )
    form = PastVoteForm(request.POST or None, request.FILES or None)
    act = partial(actions.record_past_vote, actor=actor_of(request), dossier=dossier)
    return ask(request, dossier, form, page, act, _("补录好了。"), back=_here(dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def paper_ballot(request: HttpRequest, pk: int, elector_pk: int) -> HttpResponse:
    """Put a ballot on paper into the box."""
    vote = _run(request, pk)
    elector = get_object_or_404(Elector.objects.select_related("owner"), pk=elector_pk, vote=vote)
    if request.method != "POST" and not queries_votes.is_running(vote):
        messages.warning(request, _("表决已经结束，不能再登记纸质票"))
        return redirect(_here(vote.dossier))
    holders = [
        row for row in Mandate.objects.in_force(today()).filter(owner=elector.owner) if mandates.VOTE in row.covers
    ]
    page = FormPage(
        title=_("登记纸质票：%(rooms)s") % {"rooms": elector.rooms},
        submit=_("封存这张票"),
        icon="i-lock",
        say=[
            _("%(name)s，%(area)s 平方米，算 %(heads)s 人。")
            % {
                "name": elector.owner.name if elector.owner else _("没有登记业主"),
                "area": square_metres(elector.area_dm2),
                "heads": elector.heads,
            },
            _("照纸上写的登记。封存以后连您也看不到，截止前业主可以再改；交给业主一张回执。"),
        ],
    )
    form = PaperBallotForm(request.POST or None, request.FILES or None, holders=holders)

    def act(**told: Any) -> None:
        done = actions.cast_paper_ballot(actor=actor_of(request), vote=vote, elector=elector, **told)
        receipt.append(done.facts["receipt"])

    receipt: list[str] = []
    response = ask(request, vote.dossier, form, page, act, _("票封存好了。"), back=_here(vote.dossier))
    if receipt:
        _tell_receipt(request, elector, receipt[0])
    return response


def _tell_receipt(request: HttpRequest, elector: Elector, receipt: str) -> None:
    told = {"rooms": elector.rooms, "receipt": receipt}
    messages.warning(request, _("%(rooms)s 的回执号：%(receipt)s。请抄给业主，只显示这一次。") % told)


@require_POST
@sight_required(Sight.OWNERS)
def close_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a vote whose time is over."""
    vote = _run(request, pk)
    return act_at_once(request, actions.close_vote, _("开票了，结果已公布。"), back=_here(vote.dossier), vote=vote)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def cancel_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a vote, and say why."""
    vote = _run(request, pk)
    page = FormPage(
        title=_("取消表决"),
        submit=_("取消表决"),
        icon="i-ban",
        danger=True,
        say=[_("已经投的票不会打开，开票的钥匙当场销毁；要表决，得重新发起、大家重新投。")],
    )
    act = partial(actions.cancel_vote, actor=actor_of(request), vote=vote)
    form = ReasonForm(request.POST or None)
    return ask(request, vote.dossier, form, page, act, _("表决取消了，原因已经记下。"), back=_here(vote.dossier))


# The sheet.


@require_safe
@sight_required(Sight.OWNERS)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The published sheet of a closed vote (逐户核对), found by receipt; no names, no rooms."""
    vote = _closed(request, pk)
    here = reverse("lifts:vote_sheet", args=[vote.pk])
    return ListPage(
        title=_("逐户核对"),
        subtitle=_("没有姓名和室号；面积和别家都不一样的一户，邻居按面积认得出。"),
        columns=sheet_columns(),
        empty=Empty(_("没有人参与这次表决")),
        filter_label=_("回执号"),
        filters=[Filter("choice", _("票"), Choice.choices)],
        search=lambda rows, words: rows.filter(receipt=ballots.as_receipt("".join(words))),
        crumbs=[*crumbs(vote.dossier), (_("表决"), _here(vote.dossier))],
        acts=[Act(_("下载 CSV，自己重算"), f"{here}csv/", "i-download", download=True)],
    ).respond(request, vote.sheet.order_by("receipt"))


def sheet_columns() -> list[Column[SheetLine]]:
    """Columns of the sheet: all that a recount needs."""
    return [
        Column("receipt", _("回执号"), lambda row: row.receipt, order_by="receipt"),
        Column(
            "area",
            _("专有面积"),
            lambda row: row.area_dm2,
            unit=_("m²"),
            numeric=True,
            shown=square_metres,
            export_shown=True,
            order_by="area_dm2",
        ),
        Column("heads", _("人数"), lambda row: row.heads, numeric=True),
        Column(
            "choice",
            _("投了什么"),
            choice_words("choice", Choice),
            kind="chip",
            tone=lambda row: {"agree": "good", "against": "soon"}.get(row.choice, ""),
            order_by="choice",
        ),
        Column("key", _("票号"), lambda row: row.key),
        Column("nonce", _("随机数"), lambda row: row.nonce, shown=lambda nonce: f"{nonce[:8]}…"),
    ]


@require_safe
@sight_required(Sight.OWNERS)
def sheet_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as a file from which a few lines of a program count the vote again."""
    vote = _closed(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{vote.name}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    writer = csv.writer(response)
    writer.writerow(["vote", "receipt", "key", "area_dm2", "heads", "choice", "nonce"])
    for line in box.sheet_of(vote).lines:
        weight = line.weight
        writer.writerow([vote.name, line.receipt, line.key, weight.area_dm2, weight.heads, line.choice, line.nonce])
    return response


def _worked(request: HttpRequest, pk: int) -> Dossier:
    """The dossier, for whoever carries it."""
    dossier = dossier_or_404(request, pk)
    require(permits.may_work(actor_of(request), dossier=dossier))
    return dossier


def _run(request: HttpRequest, pk: int) -> Vote:
    """The vote that is meant, for whoever carries its stairwell."""
    vote = get_visible_or_404(Vote, actor_of(request), pk=pk)
    vote.dossier = _worked(request, vote.dossier_id)
    return vote


def _closed(request: HttpRequest, pk: int) -> Vote:
    """A vote that was counted ballot by ballot, for those who may see owners."""
    rows = Vote.objects.filter(state=Vote.State.CLOSED, archived=False)
    vote: Vote = get_visible_or_404(rows, actor_of(request), pk=pk)
    vote.dossier = dossier_or_404(request, vote.dossier_id)
    require(screen.sees_owners(actor_of(request), vote.dossier))
    return vote


def _here(dossier: Dossier) -> str:
    return reverse("lifts:votes", args=[dossier.pk])
