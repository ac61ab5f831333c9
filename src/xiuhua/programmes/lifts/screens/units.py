"""The lift itself (电梯): what it is, who keeps it, when it is due, what was amiss, and what its account holds."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Chip, Fact, Facts, Part, Related, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import lists_build, permits, permits_build, queries_build, words, words_build
from xiuhua.programmes.lifts.models import Dossier, Fault, Inspection, Service, Unit, Upkeep
from xiuhua.programmes.lifts.rules.units import STANDS
from xiuhua.programmes.lifts.screens.sections import primary, section, tab

SHOWN = 8


def sections_of(request: HttpRequest, dossier: Dossier, unit: Unit | None) -> list[Section]:
    """Everything about the lift; before it is registered, that it is not."""
    if unit is None:
        return [Part(_("电梯"), "lifts/build/no_unit.html", {"stands": dossier.state in STANDS})]
    return [
        _certificate(unit),
        Related(
            _("故障"),
            lists_build.fault_columns(with_place=False),
            unit.faults.order_by("-opened_at")[:SHOWN],
            empty=_("没有报过故障"),
            more=(_("全部故障"), f"{reverse('lifts:faults')}?q={dossier.stairwell.name}"),
        ),
        Related(_("检验"), _inspection_columns(), unit.inspections.all()[:SHOWN], empty=_("还没有定期检验过")),
        Related(_("维保"), _service_columns(), unit.services.all()[:SHOWN], empty=_("还没有维保记录")),
    ]


def aside_of(dossier: Dossier, unit: Unit | None) -> list[Section]:
    """Who keeps it, and its account."""
    if unit is None:
        return []
    contracts: Section = Related(
        _("维保合同"), _upkeep_columns(), unit.upkeeps.select_related("firm")[:SHOWN], empty=_("还没有维保合同")
    )
    return [_due(unit), contracts, _account(dossier)]


def acts_of(request: HttpRequest, dossier: Dossier, unit: Unit | None) -> list[Act]:
    """What can be done with it now."""
    actor = actor_of(request)
    if not permits.may_work(actor, dossier=dossier) or dossier.state not in STANDS:
        return []
    register = Act(_("登记电梯"), _url("register_unit", dossier), "i-elevator", primary=unit is None)
    if unit is None:
        return [register]
    acts = [
        Act(_("改登记"), register.url, "i-edit"),
        Act(_("签维保合同"), _url("sign_upkeep", dossier), "i-signature"),
        Act(_("记维保"), _url("note_service", dossier), "i-tools"),
        Act(_("记检验"), _url("note_inspection", dossier), "i-clipboard-check"),
    ]
    if unit.in_service:
        acts.append(Act(_("报修"), _url("report_fault", dossier), "i-alert-triangle", primary=True))
    return acts


@tab(gettext_lazy("电梯"), "lifts:unit", order=70)
def unit_note(request: HttpRequest, dossier: Dossier) -> str | None:
    """How many faults are open; no such page before there is a lift."""
    if dossier.state not in STANDS:
        return None
    count = Fault.objects.filter(lift__dossier=dossier, closed_at__isnull=True).count()
    return _("%(count)s 件没修好") % {"count": count} if count else ""


@section(order=10)
def running(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """The lift on the overview, once it runs."""
    unit = queries_build.unit_of(dossier) if dossier.state == "running" else None
    if unit is None:
        return []
    upkeep = queries_build.upkeep_of(unit, today())
    last = unit.faults.order_by("-opened_at").first()
    ahead = words.book(dossier.path).upkeep.inspect_ahead_days.number
    context = {
        "unit": unit,
        "upkeep": upkeep,
        "last": last,
        "last_words": words_build.what_words(last) if last else "",
        "response": words_build.span_words(last.response) if last else "",
        "open": unit.faults.open().count(),
        "inspection": Chip(
            words_build.due_words(unit.inspect_by, today()),
            words_build.due_tone(unit.inspect_by, today(), ahead),
        ),
        "balance": words_build.yuan(dossier.fees.balance_fen()),
        "household": words_build.yuan(upkeep.household_fen) if upkeep else "",
        "url": unit.get_absolute_url(),
        "fees_url": _url("fees", dossier),
    }
    return [Part(_("电梯"), "lifts/build/unit_card.html", context)]


@primary(order=50)
def register(request: HttpRequest, dossier: Dossier) -> Act | None:
    """Before it is handed over it has to be registered."""
    if dossier.state != "finishing" or not permits.may_work(actor_of(request), dossier=dossier):
        return None
    if queries_build.unit_of(dossier) is not None:
        return None
    return Act(_("登记电梯"), _url("register_unit", dossier), "i-elevator", primary=True)


@primary(order=60)
def report(request: HttpRequest, dossier: Dossier) -> Act | None:
    """Something is the matter with a lift that runs."""
    unit = queries_build.unit_of(dossier) if dossier.state == "running" else None
    if unit is None or not permits_build.may_keep_lift(actor_of(request), lift=unit):
        return None
    return Act(_("报修"), _url("report_fault", dossier), "i-alert-triangle", primary=True)


def _url(name: str, dossier: Dossier) -> str:
    return reverse(f"lifts:{name}", args=[dossier.pk])


def _certificate(unit: Unit) -> Facts:
    return Facts(
        _("电梯"),
        [
            Fact(_("使用登记证"), unit.registration),
            Fact(_("登记日期"), unit.registered_on),
            Fact(_("品牌型号"), unit.brand),
            Fact(_("出厂编号"), unit.maker_number),
            Fact(_("载重"), _("%(load)s 千克") % {"load": unit.load_kg}),
            Fact(_("站数"), _("%(stops)s 站") % {"stops": unit.stops}),
        ],
        note=_("楼内有居民须坐轮椅出行，停运先办") if unit.serves_wheelchair else "",
    )


def _due(unit: Unit) -> Facts:
    day, figures = today(), words.book(unit.dossier.path).upkeep
    ahead = figures.inspect_ahead_days.number
    return Facts(
        _("到期"),
        [
            Fact(
                _("下次检验"),
                unit.inspect_by,
                source=figures.inspect_months,
                chip=Chip(
                    words_build.due_words(unit.inspect_by, day), words_build.due_tone(unit.inspect_by, day, ahead)
                ),
            ),
            Fact(
                _("下次维保"),
                unit.service_by,
                source=figures.service_days,
                chip=Chip(words_build.due_words(unit.service_by, day), words_build.due_tone(unit.service_by, day, 3))
                if unit.service_by
                else None,
            ),
        ],
    )


def _account(dossier: Dossier) -> Facts:
    return Facts(
        _("费用账"),
        [Fact(_("余额"), _("%(yuan)s 元") % {"yuan": words_build.yuan(dossier.fees.balance_fen())})],
        acts=[Act(_("看账"), _url("fees", dossier), "i-coin")],
    )


def _upkeep_columns() -> list[Column[Upkeep]]:
    return [
        Column("firm", _("单位"), lambda row: row.firm.name),
        Column("until_on", _("到期"), lambda row: row.until_on),
        Column("household", _("每户每月"), lambda row: words_build.yuan(row.household_fen), unit=_("元"), numeric=True),
    ]


def _inspection_columns() -> list[Column[Inspection]]:
    return [
        Column("on", _("日期"), lambda row: row.on),
        Column(
            "passed",
            _("结论"),
            lambda row: _("合格") if row.passed else _("不合格"),
            kind="chip",
            tone=lambda row: "good" if row.passed else "over",
        ),
        Column("number", _("报告编号"), lambda row: row.number),
        Column("next_by", _("下次"), lambda row: row.next_by),
    ]


def _service_columns() -> list[Column[Service]]:
    return [Column("on", _("日期"), lambda row: row.on), Column("found", _("情况"), lambda row: row.found)]
