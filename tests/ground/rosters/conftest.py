"""A kind of roster for the engine's tests: the residents of a committee, on the real tables."""

from collections.abc import Iterator, Sequence

import pytest
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import System
from xiuhua.ground.rosters import kinds
from xiuhua.ground.rosters.cells import ChoiceCell, NameCell, NumberCell, TextCell
from xiuhua.ground.rosters.codes import IdNumberCell, PhoneCell
from xiuhua.ground.rosters.dates import DateCell
from xiuhua.ground.rosters.kinds import Column, Place, RosterKind, changed
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.masking import mask_id_number, mask_name, mask_phone
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.models import Committee, Household, MicroGrid, Resident, Stairwell
from xiuhua.ground.territory.paths import child_path

SYSTEM = System("test")


class Neighbours(RosterKind):
    key = "neighbours"
    title = gettext_lazy("邻居")
    roles = (Role.COMMITTEE_HEAD, Role.GRID_WORKER)
    unique = (("id_number",),)
    writes = ("territory.Household", "territory.Resident")

    stairwell = Column("门洞", TextCell(), also=("楼道", "楼栋"), required=True, examples=("1 号", "1 号"))
    room = Column("室号", TextCell(12), required=True, examples=("501", "502"))
    name = Column("姓名", NameCell(30), required=True, sensitive=True, mask=mask_name, examples=("王秀英", "李强"))
    id_number = Column(
        "证件号",
        IdNumberCell(),
        also=("身份证号", "身份证号码"),
        required=True,
        sensitive=True,
        mask=mask_id_number,
        examples=("11010519491231002X", "440524188001010014"),
    )
    sex = Column("性别", ChoiceCell({"f": ("女", "女性"), "m": ("男", "男性")}), required=True, examples=("女", "男"))
    born = Column("出生日期", DateCell(), examples=("1949-12-31", "1980-01-01"))
    phone = Column(
        "电话", PhoneCell("021"), also=("手机", "联系电话"), sensitive=True, mask=mask_phone, examples=("13800000000",)
    )
    grid = Column("微格", NumberCell(whole=True, units=("号", "微格")), also=("微网格",), examples=("1",))

    def begin(self) -> None:
        self.stairwells = {found.name: found for found in Stairwell.objects.under(self.path)}
        self.grids = MicroGrid.objects.under(self.path).count()
        self.households: dict[tuple[int, str], Household] = {}
        self.counts: dict[str, int] = {}

    def resolve(self, rows: Sequence[Row]) -> None:
        numbers = [row["id_number"] for row in rows if row.tells("id_number")]
        known = self.known(numbers)
        self.find_households()
        for row in rows:
            if row.tells("stairwell") and row["stairwell"] not in self.stairwells:
                row.refuse("stairwell", "没有这个门洞", f"有：{'、'.join(self.stairwells)}")
            if row.tells("grid") and not 1 <= row["grid"] <= self.grids:
                row.refuse("grid", f"没有第 {row['grid']} 微格", f"只有 1 至 {self.grids}")
            if row["phone"] is None and "phone" not in row.faults:
                row.remind("phone", "没有电话")
            if not row.tells("stairwell", "room", "id_number") or row.faults:
                continue
            self.write(row, known.get(row["id_number"]))

    def known(self, numbers: Sequence[str]) -> dict[str, Resident]:
        field = Resident._meta.get_field("id_number_index")
        by_index = {field.made_from(number): number for number in numbers}
        found = Resident.objects.under(self.path).filter(id_number_index__in=by_index).select_related("household")
        return {by_index[resident.id_number_index]: resident for resident in found}

    def find_households(self) -> None:
        if not self.households:
            for household in Household.objects.under(self.path):
                self.households[household.stairwell_id, household.room] = household

    def write(self, row: Row, resident: Resident | None) -> None:
        stairwell = self.stairwells[row["stairwell"]]
        household = self.households.get((stairwell.pk, row["room"]))
        beside = []
        if household is None:
            path = child_path(stairwell.path, 100 + len(self.households), 4)
            household = Household(stairwell=stairwell, floor=5, room=row["room"], living_area_m2=50, path=path)
            self.households[stairwell.pk, row["room"]] = household
        if household.pk is None:
            beside = [household]
        if resident is None:
            number = self.counts[household.path] = self.counts.get(household.path, 50) + 1
            born = row["born"]
            new = Resident(
                household=household,
                path=child_path(household.path, number, 2),
                birth_year=born.year if born else int(row["id_number"][6:10]),
                birth_date=born,
                name=row["name"],
                id_number=row["id_number"],
                phone=row["phone"] or "",
                sex=row["sex"],
            )
            row.creates(new, beside=beside)
            return
        fields = changed(resident, row, {"name": "name", "phone": "phone", "sex": "sex", "born": "birth_date"})
        if resident.household_id != household.pk or household.pk is None:
            resident.household = household
            fields.append("household")
        row.updates(resident, fields, beside=beside)


def find_places(actor, levels) -> list[Place]:
    return [Place(node.path, node.name) for node in Committee.objects.order_by("path") if len(node.path) in levels]


@pytest.fixture
def neighbours(monkeypatch) -> Iterator[type[Neighbours]]:
    monkeypatch.setattr(kinds, "_kinds", {"neighbours": Neighbours})
    monkeypatch.setattr(kinds, "_finders", [find_places])
    return Neighbours


@pytest.fixture
def laid(subdistrict, plan, neighbours):
    """A committee with one house on record, one stairwell, one household of two."""
    actions.lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    return Committee.objects.get(name="西村")
