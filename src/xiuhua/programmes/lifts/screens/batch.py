"""The page of one lot: its stairwells on the ground, their stages, what is open, what is done for all at once."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.naming import actors_named
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Chip, Fact, Facts, Gate, Next, ObjectPage, Related, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import ahead, gates, lists, lists_batches, permits_batches, queries_batches
from xiuhua.programmes.lifts import words as lift_words
from xiuhua.programmes.lifts.bulk import Outcome
from xiuhua.programmes.lifts.models import Batch, Dossier
from xiuhua.programmes.lifts.permits import WORKS
from xiuhua.programmes.lifts.rules.batches import lot_is_amiss
from xiuhua.programmes.lifts.rules.moves import PUT_IN, GateFacts
from xiuhua.programmes.lifts.screens import batch_words as words
from xiuhua.programmes.lifts.screens.batch_map import batch_map
from xiuhua.programmes.lifts.views.asked import crumbs

SHOWN = ("address", "stage", "step", "days", "stuck", "next", "coordinators")
"""Columns of the list of dossiers that a lot shows of its own."""
MOST_OPEN = 6


def batch_page(request: HttpRequest, batch: Batch) -> ObjectPage:
    """A lot, proposed or in force."""
    actor = actor_of(request)
    rows = list(ahead.loaded(queries_batches.dossiers_of(batch, actor)))
    drawn = batch_map(actor, rows, title=_("门洞和阶段"))
    columns = [one for one in lists.columns(request) if one.key in SHOWN]
    listed = (_("在列表里看"), f"{reverse('lifts:list')}?batch={batch.pk}") if batch.serial else None
    members, scored = queries_batches.members_of([batch], actor), lists_batches.member_columns(with_lot=False)
    return ObjectPage(
        title=str(batch),
        subtitle=_subtitle(actor, batch, rows),
        subject=batch,
        crumbs=[*crumbs(), _up(batch)],
        chips=[
            Chip(words.state_words(batch), words.batch_tone(batch)),
            *(Chip(reason.text, "soon") for reason in _amiss(batch)),
        ],
        acts=acts_of(actor, batch, rows),
        sections=[
            *([drawn] if drawn else []),
            Related(_("门洞"), columns, rows, empty=_("这一批里没有您看得到的门洞"), more=listed),
            *([] if _all_run(rows) else [Related(_("成熟度怎么来的"), scored, members)]),
        ],
        aside=[_facts(actor, batch, rows), *_open(batch, rows), *_together(actor, batch, rows)],
        template="lifts/batches/batch.html",
    )


def _up(batch: Batch) -> tuple[str, str]:
    if batch.serial is None:
        return str(batch.plan), batch.plan.get_absolute_url()
    return _("成片批次"), reverse("lifts:batches")


def _amiss(batch: Batch) -> list[Any]:
    if batch.state == Batch.State.DISSOLVED:
        return []
    return lot_is_amiss(batch.size, contiguous=batch.contiguous, terms=batch.plan.terms)


def _subtitle(actor: Actor, batch: Batch, rows: Sequence[Dossier]) -> str:
    where = committee_names(actor).get(batch.path) or _("几个居委会")
    stages = Counter(row.stage for row in rows)
    told = {"where": where, "size": batch.size, "running": stages["running"], "building": stages["building"]}
    return _("%(where)s，%(size)s 个门洞：%(running)s 个已运行，%(building)s 个在施工") % told


def acts_of(actor: Actor, batch: Batch, rows: Sequence[Dossier]) -> list[Act]:
    """What can be decided about a lot."""
    acts = []
    if batch.state != Batch.State.DISSOLVED and permits_batches.may_move(actor, batch=batch):
        acts.append(Act(_("加进门洞"), reverse("lifts:put_in_batch", args=[batch.pk]), "i-plus"))
        acts.append(Act(_("移出门洞"), reverse("lifts:take_out_of_batch", args=[batch.pk]), "i-minus"))
    if batch.state == Batch.State.ADOPTED and permits_batches.may_decide(actor, batch=batch):
        acts.append(Act(_("解散"), reverse("lifts:dissolve_batch", args=[batch.pk]), "i-ban", danger=True))
    if may_act_on_all(actor, batch) and not _all_run(rows):
        acts.append(_all(batch, "move", _("一起走下一步"), "i-arrow-right", primary=True))
    return acts


def _all_run(rows: Sequence[Dossier]) -> bool:
    """Whether nothing is left to be done for a lot."""
    return all(row.state == "running" for row in rows)


def may_act_on_all(actor: Actor, batch: Batch) -> bool:
    """Whoever carries the stairwells of a lot that is in force."""
    return batch.state == Batch.State.ADOPTED and actor.holds(*WORKS, at=batch.path)


def _all(batch: Batch, deed: str, title: str, symbol: str, *, primary: bool = False) -> Act:
    return Act(title, reverse("lifts:batch_deed", args=[batch.pk, deed]), symbol, primary=primary)


def _together(actor: Actor, batch: Batch, rows: Sequence[Dossier]) -> list[Section]:
    if not may_act_on_all(actor, batch) or _all_run(rows):
        return []
    acts = [
        _all(batch, "gate", _("登记同一份依据"), "i-file-check"),
        _all(batch, "notice", _("都贴公示"), "i-speakerphone"),
        _all(batch, "diary", _("写施工日志"), "i-crane"),
        _all(batch, "contact", _("记一笔"), "i-message-2"),
    ]
    say = _("一次填，每个门洞各办各的；办不成的列出原因，别的照办。")
    return [Next(_("全批一起办"), say, acts=acts)]


def _facts(actor: Actor, batch: Batch, rows: Sequence[Dossier]) -> Facts:
    firms = queries_batches.contractors_of([batch]).get(batch.pk, [])
    names = actors_named({batch.adopted_by}, actor) if batch.adopted_by else {}
    found = [
        Fact(_("进度"), words.stage_bar(Counter(row.stage for row in rows))),
        Fact(_("施工单位"), _("、").join(firms)),
        Fact(_("平均成熟度"), words.degree(batch.readiness), note=_("划批那天")),
        Fact(_("连起来多长"), _("%(metres)s 米") % {"metres": round(batch.metres)}),
        Fact(_("分值"), words.points(batch.value)),
        Fact(_("来自"), str(batch.plan), link=batch.plan.get_absolute_url()),
    ]
    if batch.adopted_on:
        found.append(Fact(_("采用"), lift_words.on_day(batch.adopted_on), note=names.get(batch.adopted_by, "")))
    if batch.dissolved_on:
        found.append(Fact(_("解散"), lift_words.on_day(batch.dissolved_on), note=batch.dissolved_because))
    return Facts(_("这一批"), found)


def _open(batch: Batch, rows: Sequence[Dossier]) -> list[Section]:
    """The rule that stands next in the way of each stairwell, and of how many."""
    counted = Counter(rule.key for row in rows if (rule := getattr(row, "next_rule", None)) is not None)
    if batch.state != Batch.State.ADOPTED or not counted:
        return []
    rules = {rule.key: rule for row in rows if (rule := getattr(row, "next_rule", None)) is not None}
    found = [
        Gate(
            _("第 %(number)s 条 %(name)s") % {"number": rules[key].number, "name": rules[key].name},
            "wait",
            _("%(count)s 个门洞") % {"count": count},
        )
        for key, count in counted.most_common(MOST_OPEN)
    ]
    return [Next(_("卡在哪些关口"), gates=found)]


def open_gates(rows: Sequence[Dossier]) -> list[tuple[GateFacts, int]]:
    """Gates that people put in and that are open before the next move of some stairwells, each with how many."""
    found: dict[str, GateFacts] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        for gate in gates.next_gates(row):
            if gate.is_open and gate.evidence in PUT_IN:
                found.setdefault(gate.key, gate)
                counts[gate.key] += 1
    return sorted(((found[key], count) for key, count in counts.items()), key=lambda pair: pair[0].number)


def next_moves(rows: Sequence[Dossier]) -> list[tuple[str, str]]:
    """Moves that lead on from where stairwells are, each with how many it is the turn of; what most wait for first."""
    counts = Counter(move for row in rows if (move := gates.next_move(row)))
    return [
        (move, _("%(deed)s（%(count)s 个门洞轮到）") % {"deed": lift_words.deed_of(move), "count": count})
        for move, count in counts.most_common()
    ]


def outcome_page(batch: Batch, title: str, outcomes: Sequence[Outcome]) -> ObjectPage:
    """What came of a deed at each stairwell: first those that were refused, with the reason."""
    done = sum(one.done for one in outcomes)
    columns: list[Column[Outcome]] = [
        Column("address", _("门洞"), lambda row: row.dossier.address, link=lambda row: row.dossier.get_absolute_url()),
        Column(
            "done",
            _("结果"),
            lambda row: _("办成了") if row.done else _("没有办"),
            kind="chip",
            tone=lambda row: "good" if row.done else "over",
        ),
        Column("why", _("原因"), lambda row: row.why),
    ]
    told = {"done": done, "refused": len(outcomes) - done}
    return ObjectPage(
        title=title,
        subtitle=_("%(done)s 个门洞办成了，%(refused)s 个没有办") % told,
        crumbs=[*crumbs(), (_("成片批次"), reverse("lifts:batches")), (str(batch), batch.get_absolute_url())],
        acts=[Act(_("回到这一批"), batch.get_absolute_url(), "i-arrow-left", primary=True)],
        sections=[
            Related(
                _("每个门洞的结果"),
                columns,
                sorted(outcomes, key=lambda one: one.done),
                empty=_("没有轮到的门洞"),
            )
        ],
    )
