"""Work orders of the 12345 hotline by spreadsheet (12345 工单表): each is received as a suggestion, by the same verb.

The hotline's own export comes under headings that change from district to district; what the office says of a heading
is remembered. A work order is staged whole and sealed, since everything in it may be about a person.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from xiuhua.ground.rosters import kinds
from xiuhua.ground.rosters.cells import NameCell, TextCell
from xiuhua.ground.rosters.codes import PhoneCell
from xiuhua.ground.rosters.dates import DateCell, MomentCell
from xiuhua.ground.rosters.kinds import SUBDISTRICT_DEPTH, Column, RosterKind
from xiuhua.ground.rosters.models import StagedWrite
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.sealing.seal import unseal
from xiuhua.ground.standards import on
from xiuhua.ground.territory import figures
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import rules
from xiuhua.programmes.suggestions.actions import receive
from xiuhua.programmes.suggestions.heard import Circumstances, Heard, Sorted
from xiuhua.programmes.suggestions.intake import looked_at
from xiuhua.programmes.suggestions.models import Nature, Source, Suggestion
from xiuhua.programmes.suggestions.sorting.personal import masked

UNSAID = frozenset({"匿名", "保密", "不便透露", "未留", "未提供", "不愿透露"})
"""What a hotline writes where somebody gives no name or telephone."""
NATURES = {
    Nature.SUGGESTION: ("建议", "意见"),
    Nature.SERVICE: ("求助", "报修", "服务", "咨询"),
}
"""By nature, how the hotline calls it; a complaint (投诉) may be any of them, and is told by its words."""
LONGEST = 5_000


class OrderPhoneCell(PhoneCell):
    """A telephone that may have been withheld."""

    def read(self, value: Any) -> str | None:
        return None if str(value).strip() in UNSAID else super().read(value)


class OrderNameCell(NameCell):
    """A name that may have been withheld."""

    def read(self, value: Any) -> str | None:
        return None if str(value).strip() in UNSAID else super().read(value)


class HotlineRoster(RosterKind):
    """Work orders of the hotline; one that is on record already is left as it is."""

    key = "hotline"
    title = gettext_lazy("热线工单")
    note = gettext_lazy("直接用 12345 热线导出的表。认不出的表头，选一次是哪一列，下次就认得；编号登记过的工单不再登记")
    order = 80
    sight = Sight.SUGGESTIONS
    roles = (Role.SECTION_HEAD, Role.COMMUNITY_PLANNER)
    levels = (SUBDISTRICT_DEPTH,)
    unique = (("number",),)
    writes = ("suggestions.suggestion",)
    seen_at = "suggestions:inbox"
    learns_headings = True

    number = Column(
        "工单编号",
        TextCell(60),
        also=("工单号", "工单编码", "受理编号", "诉求编号", "案件编号", "任务号", "工单流水号", "流水号", "事项编号"),
        required=True,
        examples=("GD20230803001", "GD20230803002"),
    )
    called_at = Column(
        "来电时间",
        MomentCell(),
        also=(
            "受理时间",
            "登记时间",
            "反映时间",
            "创建时间",
            "来电日期",
            "受理日期",
            "诉求时间",
            "派单时间",
            "接单时间",
        ),
        required=True,
        examples=("2023-08-03 09:15", "2023-08-03 10:40"),
    )
    words = Column(
        "诉求内容",
        TextCell(LONGEST),
        also=("问题描述", "反映内容", "工单内容", "诉求描述", "内容描述", "事项内容", "来电内容", "主要内容", "内容"),
        required=True,
        sensitive=True,
        mask=masked,
        examples=("弄口路灯不亮，晚上老人走路看不清", "建议在小花园加两张长椅"),
    )
    title_said = Column(
        "诉求标题",
        TextCell(120),
        also=("标题", "工单标题", "事项标题", "问题标题", "主题"),
        sensitive=True,
        mask=masked,
        examples=("路灯不亮", ""),
    )
    name = Column(
        "来电人",
        OrderNameCell(40),
        also=("诉求人", "反映人", "来电人姓名", "市民姓名", "联系人", "当事人", "姓名"),
        sensitive=True,
        mask=mask_name,
        examples=("王女士", "匿名"),
    )
    phone = Column(
        "联系电话",
        OrderPhoneCell("021"),
        also=("来电号码", "联系方式", "回拨号码", "市民电话", "手机号", "手机", "电话"),
        sensitive=True,
        mask=mask_phone,
        examples=("13800000000", "保密"),
    )
    place = Column(
        "诉求地址",
        TextCell(120),
        also=("事发地址", "问题地址", "发生地址", "事发地点", "发生地点", "地址", "地点"),
        sensitive=True,
        mask=masked,
        examples=("长风一村 12 号门口", "长风公园北门"),
    )
    nature = Column(
        "诉求类型",
        TextCell(60),
        also=("工单类型", "事项类型", "业务类型", "诉求性质", "工单类别", "类型"),
        examples=("求助", "建议"),
        note=gettext_lazy("建议、求助、咨询、报修这些字认得出；投诉由内容来判断"),
    )
    unit = Column(
        "承办单位",
        TextCell(60),
        also=("承办部门", "主办单位", "责任单位", "处置单位", "办理单位"),
        examples=("长风一村居委会", ""),
        note=gettext_lazy("没有地址的，就按这里写的找居委会"),
    )
    due = Column(
        "办理时限",
        DateCell(future=True, example="2023-08-03"),
        also=("办结时限", "截止时间", "截止日期", "要求办结时间", "处置时限", "回复时限", "办理期限", "办结期限"),
        examples=("2023-08-08", ""),
        note=gettext_lazy("比街道自己的期限早，就按这一天"),
    )

    def begin(self) -> None:
        self.subdistrict = Subdistrict.objects.get(path=self.path)
        self.figures = on(today(), at=self.path).suggestions.intake

    def resolve(self, rows: Sequence[Row]) -> None:
        numbers = [row["number"] for row in rows if row.tells("number")]
        known = {one.outside_number: one for one in known_orders(self.path, numbers)}
        for row in rows:
            found = known.get(row["number"] or "")
            if found is not None:
                row.faults.clear()
                row.keeps(found)
                continue
            self._look(row)
            if not row.faults:
                self._stage(row)

    def _stage(self, row: Row) -> None:
        """Sort the work order, and keep it whole and sealed until it is imported."""
        heard, found = looked_at(self.subdistrict, _heard(row))
        order = {"heard": asdict(heard), "sorted": asdict(found), "called_at": row["called_at"]}
        words = json.dumps(order, ensure_ascii=False, default=str)
        row.creates(
            Suggestion(subdistrict=self.path, path=found.path, outside_number=heard.outside_number, words=words)
        )

    def _look(self, row: Row) -> None:
        """Say what would keep the row from being received, and what deserves a look."""
        if row.tells("words"):
            heard = _heard(row)
            sent = rules.Sent(len(heard.words), name=heard.name, phone=heard.phone, place=heard.place, by_staff=True)
            for reason in rules.can_be_received(sent, self.figures).reasons:
                row.refuse(reason.field or "words", reason.text, reason.mend or "")
        if row.tells("called_at", "due") and row["due"] < row["called_at"].date():
            row.remind("due", _("办理时限比来电时间还早"), _("对一下日期"))

    def carry_out(self, batch: UUID) -> bool:
        """Receive each work order by its verb; none, where one of them was received meanwhile."""
        subdistrict = Subdistrict.objects.get(path=self.path)
        staged = StagedWrite.objects.filter(batch=batch).order_by("id")
        numbers = [data["outside_number"] for data in staged.values_list("data", flat=True)]
        if known_orders(self.path, numbers).exists():
            return False
        with figures.held():
            for one in staged.iterator():
                heard, circumstances = _order(_opened(one.data))
                receive(actor=self.actor, subdistrict=subdistrict, heard=heard, circumstances=circumstances)
        return True


def known_orders(path: str, numbers: Sequence[str]) -> Any:
    """Work orders of these numbers that are on record."""
    return Suggestion.objects.filter(subdistrict=path, source=Source.HOTLINE, outside_number__in=numbers)


def nature_said(text: str) -> str:
    """The nature that the hotline's own words for a type tell; empty where they tell none."""
    return next((str(nature) for nature, words in NATURES.items() if any(word in text for word in words)), "")


def _heard(row: Row) -> Heard:
    words, title = row["words"], row["title_said"] or ""
    return Heard(
        words=words if not title or title in words else f"{title}\n{words}",
        source=Source.HOTLINE,
        name=row["name"] or "",
        phone=row["phone"] or "",
        place=row["place"] or row["unit"] or "",
        outside_number=row["number"] or "",
        nature=nature_said(row["nature"] or ""),
        outside_due_on=row["due"],
    )


def _order(text: str) -> tuple[Heard, Circumstances]:
    """A work order as it was staged."""
    told = json.loads(text)
    due = told["heard"]["outside_due_on"]
    heard = Heard(**{**told["heard"], "files": (), "outside_due_on": date.fromisoformat(due) if due else None})
    return heard, Circumstances(Sorted(**told["sorted"]), written_at=datetime.fromisoformat(told["called_at"]))


def _opened(data: dict[str, Any]) -> str:
    """The work order that a staged row holds sealed."""
    field: Any = Suggestion._meta.get_field("words")
    return unseal(data["words"], *field.place_of(UUID(data["seal_id"])))


def register_all() -> None:
    """Offer the kind."""
    kinds.register(HotlineRoster)
