"""Residents and their households (居民名册): one row a person, the flat founded when it is new."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.rosters.cells import ChoiceCell, NameCell, NumberCell, TextCell
from xiuhua.ground.rosters.codes import IdNumberCell, PhoneCell
from xiuhua.ground.rosters.dates import DateCell
from xiuhua.ground.rosters.kinds import COMMITTEE_DEPTH, SUBDISTRICT_DEPTH, Column, RosterKind
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.rosters.rules import overtaken
from xiuhua.ground.scope.masking import mask_id_number, mask_name, mask_phone
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.sealing.normal import digits_of, name_of
from xiuhua.ground.sources.id_numbers import IdNumber
from xiuhua.ground.territory.models import Household, MicroGrid, Resident, Sex, Stairwell
from xiuhua.ground.territory.rosters import columns
from xiuhua.ground.territory.rosters.addresses import Addresses
from xiuhua.ground.territory.rosters.basis import basis_names, remind_of_consent
from xiuhua.ground.territory.rosters.cells import BookCell, RoomCell
from xiuhua.ground.territory.rosters.following import strayed
from xiuhua.ground.territory.rosters.homes import Home, Homes
from xiuhua.ground.territory.rosters.people import Claim, People
from xiuhua.ground.territory.rosters.within import GRID_DEPTH, Within, short
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_TOLD = {
    "name": "姓名",
    "id_number": "证件号",
    "phone": "电话",
    "birth_date": "出生日期",
    "sex": "性别",
    "basis": "处理依据",
    "household": "室号",
    "left_at": gettext_lazy("迁回"),
    "floor": "楼层",
    "living_area_m2": "住房面积",
    "tenure": "住房来源",
}
"""What the preview calls what changes: the headings of the sheet."""

MOST_HIDDEN = 20
"""How many identity numbers a sheet may hold of people whom its reader does not see; one more, and all is refused."""

SEXES = {Sex.FEMALE: ("女", "女性", "f"), Sex.MALE: ("男", "男性", "m")}


class ResidentRoster(RosterKind):
    """Residents with the flat they live in."""

    key = "residents"
    title = gettext_lazy("居民")
    note = gettext_lazy("一行一位居民；新的室号会自动建户。没有身份证的，写出生日期和性别")
    order = 50
    sight = Sight.PEOPLE
    roles = (Role.SECTION_HEAD, Role.COMMITTEE_HEAD, Role.GRID_WORKER)
    levels = (SUBDISTRICT_DEPTH, COMMITTEE_DEPTH, GRID_DEPTH)
    unique = (("id_number",),)
    writes = ("territory.household", "territory.resident")
    seen_at = "territory:residents"

    committee = columns.committee_column()
    micro_grid = columns.micro_grid_column(note=gettext_lazy("只用来核对：楼栋归哪个微格，在楼栋名册里改"))
    quarter = columns.quarter_column()
    building = Column(
        "楼栋", TextCell(120), also=("楼栋名称", "楼号", "幢号", "楼栋地址"), examples=("", "枣阳路100弄14-16号")
    )
    stairwell = Column(
        "门洞",
        TextCell(60),
        also=("门洞号", "门牌", "门牌号", "门号", "单元", "楼道", "楼组", "地址"),
        required=True,
        examples=("枣阳路100弄14号", "15号"),
    )
    room = Column(
        "室号", RoomCell(), also=("室", "房号", "房间号", "户室", "户号"), required=True, examples=("401", "502")
    )
    floor = Column(
        "楼层",
        NumberCell(low=-5, high=200, whole=True, units=("层", "楼")),
        also=("所在楼层",),
        examples=("", ""),
        note=gettext_lazy("室号看得出楼层就不用写"),
    )
    name = Column(
        "姓名",
        NameCell(40),
        also=("居民姓名", "名字"),
        required=True,
        examples=("王秀英", "陈建国"),
        sensitive=True,
        mask=mask_name,
    )
    id_number = Column(
        "证件号",
        IdNumberCell(),
        also=("身份证号", "身份证", "身份证号码", "证件号码", "公民身份号码"),
        examples=("310107194302030020", ""),
        sensitive=True,
        mask=mask_id_number,
    )
    sex = Column("性别", ChoiceCell(SEXES), examples=("", "男"), note=gettext_lazy("有证件号就不用写"))
    birth_date = Column(
        "出生日期",
        DateCell(),
        also=("出生年月日", "出生年月", "生日", "出生"),
        examples=("1943-02-03", "1950-11-20"),
    )
    phone = Column(
        "电话",
        PhoneCell("021"),
        also=("联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "固定电话"),
        examples=("13800000000", "021-62540000"),
        sensitive=True,
        mask=mask_phone,
    )
    area = Column(
        "住房面积",
        NumberCell(low=1, high=5_000, units=("平方米", "㎡", "m2", "平米")),
        also=("居住面积", "建筑面积", "面积"),
        examples=("52.5", ""),
    )
    tenure = Column("住房来源", TextCell(20), also=("产权", "房屋性质", "住房性质"), examples=("购买", "租赁"))
    basis = Column(
        "处理依据",
        BookCell(basis_names, gettext_lazy("从下拉框里选")),
        also=("法律依据", "依据"),
        examples=("", ""),
        note=gettext_lazy("空着就是居委会的服务职责"),
    )

    def begin(self) -> None:
        self.within = Within(self.path)
        rows = list(Stairwell.objects.under(self.path).select_related("building").defer("building__geometry"))
        places = ((row, row.building) for row in rows)
        self.stairwells = Addresses(places, self.within, "stairwell", _("门洞"))
        self.grids = {grid.pk: grid for grids in self.within.grids.values() for grid in grids}
        self.homes = Homes(self.path)
        self.people = People(self.path)
        self.hidden = 0

    def resolve(self, rows: Sequence[Row]) -> None:
        claims = []
        for row in rows:
            read_identity(row)
            home = self._home(row)
            if home is not None:
                claims.append(Claim(row, home))
        self.people.find(claims)
        for claim in claims:
            if claim.elsewhere is not None:
                self._refuse_elsewhere(claim.row, claim.elsewhere)
            elif claim.row.faults:
                continue
            elif claim.found is None:
                self._create(claim)
            else:
                self._update(claim, claim.found)

    def applied(self) -> None:
        """Refuse where a house was moved since the check: the staged paths would lead to where it stood."""
        if strayed(self.path, Household, Resident):
            raise Refused(overtaken())

    def _home(self, row: Row) -> Home | None:
        committee = self.within.committee(row)
        if "committee" in row.faults:
            return None
        stairwell = self.stairwells.find(row, committee)
        if stairwell is None:
            self.within.grid(row, committee)
            return None
        self._look_at_grid(row, stairwell)
        return self.homes.home(row, stairwell)

    def _look_at_grid(self, row: Row, stairwell: Stairwell) -> None:
        """Compare the micro-grid that a row tells with the one that its building is in."""
        if not row.tells("micro_grid"):
            return
        committee = self.within.committee_at(stairwell.building.committee_id)
        right: MicroGrid | None = self.grids.get(stairwell.building.micro_grid_id or 0)
        told = self.within.grid(row, committee, right)
        if told is None or told is right:
            return
        if right is None:
            mend = _("楼栋归哪个微格，在楼栋名册里写")
            row.remind("micro_grid", _("%(address)s还没有划进微格") % {"address": stairwell.address}, mend)
            return
        said = {"address": stairwell.address, "right": short(right, committee)}
        row.refuse(
            "micro_grid",
            _("%(address)s在第 %(right)s 微格") % said,
            _("这里该填 %(right)s；要改划，用楼栋名册") % said,
        )

    def _refuse_elsewhere(self, row: Row, person: Resident) -> None:
        """Say that somebody is on record outside the import: where, only to those who may see it."""
        seen = (
            Resident.objects.visible_to(self.actor)
            .filter(pk=person.pk)
            .select_related("household__stairwell__building")
        )
        where = next(iter(seen), None)
        if where is None:
            self._count_hidden()
            row.refuse("id_number", _("这个证件号已登记在街道别处"), _("对一下证件；人搬过来了，请街道办迁移"))
            return
        said = {"address": where.household.address}
        row.refuse("id_number", _("这个证件号已登记在%(address)s") % said, _("对一下证件；人搬过来了，先办迁移"))

    def _count_hidden(self) -> None:
        """Stop where a sheet finds too many people whom its reader may not see: it would tell who lives elsewhere."""
        self.hidden += 1
        if self.hidden > MOST_HIDDEN:
            raise Refused(
                Reason(
                    _("表里有 %(most)s 个以上的证件号登记在街道别处") % {"most": MOST_HIDDEN},
                    field="file",
                    mend=_("请街道的人来导这张表，或者先办迁移"),
                )
            )

    def _create(self, claim: Claim) -> None:
        row = claim.row
        if row["birth_date"] is None or row["sex"] is None:
            ask_for_birth_and_sex(row, self.given)
            return
        path = self.people.next_path(claim.home)
        if path is None:
            row.refuse("room", _("这一户的人数满了"), _("对一下室号"))
            return
        person = Resident(
            path=path,
            name=row["name"],
            id_number=row["id_number"] or "",
            phone=row["phone"] or "",
            birth_date=row["birth_date"],
            birth_year=row["birth_date"].year,
            sex=row["sex"],
        )
        if row["basis"]:
            person.basis = row["basis"]
            remind_of_consent(row)
        self._remind_of_phone(row, "")
        row.creates(person, beside=_settled(person, claim.home))

    def _update(self, claim: Claim, person: Resident) -> None:
        row = claim.row
        fields = self._differing(row, person)
        moved = person.household_id != claim.home.pk
        if moved:
            path = self.people.next_path(claim.home)
            if path is None:
                row.refuse("room", _("这一户的人数满了"), _("对一下室号"))
                return
            fields += ["household", "path"]
            person.path = path
        if person.left_at is not None:
            person.left_at = None
            fields.append("left_at")
        self._remind_of_phone(row, person.phone)
        row.updates(person, fields, beside=_settled(person, claim.home) if moved else ())
        row.told = [str(_TOLD[name]) for name in row_fields(row, fields) if name in _TOLD]

    def _differing(self, row: Row, person: Resident) -> list[str]:
        """Set on a person what the row says otherwise, and return the names of those fields."""
        fields = []
        if name_of(person.name) != name_of(row["name"]):
            person.name = row["name"]
            fields.append("name")
        if row["id_number"] and person.id_number != row["id_number"]:
            person.id_number = row["id_number"]
            fields.append("id_number")
        if row["phone"] and digits_of(person.phone) != digits_of(row["phone"]):
            person.phone = row["phone"]
            fields.append("phone")
        told = {name: row[name] for name in ("birth_date", "sex", "basis")}
        told["birth_year"] = row["birth_date"].year if row["birth_date"] else None
        for name, value in told.items():
            if value is not None and getattr(person, name) != value:
                setattr(person, name, value)
                fields.append(name)
        if "basis" in fields:
            remind_of_consent(row)
        return fields

    def _remind_of_phone(self, row: Row, on_record: str) -> None:
        if "phone" in self.given and not row["phone"] and not on_record:
            row.remind("phone", _("没有电话"), _("补上电话，走访前好联系"))


def row_fields(row: Row, fields: Sequence[str]) -> list[str]:
    """Names of the fields that a row changes, of the person and of the flat."""
    return [*fields, *(name for write in row.writes if isinstance(write.instance, Household) for name in write.fields)]


def _settled(person: Resident, home: Home) -> list[Any]:
    """Put a person into a flat; returns the household where it must be founded first."""
    if home.household is not None and home.is_new:
        person.household = home.household
        return [home.household]
    person.household_id = home.pk
    return []


def read_identity(row: Row) -> None:
    """Take birth and sex from the identity number, and see that the other cells agree with it."""
    if not row.tells("id_number"):
        return
    number = IdNumber(row["id_number"])
    told = {"birth_date": number.born, "sex": Sex(number.sex)}
    if row["birth_date"] is not None and row["birth_date"] != number.born:
        row.refuse("birth_date", _("和证件号第 7 至 14 位对不上"), _("对一下证件，改这一格或者证件号"))
    if row["sex"] is not None and row["sex"] != number.sex:
        said = {"sex": Sex(number.sex).label}
        row.refuse("sex", _("和证件号对不上，按证件号是%(sex)s") % said, _("对一下证件，改这一格或者证件号"))
    for column, value in told.items():
        if column not in row.faults:
            row.values[column] = value


def ask_for_birth_and_sex(row: Row, given: frozenset[str]) -> None:
    """Refuse a new person of whom neither identity number nor birth and sex are told."""
    if "id_number" in row.faults:
        return
    for column, words in (("birth_date", _("没有出生日期")), ("sex", _("没有性别"))):
        if row[column] is None and column not in row.faults:
            row.refuse(column if column in given else "name", words, _("写上，或者写上证件号"))
