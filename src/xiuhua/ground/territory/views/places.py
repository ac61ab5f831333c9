"""Pages about places: the subdistrict, its committees and micro-grids, buildings and facilities."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.layers.registry import layers_for
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory import drawn, lists, names, permits, queries
from xiuhua.ground.territory.context import CHOSEN, current_subdistrict
from xiuhua.ground.territory.models import Building, Committee, Facility, MicroGrid, Subdistrict
from xiuhua.ground.territory.seen import crumbs_to, keepers_of, sees, thing_or_404
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Chip, Fact, Facts, ObjectPage, Part, Related
from xiuhua.ground.words import gettext as _

MANY = 12
"""Rows of a part that a page shows before it leads to the whole list."""
ROUND_A_BUILDING_M, ROUND_A_PLACE_M, ROUND_A_GRID_M = 55, 90, 30


@sight_required(Sight.PLACES)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The subdistrict at hand, or what to do where there is none."""
    subdistrict = current_subdistrict(request)
    if subdistrict is None:
        return render(request, "territory/nothing_yet.html")
    return redirect(subdistrict.get_absolute_url())


@sight_required(Sight.PLACES)
@require_safe
def subdistrict(request: HttpRequest, pk: int) -> HttpResponse:
    """A subdistrict: its figures, its map, its committees. Other pages are about it from now on."""
    row = thing_or_404(request, Subdistrict, pk)
    if request.session.get(CHOSEN) != row.path:
        request.session[CHOSEN] = row.path
    reader = lists.reader_of(request)
    committees = [one for one in queries.committees_counted(reader.seer, reader.day) if within(one.path, row.path)]
    others = Subdistrict.objects.visible_to(reader.seer).exclude(pk=row.pk).defer("geometry")
    return ObjectPage(
        title=row.name,
        subtitle="" if reader.seer.holds(*Role, at=row.path) else _("只列出你看得到的范围"),
        subject=row,
        chips=[Chip(_("演示"), "soon")] if row.invented else [],
        sections=[
            Related(_("居委会"), lists.committees(reader).columns, committees, empty=_("还没有居委会")),
            *([Related(_("别的街道"), [_named(_("街道"))], others)] if others else []),
        ],
        template="territory/on_map.html",
        extra={
            "figures": _figures(request, row, committees),
            "map_settings": map_settings(request, row),
        },
    ).respond(request)


@sight_required(Sight.PLACES)
@require_safe
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    """A residents' committee: figures, map, micro-grids, buildings."""
    row = thing_or_404(request, Committee, pk)
    reader = lists.reader_of(request)
    own = queries.listed_committees(reader.seer, reader.day).filter(pk=row.pk)
    grids = queries.listed_micro_grids(reader.seer, reader.day).under(row.path)
    return ObjectPage(
        title=names.committee_name(row),
        subtitle="、".join(keepers_of(row.path)),
        subject=row,
        crumbs=crumbs_to(row),
        chips=[Chip(_("名称是虚构的"), "outline")] if row.invented_name else [],
        sections=[
            Related(
                _("微网格"), _without(lists.micro_grids(reader).columns, "committee"), grids, empty=_("还没有划分")
            ),
        ],
        template="territory/on_map.html",
        extra={
            "figures": _figures(request, row, list(own)),
            "map_settings": map_settings(request, row.subdistrict, row),
        },
    ).respond(request)


@sight_required(Sight.PLACES)
@require_safe
def micro_grid(request: HttpRequest, pk: int) -> HttpResponse:
    """A micro-grid: who looks after it, and its buildings."""
    row = thing_or_404(request, MicroGrid, pk)
    reader = lists.reader_of(request)
    buildings = list(queries.listed_buildings(reader.seer, reader.day, "households", "elders").under(row.path))
    plan = drawn.drawing_of(
        reader.seer,
        drawn.around((row.west, row.south, row.east, row.north), ROUND_A_GRID_M),
        label=_("%(name)s平面图") % {"name": row.name},
        kind_of=lambda building: drawn.OWN if building.path.startswith(row.path) else drawn.HOUSE,
    )
    columns = _without(lists.buildings(reader).columns, "committee", "use")
    return ObjectPage(
        title=row.name,
        subtitle=names.committee_name(row.committee),
        subject=row,
        crumbs=crumbs_to(row),
        aside=[
            Facts(
                _("基本情况"),
                [
                    Fact(_("谁负责"), "、".join(keepers_of(row.path))),
                    Fact(_("楼栋"), len(buildings)),
                    Fact(_("住户"), sum(one.households_count for one in buildings)),
                    Fact(_("居民"), sum(one.residents_count for one in buildings)),
                    Fact(_("60 岁以上"), sum(one.elders_count for one in buildings)),
                    Fact(_("区划代码"), row.path),
                ],
            )
        ],
        sections=[
            Part(_("平面图"), "territory/parts/plan.html", {"drawing": plan}),
            Related(_("楼栋"), columns, buildings, empty=_("还没有楼栋")),
        ],
        template="territory/object.html",
    ).respond(request)


@sight_required(Sight.PLACES)
@require_safe
def building(request: HttpRequest, pk: int) -> HttpResponse:
    """A building: what it is, where it stands, its stairwells."""
    row = thing_or_404(request, Building, pk)
    reader = lists.reader_of(request)
    stairwells = list(queries.listed_stairwells(reader.seer, reader.day).filter(building=row))
    facilities = list(queries.listed_facilities(reader.seer).filter(building=row))
    plan = drawn.drawing_of(
        reader.seer,
        drawn.around((row.west, row.south, row.east, row.north), ROUND_A_BUILDING_M),
        label=_("%(name)s和周围的平面图") % {"name": names.building_name(row)},
        kind_of=lambda one: drawn.OWN if one.pk == row.pk else drawn.HOUSE,
        doors=[
            ((one.door_lon, one.door_lat), names.short_door(one), one.address, one.get_absolute_url())
            for one in stairwells
        ],
    )
    columns = _without(lists.stairwells(reader).columns, "committee")
    may_keep = permits.may_keep_building(reader.seer, building=row)
    return ObjectPage(
        title=names.building_name(row),
        subtitle="，".join(filter(None, [row.quarter, reader.committee(row)])),
        subject=row,
        crumbs=crumbs_to(row),
        acts=[Act(_("更正楼栋"), reverse("territory:correct_building", args=[row.pk]), "i-edit")] if may_keep else [],
        aside=[Facts(_("基本情况"), _facts_of_building(row, len(stairwells)))],
        sections=[
            Part(_("平面图"), "territory/parts/plan.html", {"drawing": plan}),
            Related(_("门洞"), columns, stairwells, empty=_("没有登记门洞")),
            *([Related(_("楼里的设施"), lists.facilities(reader).columns[:2], facilities)] if facilities else []),
        ],
        template="territory/object.html",
    ).respond(request)


@sight_required(Sight.PLACES)
@require_safe
def facility(request: HttpRequest, pk: int) -> HttpResponse:
    """A facility: what it is and where one walks in."""
    row = thing_or_404(request, Facility, pk)
    reader = lists.reader_of(request)
    kind = on(reader.day).facility_types.get(row.facility_type)
    title = row.name or names.type_name(kind, row.facility_type)
    plan = drawn.drawing_of(
        reader.seer,
        drawn.around((row.west, row.south, row.east, row.north), ROUND_A_PLACE_M),
        label=_("%(name)s和周围的平面图") % {"name": title},
        kind_of=lambda one: drawn.OWN if one.pk == row.building_id else drawn.HOUSE,
        doors=[((lon, lat), "", _("出入口"), "") for lon, lat in row.entrances],
    )
    seen = Building.objects.visible_to(reader.seer).filter(pk=row.building_id).first() if row.building_id else None
    return ObjectPage(
        title=title,
        subtitle=names.type_name(kind, row.facility_type),
        subject=row,
        crumbs=[*crumbs_to(row), (_("设施"), reverse("territory:facilities"))],
        aside=[
            Facts(
                _("基本情况"),
                [
                    Fact(_("类型"), names.type_name(kind, row.facility_type)),
                    Fact(_("居委会"), reader.committee(row)),
                    Fact(
                        _("在哪栋楼"), seen and names.building_name(seen), link=seen.get_absolute_url() if seen else ""
                    ),
                    Fact(
                        _("建筑面积"),
                        row.floor_area_m2 and _("%(area)s 平方米") % {"area": f"{row.floor_area_m2:,.0f}"},
                    ),
                    Fact(_("出入口"), _("%(count)s 个") % {"count": len(row.entrances)}),
                ],
            )
        ],
        sections=[Part(_("平面图"), "territory/parts/plan.html", {"drawing": plan})],
        template="territory/object.html",
    ).respond(request)


def map_settings(request: HttpRequest, row: Subdistrict, picked: Committee | None = None) -> dict[str, Any]:
    """What the map of a page draws: the layers that this reader may draw, and the committee that it is about."""
    seer = request.actor  # type: ignore[attr-defined]
    return {
        "layers": {one.name: reverse("layers:geojson", args=[row.path, one.name]) for one in layers_for(seer)},
        "committee": picked.pk if picked else None,
        "pages": {
            "building": reverse("territory:building", args=[0]).replace("/0/", "/:id/"),
            "facility": reverse("territory:facility", args=[0]).replace("/0/", "/:id/"),
        },
    }


def _figures(request: HttpRequest, row: Any, committees: list[Any]) -> list[dict[str, Any]]:
    """Figures at the head of a page, each leading to its list where the reader may see it."""
    whole = isinstance(row, Subdistrict)
    shown = [("buildings", _("楼栋"), _("栋"), Sight.PLACES), ("households", _("住户"), _("户"), Sight.HOUSEHOLDS)]
    shown += [("residents", _("居民"), _("人"), Sight.PEOPLE), ("elders", _("60 岁以上"), _("人"), Sight.PEOPLE)]
    figures = [
        {
            "label": label,
            "value": f"{sum(getattr(one, f'{name}_count') for one in committees):,}",
            "unit": unit,
            "url": _list_of(name, "" if whole else row.path) if sees(request, sight) else "",
        }
        for name, label, unit, sight in shown
    ]
    if whole:
        count = f"{len(committees):,}"
        figures.insert(
            0, {"label": _("居委会"), "value": count, "unit": _("个"), "url": reverse("territory:committees")}
        )
    return figures


def _list_of(name: str, path: str) -> str:
    list_name, age = ("residents", "age=60") if name == "elders" else (name, "")
    query = "&".join(filter(None, [f"committee={path}" if path else "", age]))
    return reverse(f"territory:{list_name}") + (f"?{query}" if query else "")


def _facts_of_building(row: Building, stairwells: int) -> list[Fact]:
    return [
        Fact(_("小区"), row.quarter),
        Fact(_("用途"), row.get_use_display()),
        Fact(_("层数"), f"{row.levels:g}"),
        Fact(_("门洞"), stairwells),
        Fact(_("建筑面积"), _("%(area)s 平方米") % {"area": f"{row.floor_area_m2:,.0f}"}),
        Fact(_("建成年份"), row.year_built),
        Fact(_("结构"), row.structure),
        Fact(_("区划代码"), row.path),
    ]


def _named(head: str) -> Column[Any]:
    return Column("name", head, lambda row: row.name, link=lambda row: str(row.get_absolute_url()))


def _without(columns: Any, *keys: str) -> list[Column[Any]]:
    return [column for column in columns if column.key not in keys]
