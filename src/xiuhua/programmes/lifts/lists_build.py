"""Lists across the subdistrict: firms, lifts and what is due of them, faults."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period, choice_words
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import words, words_build
from xiuhua.programmes.lifts.models import Contractor, Fault, Unit, Upkeep
from xiuhua.programmes.lifts.rules.faults import Priority
from xiuhua.programmes.lifts.views.asked import crumbs


def contractors_page(*, may_keep: bool) -> ListPage[Contractor]:
    """Firms of the subdistrict, by what they do."""
    acts = [Act(_("登记单位"), reverse("lifts:enter_contractor"), "i-plus", primary=True)] if may_keep else []
    return ListPage(
        title=_("加梯单位名录"),
        subtitle=_("设计、施工、电梯厂和维保单位；报价和维保合同从这里选。"),
        crumbs=crumbs(),
        columns=[
            Column(
                "name",
                _("单位"),
                lambda row: row.name,
                link=lambda row: row.get_absolute_url(),
                order_by="name",
                search="name__icontains",
            ),
            Column("kind", _("做什么"), choice_words("kind", Contractor.Kind), order_by=("kind", "name")),
            Column("phone", _("电话"), lambda row: row.phone),
            Column("licence", _("资质证书编号"), lambda row: row.licence),
            Column("chosen", _("选定"), lambda row: row.chosen or None, unit=_("台"), numeric=True, order_by="chosen"),
            Column("keeps", _("在维保"), lambda row: row.keeps or None, unit=_("台"), numeric=True, order_by="keeps"),
            Column("entered_on", _("列入日期"), lambda row: row.entered_on, order_by="entered_on"),
            Column("left_on", _("退出日期"), lambda row: row.left_on, order_by="left_on"),
        ],
        filters=[
            Choice("kind", _("做什么"), Contractor.Kind.choices, lookup="kind", kind="segments"),
            Choice("list", _("名录"), [("on", _("在名录里")), ("off", _("已退出"))], by=_by_listed),
        ],
        filter_label=_("单位名称"),
        acts=acts,
        empty=Empty(_("还没有单位"), _("先把设计、施工和维保单位登记进来。")),
    )


def with_counts(rows: QuerySet[Contractor], day: date) -> QuerySet[Contractor]:
    """Firms with how many lifts they were chosen for, and how many they keep now."""
    in_force = Q(upkeeps__from_on__lte=day, upkeeps__until_on__gte=day)
    return rows.annotate(
        chosen=Count("quotes", filter=Q(quotes__chosen_on__isnull=False), distinct=True),
        keeps=Count("upkeeps", filter=in_force, distinct=True),
    )


def units_page(request: HttpRequest) -> ListPage[Unit]:
    """Lifts that are registered: when each has to be inspected and serviced, and what is amiss."""
    actor = actor_of(request)
    committees, day = committee_names(actor), today()
    ahead = words.book("").upkeep.inspect_ahead_days.number
    return ListPage(
        title=_("电梯清单"),
        subtitle=_("检验、维保什么时候到期，有没有故障没修好。"),
        crumbs=crumbs(),
        columns=[
            _address("dossier__", lambda row: row.dossier),
            Column("committee", _("居委会"), lambda row: committees.get(committee_of(row.dossier.path), "")),
            Column("registration", _("使用登记证"), lambda row: row.registration, search="registration__icontains"),
            Column("brand", _("品牌型号"), lambda row: row.brand, order_by="brand"),
            Column("inspect_by", _("下次检验"), lambda row: row.inspect_by, order_by="inspect_by"),
            Column(
                "inspection",
                _("检验"),
                lambda row: words_build.due_words(row.inspect_by, day),
                kind="chip",
                tone=lambda row: words_build.due_tone(row.inspect_by, day, ahead),
            ),
            Column(
                "service_by",
                _("下次维保"),
                lambda row: row.service_by,
                order_by="service_by",
                kind="date",
            ),
            Column("open_faults", _("未修好"), lambda row: row.open_faults or None, unit=_("件"), numeric=True),
            Column(
                "kept",
                _("维保合同"),
                lambda row: _("有") if row.is_kept else _("没有"),
                kind="chip",
                tone=lambda row: "" if row.is_kept else "over",
            ),
        ],
        filters=[
            Choice(
                "due",
                _("到期"),
                [("over", _("检验过期")), ("soon", _("检验快到期")), ("service", _("维保过期"))],
                by=lambda rows, value: _by_due(rows, value, day, ahead),
            ),
            Choice(
                "kept", _("维保合同"), [("none", _("没有维保合同"))], by=lambda rows, _v: rows.filter(is_kept=False)
            ),
            Choice("committee", _("居委会"), list(committees.items()), by=lambda rows, path: rows.under(path)),
        ],
        filter_label=_("门洞、使用登记证"),
        acts=[Act(_("看故障"), reverse("lifts:faults"), "i-tools")],
        empty=Empty(_("还没有登记的电梯"), _("拿到使用登记证以后登记，检验和维保从这里看。")),
    )


def with_standing(rows: Any, day: date) -> Any:
    """Lifts with whether a contract holds, and how many faults are open."""
    holds = Upkeep.objects.filter(lift=OuterRef("pk"), from_on__lte=day, until_on__gte=day)
    return rows.annotate(
        is_kept=Exists(holds), open_faults=Count("faults", filter=Q(faults__closed_at__isnull=True), distinct=True)
    )


def faults_page(request: HttpRequest, extra: dict[str, Any]) -> ListPage[Fault]:
    """Faults of all lifts, the open ones first."""
    actor = actor_of(request)
    committees = committee_names(actor)
    return ListPage(
        title=_("电梯故障"),
        subtitle=_("报修以后多久有人到场，按等级算时限。"),
        crumbs=crumbs(),
        columns=fault_columns(),
        filters=[
            Choice(
                "state",
                _("进度"),
                [("open", _("没修好")), ("late", _("超时没到场")), ("closed", _("已修好"))],
                by=_by_state,
                kind="segments",
            ),
            Choice("priority", _("等级"), [(str(one), label) for one, label in Priority.choices], "priority"),
            Choice("committee", _("居委会"), list(committees.items()), by=lambda rows, path: rows.under(path)),
            Period("opened", _("报修日期"), "opened_at"),
        ],
        filter_label=_("门洞"),
        template="lifts/build/faults.html",
        extra=extra,
        empty=Empty(_("没有故障"), _("居民在手机上报修，或由专员登记。")),
    )


def fault_columns(*, with_place: bool = True) -> list[Column[Fault]]:
    """Columns of faults, also for the card of one lift."""
    place: list[Column[Fault]] = [_address("lift__dossier__", lambda row: row.lift.dossier, fault=True)]
    what: Column[Fault] = Column(
        "what", _("怎么了"), words_build.what_words, link=None if with_place else lambda row: row.get_absolute_url()
    )
    rest: list[Column[Fault]] = [
        Column(
            "priority",
            _("等级"),
            lambda row: str(Priority(row.priority).label),
            kind="chip",
            tone=lambda row: words_build.TONES[Priority(row.priority)],
            order_by=("priority", "opened_at"),
        ),
        Column("opened_at", _("报修"), lambda row: row.opened_at, kind="moment", order_by="opened_at"),
        Column("response", _("多久到场"), lambda row: words_build.span_words(row.response)),
        Column("in_time", _("时限"), _time_words, kind="chip", tone=_time_tone),
        Column("state", _("进度"), lambda row: row.state_words),
        Column("cause", _("原因"), lambda row: row.get_cause_display() if row.cause else ""),
    ]
    return [*(place if with_place else []), what, *rest]


def _time_words(row: Fault) -> str:
    came = row.arrived_at
    if came is None:
        return _("超时") if row.due_at < now() else _("还在时限内")
    return _("准时") if came <= row.due_at else _("超时")


def _time_tone(row: Fault) -> str:
    came = row.arrived_at or now()
    return "over" if came > row.due_at else "good" if row.arrived_at else ""


def _by_state(rows: Any, value: str) -> Any:
    if value == "open":
        return rows.open()
    return rows.overdue(now()) if value == "late" else rows.filter(closed_at__isnull=False)


def _by_due(rows: Any, value: str, day: date, ahead: float) -> Any:
    if value == "service":
        return rows.filter(service_by__lt=day)
    if value == "over":
        return rows.filter(inspect_by__lt=day)
    return rows.filter(inspect_by__gte=day, inspect_by__lte=day + timedelta(days=int(ahead)))


def _by_use(rows: Any, value: str) -> Any:
    return rows.in_service() if value == "yes" else rows.exclude(dossier__state="running")


def _by_listed(rows: Any, value: str) -> Any:
    return rows.filter(left_on__isnull=value == "on")


def _address(way: str, dossier_of: Any, *, fault: bool = False) -> Column[Any]:
    """The stairwell; of a fault it leads to the fault, else to the lift."""
    place = f"{way}stairwell__"
    return Column(
        "address",
        _("门洞"),
        lambda row: dossier_of(row).address,
        link=lambda row: row.get_absolute_url() if fault else reverse("lifts:unit", args=[dossier_of(row).pk]),
        order_by=f"{way}path",
        search=(f"{place}name__icontains", f"{place}building__name__icontains"),
    )
