"""The existing programme by spreadsheet (加梯存量台账): a row a stairwell, with the days of its steps.

Offices keep the days that they are asked about, signing, start and completion; a step that the sheet leaves out counts
as made on the day of the next one, and the preview says so. Each row is taken over by the verbs of the programme.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from xiuhua.ground.rosters import kinds
from xiuhua.ground.rosters.cells import TextCell
from xiuhua.ground.rosters.dates import DateCell
from xiuhua.ground.rosters.kinds import SUBDISTRICT_DEPTH, Column, RosterKind
from xiuhua.ground.rosters.models import StagedWrite
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.models import Building, Stairwell, Subdistrict
from xiuhua.ground.territory.rosters import columns
from xiuhua.ground.territory.rosters.addresses import Addresses
from xiuhua.ground.territory.rosters.within import Within
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.actions.moving import DAYS
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules import history as rules

FIELDS = tuple(DAYS.values())
"""Columns of the sheet and fields of a dossier, in the order of the steps."""


def _day(heading: str, *also: str, examples: tuple[str, ...] = ()) -> Column:
    return Column(heading, DateCell(example="2021-02-08"), also=also, examples=examples)


class LiftRoster(RosterKind):
    """Stairwells that were under way before the system; one that is on record with the same days is left as it is."""

    key = "lifts"
    title = gettext_lazy("加梯存量")
    note = gettext_lazy("一行一个门洞，填它走过的每一步是哪天；没有填的步骤，按后一步的日期算")
    order = 70
    sight = Sight.LIFTS
    roles = (Role.SECTION_HEAD, Role.LIFT_COORDINATOR)
    levels = (SUBDISTRICT_DEPTH,)
    writes = ("lifts.dossier",)
    seen_at = "lifts:list"

    committee = columns.committee_column()
    quarter = columns.quarter_column()
    stairwell = Column(
        "门洞",
        TextCell(60),
        also=("门洞号", "门牌", "门牌号", "地址", "加梯地址", "楼栋门洞"),
        required=True,
        examples=("枣阳路100弄14号", "枣阳路100弄15号"),
    )
    begun_on = _day("开始征询", "征询日期", "启动日期", "意愿征询", examples=("2020-09-01", "2021-03-15"))
    designed_on = _day("进入方案", "方案日期", "表决日期", examples=("2020-11-02", ""))
    agreed_on = _day("进入公示签约", "公示日期", "公示开始", examples=("2021-01-10", ""))
    signed_on = _day("签约日期", "签约", "签约时间", examples=("2021-02-08", "2021-08-20"))
    started_on = _day("开工日期", "开工", "进场日期", "开工时间", examples=("2021-06-01", "2022-01-12"))
    finished_on = _day("竣工日期", "竣工", "完工日期", examples=("2021-11-20", ""))
    completed_on = _day("交付日期", "交付使用", "投入使用", "运行日期", examples=("2021-12-15", ""))

    def begin(self) -> None:
        self.within = Within(self.path)
        buildings = {row.pk: row for row in Building.objects.under(self.path).defer("geometry")}
        wells = list(Stairwell.objects.under(self.path).filter(has_lift=False))
        for well in wells:
            well.building = buildings[well.building_id]
        self.wells = Addresses(((well, well.building) for well in wells), self.within, "stairwell", _("门洞"))
        self.known = {row.stairwell_id: row for row in Dossier.objects.under(self.path)}
        self.seen: dict[int, int] = {}

    def resolve(self, rows: Sequence[Row]) -> None:
        for row in rows:
            well = self.wells.find(row, self.within.committee(row))
            if well is not None:
                self._refuse_again(row, well)
                self._stage(row, well)

    def _refuse_again(self, row: Row, well: Stairwell) -> None:
        first = self.seen.setdefault(well.pk, row.number)
        if first != row.number:
            row.refuse("stairwell", _("和第 %(number)s 行是同一个门洞") % {"number": first}, _("两行留一行"))

    def _stage(self, row: Row, well: Stairwell) -> None:
        if row.faults.keys() & set(FIELDS):
            return
        days = _filled([row[name] for name in FIELDS])
        if any(row[name] is None for name in FIELDS[: len(days)]):
            row.remind("", _("有几步没有填日期，按后一步的日期算"))
        history = list(zip(DAYS, days, strict=False))
        found = self.known.get(well.pk)
        if found is not None and days and [getattr(found, name) for name in FIELDS[: len(days)]] == days:
            row.keeps(found)
            return
        state = found.state if found is not None else "waiting"
        for reason in rules.history_is_whole(history, moves=list(DAYS), state=state).reasons:
            row.refuse(DAYS.get(reason.field or "", "stairwell"), reason.text, reason.mend or "")
        if well.lift_suitable is False:
            row.refuse("stairwell", _("这个门洞登记的是不具备加梯条件"), _("先在门洞名册里改"))
        if row.faults:
            return
        if found is None:
            found = Dossier(stairwell=well, path=well.path)
        for name, day in zip(FIELDS, days, strict=False):
            setattr(found, name, day)
        row.told = [type(self).fields[FIELDS[len(days) - 1]].heading]
        if found.pk is None:
            row.creates(found)
        else:
            row.updates(found, FIELDS[: len(days)])

    def carry_out(self, batch: UUID) -> bool:
        """Take each stairwell over by its verb; none, where one of them was begun meanwhile."""
        actions.open_dossiers(actor=self.actor, subdistrict=Subdistrict.objects.get(path=self.path))
        staged = list(StagedWrite.objects.filter(batch=batch).order_by("id"))
        rows = [(self._dossier(one), _history(one.data)) for one in staged]
        if any(dossier.state != "waiting" for dossier, _days in rows):
            return False
        for dossier, history in rows:
            actions.take_over(actor=self.actor, dossier=dossier, history=history)
        return True

    @staticmethod
    def _dossier(staged: StagedWrite) -> Dossier:
        wanted = {"pk": staged.target} if staged.target else {"stairwell_id": staged.data["stairwell_id"]}
        found: Dossier = Dossier.objects.get(**wanted)
        return found


def _filled(days: Sequence[date | None]) -> list[date]:
    """The days of the steps up to the last that is told; one that is left out is that of the next."""
    last = max((place for place, day in enumerate(days) if day is not None), default=-1)
    found: list[date] = []
    following: date | None = None
    for day in reversed(days[: last + 1]):
        following = day or following
        assert following is not None
        found.append(following)
    return found[::-1]


def _history(data: dict[str, Any]) -> list[tuple[str, date]]:
    """The moves that a staged row tells, with their days."""
    return [(move, date.fromisoformat(data[field])) for move, field in DAYS.items() if data.get(field)]


def register_all() -> None:
    """Offer the kind."""
    kinds.register(LiftRoster)
