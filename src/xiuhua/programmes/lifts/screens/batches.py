"""Pages of plans: the map first, lots beside it, terms with their sources; two plans side by side."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground import standards
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.naming import actors_named
from xiuhua.ground.standards.lifts import BatchFigures
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act, Crumbs
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Fact, Facts, ObjectPage, Related, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits_batches
from xiuhua.programmes.lifts import words as lift_words
from xiuhua.programmes.lifts.models import Batch, BatchMember, BatchPlan
from xiuhua.programmes.lifts.queries_batches import lots_of, members_of
from xiuhua.programmes.lifts.rules.batches import LotTerms, Moved, moved_between
from xiuhua.programmes.lifts.screens import batch_words as words
from xiuhua.programmes.lifts.screens.batch_map import plan_map

TERMS = tuple(LotTerms.__dataclass_fields__)
SCORING = (
    "ready_waiting",
    "ready_consulting",
    "ready_designing",
    "ready_agreeing",
    "ready_signed",
    "ready_gates",
    "ready_wishes",
    "ready_stuck",
)
"""Figures by which readiness is told."""


def plan_page(request: HttpRequest, plan: BatchPlan, *, crumbs: Crumbs) -> ObjectPage:
    """A plan as one decides on it."""
    actor = actor_of(request)
    lots = lots_of(plan, actor)
    members = members_of(lots, actor)
    drawn = plan_map(actor, members, title=_("划成哪几批"))
    beside: list[Section] = [drawn] if drawn else []
    beside.append(Related(_("批次"), _lot_columns(actor), lots, empty=_("这些条件下一批也划不出来"), note=_note(lots)))
    return ObjectPage(
        title=str(plan),
        subtitle=_subtitle(actor, plan, len(members)),
        crumbs=crumbs,
        chips=[words.plan_chip(plan)],
        acts=_acts(actor, plan, lots),
        template="lifts/batches/plan.html",
        extra={
            "beside": beside,
            "under": [
                Facts(_("值多少"), worth(plan, lots)),
                Facts(_("条件"), _terms(plan), acts=_again(actor, plan)),
            ],
        },
    )


def _subtitle(actor: Actor, plan: BatchPlan, count: int) -> str:
    names = actors_named({plan.by}, actor)
    told = {
        "by": names.get(plan.by, ""),
        "where": committee_names(actor).get(plan.path) or _("全街道"),
        "day": lift_words.on_day(plan.on),
        "count": count,
    }
    return _("%(where)s，按 %(day)s的进度，%(count)s 个门洞进批；%(by)s提的") % told


def _note(lots: Sequence[Batch]) -> str:
    return _("共 %(lots)s 批 %(size)s 个门洞") % {"lots": len(lots), "size": sum(lot.size for lot in lots)}


def _acts(actor: Actor, plan: BatchPlan, lots: Sequence[Batch]) -> list[Act]:
    acts = [
        Act(_("门洞和成熟度"), reverse("lifts:plan_stairwells", args=[plan.pk]), "i-table"),
        Act(_("和别的方案比"), reverse("lifts:compare_plans", args=[plan.pk]), "i-arrows-sort"),
    ]
    if permits_batches.may_decide(actor, plan=plan) and any(lot.state == Batch.State.PROPOSED for lot in lots):
        acts.append(Act(_("采用"), reverse("lifts:adopt_plan", args=[plan.pk]), "i-check", primary=True))
    return acts


def _again(actor: Actor, plan: BatchPlan) -> list[Act]:
    if not permits_batches.may_propose(actor, path=plan.path):
        return []
    return [Act(_("改条件再划"), f"{reverse('lifts:propose_batches')}?from={plan.pk}", "i-adjustments")]


def worth(plan: BatchPlan, lots: Sequence[Batch]) -> list[Fact]:
    """What a plan is worth, and how near to the best it is proven to be."""
    size = sum(lot.size for lot in lots)
    ready = sum(lot.size * lot.readiness for lot in lots) / size if size else 0.0
    return [
        Fact(_("批"), len(lots)),
        Fact(_("门洞"), size),
        Fact(_("平均成熟度"), words.degree(ready) if size else "—"),
        Fact(_("分值"), words.points(plan.value), note=words.gap_words(plan)),
        *([] if plan.bound is None else [Fact(_("上限"), words.points(plan.bound))]),
        Fact(_("连起来多长"), _("%(metres)s 米") % {"metres": round(sum(lot.metres for lot in lots))}),
    ]


def _terms(plan: BatchPlan) -> list[Fact]:
    figures = standards.on(today(), at=plan.path).lifts.batch
    return [term_fact(figures, name, getattr(plan, name)) for name in TERMS]


def term_fact(figures: BatchFigures, name: str, value: float) -> Fact:
    """A term with where its value comes from; where somebody set another one, what the rule book has."""
    figure = getattr(figures, name)
    if float(value) == figure.number:
        return Fact(figure.name, f"{value:g}", source=figure)
    return Fact(figure.name, f"{value:g}", note=_("规则里是 %(value)g") % {"value": figure.number})


def scoring(figures: BatchFigures) -> list[Fact]:
    """Figures by which readiness is told."""
    found = [getattr(figures, name) for name in SCORING]
    return [Fact(figure.name, f"{figure.number:g}", source=figure) for figure in found]


def way_note(kind: str) -> str:
    """What a road is, in a line."""
    return {
        "done": _("施工、验收、运行"),
        "lot": _("在一批里，一起建"),
        "gap": _("小区快做完了，剩下的"),
        "single": _("够成熟，单独建"),
        "later": _("还不够成熟"),
    }[kind]


def _lot_columns(actor: Actor) -> list[Column[Batch]]:
    committees = committee_names(actor)
    return [
        Column("place", _("第几批"), lambda row: row.place),
        Column("name", _("小区"), lambda row: row.quarter, link=Batch.get_absolute_url),
        Column("committee", _("居委会"), lambda row: committees.get(row.path) or _("几个居委会")),
        Column("size", _("门洞"), lambda row: row.size, numeric=True),
        Column("ready", _("成熟度"), lambda row: words.degree(row.readiness), drawn=_ready),
        Column("metres", _("连起来"), lambda row: round(row.metres), unit=_("米"), numeric=True),
        Column("value", _("分值"), lambda row: words.points(row.value), numeric=True),
        Column("state", _("状态"), _standing, kind="chip", tone=_tone),
    ]


def _ready(row: Batch) -> Any:
    return words.degree_bar(row.readiness)


def _standing(row: Batch) -> str:
    return words.state_words(row) if row.contiguous else _("没有连成一片")


def _tone(row: Batch) -> str:
    return words.batch_tone(row) if row.contiguous else "soon"


def compare_page(
    request: HttpRequest, plan: BatchPlan, other: BatchPlan | None, others: Sequence[BatchPlan], *, crumbs: Crumbs
) -> ObjectPage:
    """Two plans side by side, with the stairwells that they place otherwise."""
    actor = actor_of(request)
    pair: list[tuple[BatchPlan, list[Fact], Section | None]] = []
    both = [one for one in (plan, other) if one is not None]
    lots = {one.pk: lots_of(one, actor) for one in both}
    of_plan = {pk: members_of(found, actor) for pk, found in lots.items()}
    everyone = [member for found in of_plan.values() for member in found]
    for one in both:
        facts = [*worth(one, lots[one.pk]), *(term for term in _terms(one) if term.note)]
        pair.append((one, facts, plan_map(actor, of_plan[one.pk], title=str(one), shown=everyone)))
    sections: list[Section] = []
    if other is not None:
        sections.append(_moved(of_plan[plan.pk], of_plan[other.pk], plan, other))
    return ObjectPage(
        title=_("比较%(plan)s") % {"plan": plan},
        subtitle="" if other else _("同一范围里还没有别的方案。"),
        crumbs=[*crumbs, (str(plan), plan.get_absolute_url())],
        sections=sections,
        template="lifts/batches/compare.html",
        extra={"pair": pair, "others": others, "other": other},
    )


def _moved(first: Sequence[BatchMember], second: Sequence[BatchMember], plan: BatchPlan, other: BatchPlan) -> Related:
    rows = {one.dossier_id: one.dossier for one in (*first, *second)}
    before = {one.dossier_id: one.batch.place for one in first}
    after = {one.dossier_id: one.batch.place for one in second}
    matched, moved = moved_between(before, after)
    columns: list[Column[Moved]] = [
        Column(
            "address",
            _("门洞"),
            lambda row: rows[row.dossier].address,
            link=lambda row: rows[row.dossier].get_absolute_url(),
        ),
        Column("before", str(plan), lambda row: _lot(row.before)),
        Column("after", str(other), lambda row: _lot(row.after)),
    ]
    pairs = _("、").join(f"{before}→{after}" for after, before in sorted(matched.items(), key=lambda pair: pair[1]))
    told = {"moved": len(moved), "same": len(rows) - len(moved), "pairs": pairs or "—"}
    note = _("对得上的批 %(pairs)s；%(same)s 个门洞没有动，%(moved)s 个换了") % told
    return Related(_("哪些门洞换了批"), columns, moved, empty=_("两个方案划得一样"), note=note)


def _lot(place: int | None) -> str:
    return _("不在批里") if place is None else _("第 %(place)s 批") % {"place": place}
