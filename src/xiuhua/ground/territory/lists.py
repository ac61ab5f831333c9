"""The lists of the territory: what each column shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.standards import on
from xiuhua.ground.territory import actions, names, queries, search
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import (
    Binding,
    Building,
    Committee,
    Facility,
    Household,
    MicroGrid,
    Resident,
    Sex,
    Stairwell,
    Use,
)
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, choice_words, sought
from xiuhua.ground.words import gettext as _

AGES = (60, 70, 80, 90)
"""Ages that the list of residents can be cut at."""
ASKED = ("q", "committee", "use", "lift", "age", "sex", "state", "type")
"""Names of the filters, as an export puts them on record: that something was sought, never what."""


COUNTED = frozenset({"micro_grids", "buildings", "stairwells", "households", "residents", "people", "elders"})
"""Columns of what is counted in a place."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, on which day, and what the committees are called that they see."""

    seer: Actor
    day: date
    committees: Mapping[str, str]

    def committee(self, row: Any) -> str:
        """Name of the committee in which a row lies; none for what belongs to the whole subdistrict."""
        return self.committees.get(committee_of(row.path), "")


def reader_of(request: HttpRequest) -> Reader:
    """Who asks for a list."""
    seer: Actor = request.actor  # type: ignore[attr-defined]
    return Reader(seer, today(), queries.committee_names(seer))


def committees(reader: Reader) -> ListPage[Committee]:
    """Residents' committees with how many live there."""
    return ListPage(
        title=_("居委会"),
        columns=[
            Column("name", _("居委会"), lambda row: row.name, link=_page, order_by="path", search="name__icontains"),
            _figure("micro_grids", _("微网格"), _("个")),
            _figure("buildings", _("楼栋"), _("栋")),
            _figure("households", _("住户"), _("户")),
            _figure("residents", _("居民"), _("人")),
            _figure("elders", _("60 岁以上"), _("人")),
        ],
        filter_label=_("居委会名称"),
        exported=_exported("committees"),
        empty=_nothing_yet(_("还没有居委会")),
    )


def micro_grids(reader: Reader) -> ListPage[MicroGrid]:
    """Micro-grids."""
    return ListPage(
        title=_("微网格"),
        columns=[
            Column("name", _("微网格"), lambda row: row.name, link=_page, order_by="path", search="name__icontains"),
            Column("committee", _("居委会"), reader.committee, order_by="path"),
            _figure("buildings", _("楼栋"), _("栋")),
            _figure("households", _("住户"), _("户")),
            _figure("residents", _("居民"), _("人")),
            _figure("elders", _("60 岁以上"), _("人")),
        ],
        filters=[_by_committee(reader)],
        kept=queries.keeper_of(reader.seer, MicroGrid.sight),
        exported=_exported("micro_grids"),
        empty=_nothing_yet(_("还没有微网格")),
    )


def buildings(reader: Reader) -> ListPage[Building]:
    """Buildings."""
    return ListPage(
        title=_("楼栋"),
        columns=[
            Column(
                "name",
                _("楼栋"),
                names.building_name,
                link=_page,
                order_by="name",
                search=("name__icontains", "quarter__icontains"),
            ),
            Column("quarter", _("小区"), lambda row: row.quarter, order_by=("quarter", "path")),
            Column("committee", _("居委会"), reader.committee, order_by="path"),
            Column("use", _("用途"), choice_words("use", Use), order_by=("use", "path")),
            Column("levels", _("层数"), lambda row: row.levels, numeric=True, shown=_plain_number, order_by="levels"),
            Column("year", _("建成年份"), lambda row: row.year_built, numeric=True, order_by="year_built"),
            _figure("stairwells", _("门洞"), _("个")),
            _figure("residents", _("居民"), _("人")),
        ],
        filters=[_by_committee(reader), Choice("use", _("用途"), Use.choices, lookup="use")],
        filter_label=_("楼栋、小区"),
        kept=queries.keeper_of(reader.seer, Building.sight),
        exported=_exported("buildings"),
        empty=_nothing_yet(_("还没有楼栋")),
    )


def stairwells(reader: Reader) -> ListPage[Stairwell]:
    """Stairwells, with what is to be said of a lift."""
    return ListPage(
        title=_("门洞"),
        columns=[
            Column("name", _("门洞"), lambda row: row.address, link=_page, order_by="path"),
            Column("committee", _("居委会"), reader.committee, order_by="path"),
            Column("levels", _("层数"), lambda row: row.levels, numeric=True, order_by="levels"),
            Column("per_floor", _("每层户数"), lambda row: row.households_per_floor, numeric=True),
            Column(
                "lift",
                _("电梯"),
                lambda row: names.lift_words(row)[0],
                kind="chip",
                tone=lambda row: names.lift_words(row)[1],
            ),
            _figure("households", _("住户"), _("户")),
            _figure("residents", _("居民"), _("人")),
        ],
        filters=[_by_committee(reader), Choice("lift", _("电梯"), _lift_choices, by=_by_lift)],
        filter_label=_("地址里的字"),
        search=lambda rows, words: search.stairwells_with(rows, words, reader.seer),
        kept=queries.keeper_of(reader.seer, Stairwell.sight),
        exported=_exported("stairwells"),
        empty=_nothing_yet(_("还没有门洞")),
    )


def households(reader: Reader) -> ListPage[Household]:
    """Households; how many live in each, but not who."""
    return ListPage(
        title=_("住户"),
        columns=[
            Column("address", _("地址"), lambda row: row.address, link=_page, order_by="path"),
            Column("committee", _("居委会"), reader.committee, order_by="path"),
            Column("floor", _("楼层"), lambda row: row.floor, numeric=True),
            Column("people", _("居民"), lambda row: row.people, numeric=True, unit=_("人")),
            Column("elders", _("60 岁以上"), lambda row: row.elders, numeric=True, unit=_("人")),
            Column("tenure", _("住房来源"), lambda row: row.tenure),
            Column("area", _("住房面积"), lambda row: row.living_area_m2, numeric=True, unit=_("平方米")),
        ],
        filters=[_by_committee(reader)],
        filter_label=_("地址，例如 23号501"),
        search=lambda rows, words: search.households_with(rows, words, reader.seer),
        private=True,
        loaded=lambda rows: queries.with_people_counted(rows, reader.day),
        kept=queries.keeper_of(reader.seer, Household.sight),
        exported=_exported("households"),
        empty=_nothing_yet(_("还没有住户")),
    )


def residents(reader: Reader) -> ListPage[Resident]:
    """Residents, masked."""
    return ListPage(
        title=_("居民"),
        columns=[
            Column("name", _("姓名"), names.marked_name, link=_page),
            Column("sex", _("性别"), choice_words("sex", Sex)),
            Column("age", _("年龄"), lambda row: row.age_on(reader.day), numeric=True, unit=_("岁")),
            Column("phone", _("电话"), names.resident_phone),
            Column("id_number", _("证件号"), names.resident_id_number),
            Column(
                "home",
                _("住址"),
                lambda row: row.household.address,
                link=lambda row: row.household.get_absolute_url(),
                order_by="path",
            ),
            Column("committee", _("居委会"), reader.committee, order_by="path"),
        ],
        filters=[
            _by_committee(reader),
            Choice("age", _("年龄"), _age_choices, by=lambda rows, age: rows.aged(int(age), reader.day)),
            Choice("sex", _("性别"), Sex.choices, lookup="sex"),
            Choice(
                "state",
                _("住在哪里"),
                [("left", _("已迁出"))],
                by=lambda rows, _state: rows,
                blank=_("住在这里的"),
            ),
        ],
        filter_label=_("地址，或完整的姓名、电话、证件号"),
        search=lambda rows, words: search.residents_with(rows, words, reader.seer),
        private=True,
        loaded=queries.with_kept_only,
        kept=queries.keeper_of(reader.seer, Resident.sight),
        exported=_exported("residents"),
        empty=_nothing_yet(_("还没有居民")),
    )


def bindings(reader: Reader, tones: Mapping[str, str]) -> ListPage[Binding]:
    """Bindings of accounts to households."""
    return ListPage(
        title=_("住户绑定"),
        subtitle=_("居民在手机上申请，居委会当面或打电话问清楚以后确认"),
        columns=[
            Column("name", _("申请人"), lambda row: row.name, mask=mask_name, link=_page),
            Column("address", _("自己写的地址"), lambda row: row.address),
            Column("committee", _("居委会"), reader.committee),
            Column("phone", _("手机"), lambda row: row.user.phone, mask=mask_phone),
            Column("asked", _("申请时间"), lambda row: row.asked_at, kind="moment", order_by="asked_at"),
            Column(
                "state",
                _("状态"),
                choice_words("state", Binding.State),
                kind="chip",
                tone=lambda row: tones[row.state],
            ),
        ],
        filters=[_by_committee(reader), Choice("state", _("状态"), Binding.State.choices, lookup="state")],
        exported=_exported("bindings"),
        empty=Empty(_("还没有人申请"), _("居民用手机登录以后，在「我的」里申请。")),
    )


def facilities(reader: Reader) -> ListPage[Facility]:
    """Facilities."""
    types = on(reader.day).facility_types
    return ListPage(
        title=_("设施"),
        columns=[
            Column(
                "name",
                _("设施"),
                lambda row: row.name or names.type_name(types.get(row.facility_type), row.facility_type),
                link=_page,
                order_by="name",
                search="name__icontains",
            ),
            Column(
                "type",
                _("类型"),
                lambda row: names.type_name(types.get(row.facility_type), row.facility_type),
                order_by=("facility_type", "name"),
            ),
            Column("committee", _("居委会"), reader.committee, order_by="path"),
            Column(
                "area",
                _("建筑面积"),
                lambda row: row.floor_area_m2,
                numeric=True,
                unit=_("平方米"),
                order_by="floor_area_m2",
            ),
        ],
        filters=[
            _by_committee(reader),
            Choice(
                "type", _("类型"), [(key, names.type_name(one, key)) for key, one in types.items()], "facility_type"
            ),
        ],
        exported=_exported("facilities"),
        empty=_nothing_yet(_("还没有设施")),
    )


def _figure(name: str, title: str, unit: str) -> Column[Any]:
    return Column(
        name,
        title,
        lambda row: getattr(row, f"{name}_count"),
        unit=unit,
        numeric=True,
        shown=lambda number: f"{number:,}",
        order_by=f"{name}_count",
    )


def _by_committee(reader: Reader) -> Choice:
    return Choice("committee", _("居委会"), list(reader.committees.items()), by=lambda rows, path: rows.under(path))


def _lift_choices() -> list[tuple[str, str]]:
    return [("has", _("已有电梯")), ("suits", _("适合加梯")), ("unfit", _("不具备条件")), ("open", _("还没有评估"))]


def _by_lift(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "has":
        return rows.filter(has_lift=True)
    return rows.filter(has_lift=False, lift_suitable={"suits": True, "unfit": False}.get(state))


def _age_choices() -> list[tuple[str, str]]:
    return [(str(age), _("%(age)s 岁以上") % {"age": age}) for age in AGES]


def _nothing_yet(title: str) -> Empty:
    return Empty(title, _("先导入一份名册或地图，再回来看。"))


def _page(row: Any) -> str:
    return str(row.get_absolute_url())


def _plain_number(number: float) -> str:
    return f"{number:g}"


def _exported(kind: str) -> Callable[[HttpRequest, int], None]:
    def told(request: HttpRequest, count: int) -> None:
        subdistrict = current_subdistrict(request)
        if subdistrict is not None:
            actions.export_list(
                actor=actor_of(request),
                subdistrict=subdistrict,
                kind=kind,
                rows=count,
                asked=sought.filters_of(request, *ASKED),
            )

    return told
