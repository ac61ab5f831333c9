"""Lists of lots, of plans and of quarters with their three roads (三化)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.naming import actors_named
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries_batches
from xiuhua.programmes.lifts.flow import Stage
from xiuhua.programmes.lifts.models import Batch, BatchMember, BatchPlan
from xiuhua.programmes.lifts.queries_batches import Way
from xiuhua.programmes.lifts.screens import batch_words as words
from xiuhua.programmes.lifts.views.asked import crumbs


def batches_page(request: HttpRequest, acts: Sequence[Act]) -> ListPage[Batch]:
    """Lots that are in force, and those that were dissolved."""
    actor = actor_of(request)
    committees = committee_names(actor)
    return ListPage(
        title=_("成片批次"),
        subtitle=_("一起设计、一起招标、一起进场的门洞；每批走到哪里，谁在做。"),
        crumbs=crumbs(),
        columns=[
            Column("name", _("批次"), str, link=Batch.get_absolute_url, order_by=("quarter", "serial")),
            Column("committee", _("居委会"), lambda row: committees.get(row.path) or _("几个居委会"), order_by="path"),
            Column("size", _("门洞"), lambda row: row.size, unit=_("个"), numeric=True, order_by="size"),
            Column("stages", _("进度"), _stages, drawn=lambda row: words.stage_bar(_counts(row))),
            Column("running", _("已运行"), lambda row: _counts(row)["running"], unit=_("个"), numeric=True),
            Column("firm", _("施工单位"), lambda row: _("、").join(getattr(row, "firms", ()))),
            Column("adopted_on", _("采用日期"), lambda row: row.adopted_on, order_by="adopted_on"),
            Column("by", _("谁定的"), lambda row: getattr(row, "decided_by", "")),
            Column(
                "state",
                _("状态"),
                lambda row: row.get_state_display(),
                kind="chip",
                tone=words.batch_tone,
                order_by="state",
            ),
        ],
        filters=[
            Choice("committee", _("居委会"), list(committees.items()), by=lambda rows, path: rows.under(path)),
            Choice("state", _("状态"), [one for one in Batch.State.choices if one[0] != "proposed"], lookup="state"),
        ],
        loaded=lambda rows: _loaded(rows, actor),
        acts=acts,
        empty=Empty(
            _("还没有成片批次"), _("先提一个方案，再采用其中的几批。"), reverse("lifts:batch_plans"), _("看方案")
        ),
    )


def _loaded(rows: Sequence[Batch], reader: Actor) -> Iterable[Batch]:
    counts, firms = queries_batches.stages_of(rows), queries_batches.contractors_of(rows)
    names = actors_named({row.adopted_by for row in rows}, reader)
    for row in rows:
        told: Any = row
        told.counts, told.firms = counts[row.pk], firms.get(row.pk, [])
        told.decided_by = names.get(row.adopted_by, "")
        yield row


def _counts(row: Batch) -> Counter[str]:
    counts: Counter[str] | None = getattr(row, "counts", None)
    return Counter() if counts is None else counts


def _stages(row: Batch) -> str:
    told = queries_batches.stage_counts(_counts(row))
    return _("，").join(f"{Stage(stage).label} {count}" for stage, count in told if count)


def plans_page(request: HttpRequest, acts: Sequence[Act]) -> ListPage[BatchPlan]:
    """Plans, the newest first."""
    actor = actor_of(request)
    committees = committee_names(actor)
    names: dict[str, str] = {}

    def loaded(rows: Sequence[BatchPlan]) -> Iterable[BatchPlan]:
        names.update(actors_named({row.by for row in rows}, actor))
        return rows

    return ListPage(
        title=_("成片方案"),
        subtitle=_("同样的门洞可以按不同的条件划批；看图比较，定下来再采用。"),
        crumbs=[*crumbs(), (_("成片批次"), reverse("lifts:batches"))],
        columns=[
            Column("number", _("方案"), str, link=BatchPlan.get_absolute_url, order_by="number"),
            Column("where", _("范围"), lambda row: committees.get(row.path) or _("全街道"), order_by="path"),
            Column("lots", _("批"), lambda row: row.lots, numeric=True),  # type: ignore[attr-defined]
            Column("value", _("分值"), lambda row: round(row.value, 2), numeric=True, order_by="value"),
            Column("gap", _("离最好的多远"), words.gap_words),
            Column("on", _("按哪天的进度"), lambda row: row.on, order_by="on"),
            Column("by", _("谁提的"), lambda row: names.get(row.by, "")),
            Column(
                "state",
                _("状态"),
                lambda row: row.get_state_display(),
                kind="chip",
                tone=lambda row: words.plan_chip(row).tone,
                order_by="state",
            ),
        ],
        filters=[Choice("state", _("状态"), BatchPlan.State.choices, lookup="state")],
        loaded=loaded,
        acts=acts,
        empty=Empty(_("还没有成片方案"), _("按条件提一个，系统把挨着的、成熟的门洞划成批。")),
    )


def member_columns(*, with_lot: bool) -> list[Column[BatchMember]]:
    """Stairwells of lots: how ready each was, and why; with their lots, where they are of several."""
    address: Column[BatchMember] = Column(
        "address", _("门洞"), lambda row: row.dossier.address, link=lambda row: row.dossier.get_absolute_url()
    )
    scored: list[Column[BatchMember]] = [
        Column(
            "readiness",
            _("成熟度"),
            lambda row: round(row.readiness, 2),
            drawn=lambda row: words.degree_bar(row.readiness),
        ),
        Column("because", _("怎么算的"), words.because),
    ]
    if not with_lot:
        return [address, *scored]
    return [
        Column("lot", _("批"), lambda row: row.batch.place, numeric=True),
        address,
        Column("quarter", _("小区"), lambda row: row.batch.quarter, link=lambda row: row.batch.get_absolute_url()),
        Column("committee", _("居委会"), lambda row: row.dossier.stairwell.building.committee.name),
        Column("stage", _("阶段"), lambda row: row.dossier.stage_words),
        *scored,
    ]


@dataclass(slots=True)
class Quarter:
    """A quarter (小区) and how many of its stairwells take which road."""

    name: str
    path: str
    quarter: str
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def whole(self) -> int:
        """Stairwells that a lift suits."""
        return self.counts.total()

    @property
    def share(self) -> float:
        """Share of them that is built or being built."""
        return self.counts["done"] / self.whole if self.whole else 0.0


def quarters_of(ways: Iterable[Way]) -> list[Quarter]:
    """Quarters with their counts, those nearest to the end first."""
    found: dict[str, Quarter] = {}
    for one in ways:
        quarter = found.setdefault(one.block, Quarter(one.block, committee_of(one.path), one.quarter))
        quarter.counts[one.kind] += 1
    return sorted(found.values(), key=lambda one: (-one.share, -one.whole, one.name))


def ways_page(request: HttpRequest, ways: Sequence[Way], figures: Sequence[tuple[str, int, str]]) -> ListPage[Quarter]:
    """Quarters with what is built, and the road that the rest takes (三化并进)."""
    actor = actor_of(request)
    committees = committee_names(actor)
    return ListPage(
        title=_("三化并进"),
        subtitle=_("成片化、零星化、去零化：每个小区做了多少，剩下的走哪条路。"),
        crumbs=[*crumbs(), (_("成片批次"), reverse("lifts:batches"))],
        columns=[
            Column("name", _("小区"), lambda row: row.name, link=lambda row: _listed(row, "")),
            Column("committee", _("居委会"), lambda row: committees.get(row.path, "")),
            Column("whole", _("适合加梯"), lambda row: row.whole, numeric=True),
            Column("share", _("做了多少"), lambda row: f"{100 * row.share:.0f}%", drawn=_share),
            *(_way_column(kind) for kind in words.WAYS),
        ],
        filters=[Choice("committee", _("居委会"), list(committees.items()), by=_of_committee)],
        filter_label=_("小区"),
        map_url=lambda asked: f"{reverse('lifts:map')}?{asked.GET.urlencode()}",
        template="lifts/batches/ways.html",
        extra={"figures": figures},
        empty=Empty(_("还没有适合加梯的门洞"), _("先做可行性初评。")),
    )


def _way_column(kind: str) -> Column[Quarter]:
    return Column(
        kind,
        words.way_name(kind),
        lambda row: row.counts[kind],
        numeric=True,
        link=lambda row: _listed(row, kind) if row.counts[kind] else "",
    )


def _share(row: Quarter) -> SafeString:
    return words.degree_bar(row.share)


def _listed(row: Quarter, kind: str) -> str:
    where = f"quarter={quote(row.quarter)}" if row.quarter else f"committee={row.path}"
    asked = f"?{where}" + (f"&way={kind}" if kind else "")
    return reverse("lifts:list") + asked


def _of_committee(rows: Any, path: str) -> Any:
    return [row for row in rows if row.path == path]


def ways_told(ways: Sequence[Way]) -> Mapping[str, int]:
    """How many stairwells take each road."""
    return Counter(one.kind for one in ways)
