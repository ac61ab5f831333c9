"""What must hold before a person goes on record or is corrected there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from xiuhua.ground.rosters.cells import NameCell
from xiuhua.ground.rosters.codes import IdNumberCell, PhoneCell
from xiuhua.ground.sources.id_numbers import read_id_number
from xiuhua.ground.verdicts import Reason, Refused, Verdict
from xiuhua.ground.words import gettext as _

Value = TypeVar("Value")

AREA_CODE = "021"
"""Put before telephone numbers of eight digits."""
SEXES = ("f", "m")
OLDEST = 130
"""Years; who would be older than this was not born on the day that is told."""


@dataclass(frozen=True, slots=True)
class PersonTold:
    """A person as somebody writes them down: texts may hold blanks, full-width digits or nothing."""

    name: str = ""
    phone: str = ""
    id_number: str = ""
    birth_date: date | None = None
    sex: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as they go on record."""

    name: str
    phone: str
    id_number: str
    birth_date: date | None
    birth_year: int
    sex: str
    basis: str


def person_as_told(
    told: PersonTold, *, before: PersonFacts | None, day: date, bases: Collection[str]
) -> Verdict[PersonFacts | None]:
    """What goes on record of a person; nothing where something is wrong, with every reason at its field.

    Birth and sex follow from the identity number where there is one, and must not contradict it.

    Parameters
    ----------
    before : PersonFacts, optional
        What is on record, for somebody who is: a day of birth that nobody knows may stay unknown.
    day : date
        Nobody is born after it.
    bases : collection of str
        Keys of the legal bases in the rule book.
    """
    reading = _Reading()
    name = reading.cell("name", NameCell(40).clean, told.name)
    phone = reading.cell("phone", PhoneCell(AREA_CODE).clean, told.phone)
    id_number = reading.cell("id_number", IdNumberCell().clean, told.id_number)
    if not told.name.strip():
        reading.refuse("name", _("姓名空着"), _("请填姓名"))
    birth_date, sex = told.birth_date, told.sex
    if id_number:
        birth_date, sex = _agreeing(reading, id_number, birth_date, sex)
    if birth_date is None and before is None and "id_number" not in reading.fields:
        reading.refuse("birth_date", _("没有出生日期"), _("写上，或者写上证件号"))
    if birth_date is not None and not (birth_date <= day and day.year - birth_date.year <= OLDEST):
        mend = _("不能晚于今天，也不会早于 %(oldest)s 年前") % {"oldest": OLDEST}
        reading.refuse("birth_date", _("出生日期不对"), mend)
    if sex not in SEXES and "id_number" not in reading.fields:
        reading.refuse("sex", _("没有性别"), _("选一个，或者写上证件号"))
    if told.basis not in bases:
        reading.refuse("basis", _("没有写明凭什么保存这个人的信息"), _("请选一条处理依据"))
    if reading.reasons:
        return Verdict(None, *reading.reasons)
    year = birth_date.year if birth_date else before.birth_year if before else day.year
    return Verdict(PersonFacts(name or "", phone or "", id_number or "", birth_date, year, sex, told.basis))


def resident_can_be_corrected(*, has_left: bool, erased: bool, changed: Collection[str]) -> Verdict[bool]:
    """Whether somebody on record can be corrected: who lives here, was not erased, and is told otherwise now."""
    if erased:
        return Verdict(False, Reason(_("这个人的信息已按本人要求删除"), mend=_("要重新登记，请作为新居民登记")))
    if has_left:
        return Verdict(False, Reason(_("这个人已经迁出"), mend=_("先撤销迁出，再更正")))
    if not changed:
        return Verdict(False, Reason(_("和登记的一样，没有要改的"), mend=_("改了再存，或者点不改了")))
    return Verdict(True)


def id_number_is_free(*, taken: bool) -> Verdict[bool]:
    """Whether nobody else in the subdistrict has the identity number."""
    if not taken:
        return Verdict(True)
    mend = _("对一下证件；人搬过来了，先在原来的地址办迁出")
    return Verdict(False, Reason(_("这个证件号已登记在街道别处"), field="id_number", mend=mend))


def household_has_room(*, numbers_left: int) -> Verdict[bool]:
    """Whether one more person fits the household's numbers."""
    if numbers_left > 0:
        return Verdict(True)
    return Verdict(False, Reason(_("这一户的人数满了"), mend=_("对一下是不是这一户；集体户请分成几户登记")))


def resident_can_move_out(*, has_left: bool, moved: date, born_year: int, day: date) -> Verdict[bool]:
    """Whether somebody can be recorded as having moved out on a day."""
    if has_left:
        return Verdict(False, Reason(_("这个人已经迁出"), mend=_("不用再办")))
    if moved > day:
        return Verdict(False, Reason(_("迁出日期在今天以后"), field="moved", mend=_("等搬走了再办，或者改日期")))
    if moved.year < born_year:
        return Verdict(False, Reason(_("迁出日期早于出生"), field="moved", mend=_("改日期")))
    return Verdict(True)


def resident_can_be_brought_back(*, has_left: bool, erased: bool) -> Verdict[bool]:
    """Whether a move out can be taken back."""
    if not has_left:
        return Verdict(False, Reason(_("这个人没有迁出"), mend=_("不用再办")))
    if erased:
        return Verdict(False, Reason(_("这个人的信息已按本人要求删除"), mend=_("要重新登记，请作为新居民登记")))
    return Verdict(True)


class _Reading:
    """Collects what is wrong, each at its field."""

    def __init__(self) -> None:
        self.reasons: list[Reason] = []

    @property
    def fields(self) -> set[str | None]:
        return {reason.field for reason in self.reasons}

    def refuse(self, field: str, text: str, mend: str) -> None:
        self.reasons.append(Reason(text, field=field, mend=mend))

    def cell(self, field: str, clean: Callable[[Any], Any], value: str) -> Any:
        """What a cell of a roster would make of it."""
        try:
            return clean(value)
        except Refused as refused:
            self.reasons += [Reason(one.text, field=field, mend=one.mend) for one in refused.reasons]
            return None


def _agreeing(reading: _Reading, id_number: str, birth_date: date | None, sex: str) -> tuple[date, str]:
    number = read_id_number(id_number)
    if birth_date is not None and birth_date != number.born:
        reading.refuse("birth_date", _("和证件号第 7 至 14 位对不上"), _("对一下证件，改这一格或者证件号"))
    if sex in SEXES and sex != number.sex:
        reading.refuse("sex", _("和证件号对不上"), _("对一下证件，改这一格或者证件号"))
    return number.born, number.sex
