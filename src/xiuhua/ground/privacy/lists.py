"""Lists of the privacy officer (个人信息): consents, requests, who is to be erased, holds, assessments."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.privacy import actions
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment, LegalHold, Restriction
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.standards import Basis, Figure, Status, on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.acts import Crumbs
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period, choice_words
from xiuhua.ground.words import gettext as _


def home_crumbs() -> Crumbs:
    """The way to every page of this house."""
    return [(_("个人信息"), reverse("privacy:home"))]


def name_of(resident: Resident) -> str:
    """What someone is called on a list: by their name, which the column masks."""
    return _("已删除") if resident.erased_at else resident.name


def request_columns(on_day: date) -> list[Column[DataRequest]]:
    """Columns of requests."""
    return [
        Column(
            "kind",
            _("请求"),
            choice_words("kind", DataRequest.Kind),
            link=lambda row: row.get_absolute_url(),
            order_by="kind",
        ),
        Column("name", _("居民"), lambda row: name_of(row.resident), mask=mask_name),
        Column("home", _("住址"), lambda row: row.resident.household.address, order_by="lives_at"),
        Column("asked_on", _("提出日期"), lambda row: row.asked_on, order_by="asked_on"),
        Column("due_on", _("答复期限"), lambda row: row.due_on, order_by="due_on"),
        Column(
            "state",
            _("状态"),
            lambda row: _("已逾期") if row.tone(on_day) == "over" else str(DataRequest.State(row.state).label),
            kind="chip",
            tone=lambda row: row.tone(on_day),
        ),
    ]


def consent_columns(*, with_name: bool = True) -> list[Column[Consent]]:
    """Columns of consents; on a person's own page without the name."""
    columns: list[Column[Consent]] = [
        Column(
            "about", _("同意什么"), lambda row: row.about, link=lambda row: row.get_absolute_url(), order_by="purpose"
        )
    ]
    if with_name:
        columns += [
            Column("name", _("居民"), lambda row: name_of(row.resident), mask=mask_name),
            Column("home", _("住址"), lambda row: row.resident.household.address, order_by="lives_at"),
        ]
    return [
        *columns,
        Column("given_on", _("同意日期"), lambda row: row.given_on, order_by="given_on"),
        Column("given_by", _("谁同意的"), choice_words("given_by", Consent.By)),
        Column(
            "evidence",
            _("凭据"),
            lambda row: " ".join(filter(None, [str(Consent.Evidence(row.evidence).label), row.evidence_number])),
        ),
        Column(
            "state",
            _("状态"),
            lambda row: _("有效") if row.in_force else _("已撤回"),
            kind="chip",
            tone=lambda row: "good" if row.in_force else "outline",
        ),
        Column("withdrawn_at", _("撤回时间"), lambda row: row.withdrawn_at, order_by="withdrawn_at"),
    ]


def to_erase_columns() -> list[Column[Any]]:
    """Columns of those whose keeping nothing carries any more."""
    return [
        Column(
            "name",
            _("居民"),
            lambda row: row.name,
            mask=mask_name,
            link=lambda row: address_of("privacy:person", row.pk),
        ),
        Column("home", _("住址"), lambda row: row.household.address, order_by="path"),
        Column(
            "state",
            _("要做什么"),
            lambda row: _("只存不用") if row.held else _("待删除"),
            kind="chip",
            tone=lambda row: "soon" if row.held else "over",
        ),
    ]


def hold_columns() -> list[Column[LegalHold]]:
    """Columns of holds; the reason stands on the page of each."""
    return [
        Column(
            "name",
            _("居民"),
            lambda row: name_of(row.resident),
            mask=mask_name,
            link=lambda row: row.get_absolute_url(),
        ),
        Column("home", _("住址"), lambda row: row.resident.household.address, order_by="lives_at"),
        Column("until", _("到哪天为止"), lambda row: row.until, order_by="until"),
        Column(
            "state",
            _("状态"),
            lambda row: _("生效") if row.holds_on(today()) else _("已解除或到期"),
            kind="chip",
            tone=lambda row: "soon" if row.holds_on(today()) else "outline",
        ),
    ]


def restriction_columns() -> list[Column[Restriction]]:
    """Columns of restrictions; the reason stands on the page of each."""
    return [
        Column(
            "name",
            _("居民"),
            lambda row: name_of(row.resident),
            mask=mask_name,
            link=lambda row: row.get_absolute_url(),
        ),
        Column("home", _("住址"), lambda row: row.resident.household.address, order_by="lives_at"),
        Column("set_at", _("设定时间"), lambda row: row.set_at, order_by="set_at"),
        Column(
            "state",
            _("状态"),
            lambda row: _("生效") if row.stands else _("已解除"),
            kind="chip",
            tone=lambda row: "soon" if row.stands else "outline",
        ),
    ]


def assessment_columns() -> list[Column[ImpactAssessment]]:
    """Columns of impact assessments."""
    return [
        Column("title", _("名称"), lambda row: row.title, link=lambda row: row.get_absolute_url(), order_by="title"),
        Column("trigger", _("为什么要评估"), choice_words("trigger", ImpactAssessment.Trigger)),
        Column(
            "decision",
            _("结论"),
            choice_words("decision", ImpactAssessment.Decision),
            kind="chip",
            tone=lambda row: {"go": "good", "measures": "soon", "stop": "over"}[row.decision],
        ),
        Column("decided_on", _("评估日期"), lambda row: row.decided_on, order_by="decided_on"),
        Column("keep_until", _("至少保存到"), lambda row: row.keep_until, order_by="keep_until"),
    ]


def basis_columns() -> list[Column[Basis]]:
    """Columns of the legal bases: the law that each rests on, and whether that carries without consent."""
    return [
        Column("name", _("处理依据"), lambda row: row.name),
        Column("law", _("出处"), lambda row: f"{row.law.value} {row.law.clause}"),
        Column("law_status", _("条文"), lambda row: row.law.status.label, kind="chip", tone=lambda row: _sure(row.law)),
        Column(
            "carries",
            _("具体条款"),
            lambda row: f"{row.carries.source} {row.carries.clause}",
        ),
        Column(
            "carries_status",
            _("能不能凭它留存"),
            lambda row: row.carries.status.label,
            kind="chip",
            tone=lambda row: _sure(row.carries),
        ),
    ]


def _sure(figure: Figure) -> str:
    return "good" if figure.status == Status.VERIFIED else "outline"


def requests_page() -> ListPage[DataRequest]:
    """The list of requests."""
    return ListPage(
        title=_("个人信息请求"),
        subtitle=_("查阅、更正、删除、解释：到期之前答复，拒绝的说明理由。"),
        crumbs=home_crumbs(),
        columns=request_columns(today()),
        filters=[
            Choice("state", _("状态"), DataRequest.State.choices, lookup="state", kind="segments", blank=_("全部")),
            Choice("kind", _("请求"), DataRequest.Kind.choices, lookup="kind"),
            Period("due", _("答复期限"), lookup="due_on", moments=False),
        ],
        empty=Empty(
            _("还没有人提出请求"), _("居民提出时，先找到这位居民再登记。"), reverse("privacy:find"), _("找一位居民")
        ),
        exported=_exported("requests"),
    )


def consents_page() -> ListPage[Consent]:
    """The list of consents."""
    asked = on(today()).privacy.consents.values()
    return ListPage(
        title=_("同意"),
        subtitle=_("谁同意了什么，凭什么，有没有撤回。撤回和同意一样方便。"),
        crumbs=home_crumbs(),
        columns=consent_columns(),
        filters=[
            Choice("purpose", _("同意事项"), [(one.key, one.name) for one in asked], lookup="purpose"),
            Choice(
                "state",
                _("状态"),
                [("on", _("有效")), ("off", _("已撤回"))],
                by=lambda rows, value: rows.filter(withdrawn_at__isnull=value == "on"),
                kind="segments",
                blank=_("全部"),
            ),
            Period("given", _("同意日期"), lookup="given_on", moments=False),
        ],
        empty=Empty(
            _("还没有登记过同意"), _("找到一位居民，在他的页面上登记。"), reverse("privacy:find"), _("找一位居民")
        ),
        exported=_exported("consents"),
    )


def to_erase_page() -> ListPage[Any]:
    """The list of those whose keeping nothing carries any more."""
    return ListPage(
        title=_("待删除"),
        subtitle=_("留存依据是同意，而同意已经撤回。暂停删除的只存不用，解除之后再删。"),
        crumbs=home_crumbs(),
        columns=to_erase_columns(),
        empty=Empty(_("没有等着删除的"), _("撤回同意后没有别的依据的人，会列在这里。")),
        exported=_exported("to_erase"),
    )


def holds_page() -> ListPage[LegalHold]:
    """The list of holds."""
    return ListPage(
        title=_("暂停删除"),
        subtitle=_("诉讼、调查或法定期限没有过的，先不删除。"),
        crumbs=home_crumbs(),
        columns=hold_columns(),
        filters=[Period("until", _("到哪天为止"), lookup="until", moments=False)],
        empty=Empty(_("没有暂停删除的")),
        exported=_exported("holds"),
    )


def restrictions_page() -> ListPage[Restriction]:
    """The list of restrictions."""
    return ListPage(
        title=_("只存不用"),
        subtitle=_("本人要求限制使用的：名单上仍然遮着，档案只为履行法定职责、本人的请求、紧急情况打开。"),
        crumbs=home_crumbs(),
        columns=restriction_columns(),
        filters=[
            Choice(
                "state",
                _("状态"),
                [("on", _("生效")), ("off", _("已解除"))],
                by=lambda rows, value: rows.filter(lifted_at__isnull=value == "on"),
                kind="segments",
                blank=_("全部"),
            )
        ],
        empty=Empty(_("没有只存不用的"), _("居民要求限制使用时，先登记请求，再到他的页面上设。")),
        exported=_exported("restrictions"),
    )


def assessments_page() -> ListPage[ImpactAssessment]:
    """The list of impact assessments."""
    return ListPage(
        title=_("影响评估"),
        subtitle=_("处理敏感个人信息、自动化决策、委托或对外提供之前先评估，报告和记录至少保存三年。"),
        crumbs=home_crumbs(),
        columns=assessment_columns(),
        filters=[
            Choice("trigger", _("为什么要评估"), ImpactAssessment.Trigger.choices, lookup="trigger"),
            Period("decided", _("评估日期"), lookup="decided_on", moments=False),
        ],
        empty=Empty(
            _("还没有影响评估"),
            _("开始一项新的处理之前先做一份。"),
            reverse("privacy:new_assessment"),
            _("登记影响评估"),
        ),
        exported=_exported("assessments"),
    )


def _exported(kind: str) -> Any:
    def on_record(request: HttpRequest, count: int) -> None:
        actor = actor_of(request)
        actions.export_list(actor=actor, kind=kind, rows=count)

    return on_record
