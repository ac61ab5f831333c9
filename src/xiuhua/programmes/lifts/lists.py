"""Lists of the lift programme: what each column shows, and by what it is narrowed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.paths import SUBDISTRICT, committee_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import Figure
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Building
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage
from xiuhua.ground.ui.lists.column import NOTHING
from xiuhua.ground.ui.templatetags.ui import icon
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import ahead, permits, queries_batches, words
from xiuhua.programmes.lifts.flow import STEPS, Stage
from xiuhua.programmes.lifts.models import Centre, Dossier
from xiuhua.programmes.lifts.queries_dossiers import Load, coordinators_seen, without_coordinator
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.screens import batch_words

STUCK_DAYS = (20, 40, 60, 90, 180)
"""Days by which the list is narrowed; what counts as stuck is a figure of the rule book."""

NOBODY = "none"
"""What the list is narrowed by to stairwells under way that no coordinator accompanies."""

FEW = frozenset({"address", "stage", "step", "days", "stuck", "next"})


def columns(request: HttpRequest, *, few: bool = False) -> list[Column[Dossier]]:
    """Columns of dossiers; a few of them for cards on other pages."""
    actor = actor_of(request)
    committees, day = committee_names(actor), today()
    book = words.book(next(iter(committees), "")[:9]).steps

    def step_words(row: Dossier) -> str:
        return f"{book[row.step].number} {book[row.step].short}" if row.step and _moving(row) else ""

    found: list[Column[Dossier]] = [
        Column(
            "address",
            _("门洞"),
            lambda row: row.address,
            drawn=lambda row: unbroken(row.address),
            link=lambda row: row.get_absolute_url(),
            order_by="path",
            search=("stairwell__name__icontains", "stairwell__building__name__icontains"),
        ),
        Column(
            "committee",
            _("居委会"),
            lambda row: committees.get(committee_of(row.path), ""),
            order_by="path",
        ),
        Column("stage", _("阶段"), stage_words, drawn=drawn_stage, order_by=("stage", "path")),
        Column(
            "step",
            _("第几步"),
            step_words,
            drawn=lambda row: unbroken(step_words(row)),
            order_by=("state", "path"),
        ),
        Column(
            "days",
            _("这一步"),
            lambda row: (day - row.step_began_on).days + 1 if _moving(row) and row.step_began_on else None,
            unit=_("天"),
            numeric=True,
        ),
        Column(
            "stuck",
            _("没有进展"),
            lambda row: moves.stuck_days(row.facts(), day) or None,
            unit=_("天"),
            numeric=True,
            order_by=("-progressed_on", "path"),
        ),
        Column("next", _("下一个关口"), _next_words),
        Column(
            "coordinators",
            _("专员"),
            lambda row: _("、").join(getattr(row, "coordinators", ())),
            drawn=lambda row: unbroken(*getattr(row, "coordinators", ())),
        ),
        Column(
            "year", _("建成"), lambda row: row.stairwell.building.year_built, order_by="stairwell__building__year_built"
        ),
        Column("because", _("不具备条件的原因"), lambda row: row.stairwell.unsuitable_because),
    ]
    return [one for one in found if not few or (one.key in FEW and one.key != "next")]


def stage_words(row: Dossier) -> str:
    """What its stage is called; what a lift does not suit has none."""
    return _("不具备条件") if row.stairwell.lift_suitable is False else row.stage_words


def unbroken(*words: str) -> SafeString:
    """Words of which none is broken over two lines: a name, an address; nothing is said by a dash, as elsewhere."""
    told = [word for word in words if word] or [NOTHING]
    return format_html_join(_("、"), '<span class="xh-nowrap">{}</span>', ((word,) for word in told))


def drawn_stage(row: Dossier) -> SafeString:
    """Its stage as the map marks it: symbol, colour, word."""
    stage = row.symbol.removeprefix("lift-")
    return format_html('<span class="xh-stage is-{}">{}<b>{}</b></span>', stage, icon(row.symbol), stage_words(row))


def dossiers_page(request: HttpRequest) -> ListPage[Dossier]:
    """The list, with its filters, its export and its map."""
    actor = actor_of(request)
    return ListPage(
        title=_("加梯档案"),
        subtitle=_("每个没有电梯的门洞一份：走到第几步，卡了几天，下一个关口是什么。"),
        columns=columns(request),
        filters=_filters(actor),
        filter_label=_("路名、弄、号"),
        loaded=ahead.loaded,
        map_url=lambda asked: f"{reverse('lifts:map')}?{asked.GET.urlencode()}",
        acts=_acts(actor),
        empty=Empty(_("还没有加梯档案"), _("建档以后，每个没有电梯的门洞都有一份。")),
    )


def _acts(actor: Actor) -> list[Act]:
    acts = [
        Act(_("服务中心"), reverse("lifts:centres"), "i-building-community", more=True),
        Act(_("电梯清单"), reverse("lifts:units"), "i-elevator", more=True),
        Act(_("单位名录"), reverse("lifts:contractors"), "i-tools", more=True),
        Act(_("成片"), reverse("lifts:batches"), "i-layout-grid"),
    ]
    if actor.holds(*permits.WORKS):
        acts.insert(0, Act(_("专员手上的门洞"), reverse("lifts:workload"), "i-scale", more=True))
    return acts


def _filters(actor: Actor) -> list[Choice]:
    committees = committee_names(actor)
    steps = words.book(next(iter(committees), "")[:9]).steps
    return [
        Choice("committee", _("居委会"), list(committees.items()), by=lambda rows, path: rows.under(path)),
        Choice("stage", _("阶段"), Stage.choices, lookup="stage"),
        Choice("step", _("步骤"), [(key, step.name) for key, step in steps.items()], by=_in_step),
        Choice("suits", _("条件"), _suits(), by=_suiting),
        Choice("stuck", _("进展"), _stuck(), by=_stuck_for),
        Choice("coordinator", _("专员"), lambda: _coordinators(actor), by=_of_coordinator),
        Choice("year", _("年代"), _decades(), by=_built_in),
        Choice("quarter", _("小区"), lambda: _quarters(actor), lookup="stairwell__building__quarter"),
        Choice("batch", _("成片批次"), lambda: _batches(actor), lookup="batch"),
        Choice("way", _("三化"), _ways, by=lambda rows, way: _on_way(rows, actor, way)),
    ]


def _batches(actor: Actor) -> list[tuple[str, str]]:
    rows = queries_batches.batches(actor).adopted().order_by("quarter", "serial")
    return [(str(row.pk), str(row)) for row in rows]


def _ways() -> list[tuple[str, str]]:
    return [(kind, batch_words.way_name(kind)) for kind in batch_words.WAYS]


def _on_way(rows: Any, actor: Actor, way: str) -> Any:
    """Dossiers whose stairwells take one of the three roads, in whichever subdistricts the reader sees."""
    tops = {top[:SUBDISTRICT] for top in actor.sees(Sight.LIFTS)} or {""}
    found = [one.dossier for top in tops for one in queries_batches.ways(actor, top) if one.kind == way]
    return rows.filter(pk__in=found)


def _in_step(rows: Any, step: str) -> Any:
    return rows.filter(state__in=[state for state, key in STEPS.items() if key == step]).exclude(state="running")


def _suits() -> list[tuple[str, str]]:
    return [("yes", _("适合加梯")), ("no", _("不具备条件")), ("unknown", _("还没有初评"))]


def _suiting(rows: Any, value: str) -> Any:
    if value == "unknown":
        return rows.filter(stairwell__lift_suitable__isnull=True)
    return rows.filter(stairwell__lift_suitable=value == "yes")


def _stuck() -> list[tuple[str, str]]:
    return [(str(days), _("%(days)s 天没有进展") % {"days": days}) for days in STUCK_DAYS]


def _stuck_for(rows: Any, days: str) -> Any:
    return rows.stuck_since(today() - timedelta(days=int(days)))


def _coordinators(actor: Actor) -> list[tuple[str, str]]:
    return [*coordinators_seen(actor), (NOBODY, _("还没有专员"))]


def _of_coordinator(rows: Any, number: str) -> Any:
    if number == NOBODY:
        return without_coordinator(rows).under_way()
    return rows.filter(team__user=number, team__until__isnull=True).distinct()


def _decades() -> list[tuple[str, str]]:
    return [(str(year), _("%(year)s 年代") % {"year": year}) for year in range(1950, 2010, 10)]


def _built_in(rows: Any, decade: str) -> Any:
    return rows.filter(stairwell__building__year_built__range=(int(decade), int(decade) + 9))


def _quarters(actor: Actor) -> list[tuple[str, str]]:
    rows = Building.objects.visible_to(actor).filter(stairwells__dossier__isnull=False).exclude(quarter="")
    return [(name, name) for name in rows.order_by("quarter").values_list("quarter", flat=True).distinct()]


def _moving(row: Dossier) -> bool:
    return row.state not in ("waiting", "running")


def _next_words(row: Dossier) -> str:
    rule = getattr(row, "next_rule", None)
    if rule is None:
        return _("关口都过了") if _moving(row) else ""
    return _("第 %(number)s 条 %(name)s") % {"number": rule.number, "name": rule.name}


def centres_page(request: HttpRequest, *, may_open: bool) -> ListPage[Centre]:
    """The centre and its sub-centres."""
    committees = committee_names(actor_of(request))
    acts = [Act(_("开办"), reverse("lifts:open_centre"), "i-plus", primary=True)] if may_open else []
    return ListPage(
        title=_("加梯服务中心"),
        subtitle=_("街道一个中心，居委会分中心；居民都看得到这一页上的电话。"),
        crumbs=[(_("五色加梯地图"), reverse("lifts:map"))],
        columns=[
            Column("name", _("名称"), lambda row: row.name, link=Centre.get_absolute_url, search="name__icontains"),
            Column("place", _("哪里"), lambda row: committees.get(row.path) or _("全街道"), order_by="path"),
            Column("address", _("地址"), lambda row: row.address, search="address__icontains"),
            Column("phone", _("电话"), lambda row: row.phone),
            Column("hours", _("接待时间"), lambda row: row.hours),
            Column("opened_on", _("开办"), lambda row: row.opened_on, order_by="opened_on"),
            Column(
                "standing",
                _("状态"),
                lambda row: _("已撤并") if row.closed_on else _("接待中"),
                kind="chip",
                tone=lambda row: "" if row.closed_on else "good",
                order_by=("closed_on", "path"),
            ),
        ],
        acts=acts,
        empty=Empty(_("还没有服务中心"), _("先开街道的，再开各居委会的分中心。")),
    )


def workload_page(most: Figure, stuck: Figure) -> ListPage[Load]:
    """Who carries how much; over the limit is marked."""
    return ListPage(
        title=_("专员手上的门洞"),
        subtitle=_("一名专员最多跟 %(most)g 个；%(days)g 天没有进展算卡住。")
        % {"most": most.number, "days": stuck.number},
        crumbs=[(_("五色加梯地图"), reverse("lifts:map"))],
        columns=_load_columns(most),
        empty=Empty(_("还没有专员跟门洞"), _("在门洞的「小组」里加专员。")),
    )


def _load_columns(most: Figure) -> Sequence[Column[Load]]:
    def listed(row: Load, **narrowed: str) -> str:
        asked = "&".join(f"{key}={value}" for key, value in narrowed.items())
        return f"{reverse('lifts:list')}?coordinator={row.user.pk if row.user else NOBODY}&{asked}"

    return [
        Column("name", _("专员"), lambda row: row.user.name if row.user else _("还没有专员"), link=listed),
        Column("carried", _("正在推进"), lambda row: row.carried, unit=_("个"), numeric=True),
        Column(
            "limit",
            _("满不满"),
            lambda row: (
                ""
                if row.user is None
                else _("超了 %(over)g 个") % {"over": row.carried - most.number}
                if row.carried > most.number
                else _("满了")
                if row.carried == most.number
                else ""
            ),
            kind="chip",
            tone=lambda row: "over" if row.carried > most.number else "soon",
        ),
        Column("stuck", _("卡住的"), lambda row: row.stuck, unit=_("个"), numeric=True),
        Column("longest", _("最久没有进展"), lambda row: row.longest_since),
        Column("running", _("已运行"), lambda row: row.running, unit=_("个"), numeric=True),
    ]
