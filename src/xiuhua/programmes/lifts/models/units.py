"""The lift itself (电梯): what it is, who keeps it, when it was seen to."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.lifts.models.contractors import Contractor
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.rules.faults import LiftFacts


class UnitQuerySet(ScopedQuerySet):
    """Lifts."""

    def in_service(self) -> Self:
        """Those handed over (已运行)."""
        return self.filter(dossier__state="running")


class Unit(Scoped):
    """The lift of a stairwell (电梯), registered for use. `inspect_by` and `service_by` follow from the last ones."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="unit")
    brand = models.CharField(_("品牌型号"), max_length=60)
    load_kg = models.PositiveSmallIntegerField(_("载重"), help_text=_("千克"))
    stops = models.PositiveSmallIntegerField(_("站数"))
    maker_number = models.CharField(_("出厂编号"), max_length=40)
    registration = models.CharField(_("使用登记证编号"), max_length=40, unique=True)
    registered_on = models.DateField(_("登记日期"))
    serves_wheelchair = models.BooleanField(_("楼内有居民须坐轮椅出行"), default=False)
    inspect_by = models.DateField(_("下次检验"))
    service_by = models.DateField(_("下次维保"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = models.Manager.from_queryset(UnitQuerySet)()

    class Meta:
        verbose_name = _("电梯")
        ordering = ["dossier"]
        constraints = [
            models.CheckConstraint(condition=Q(load_kg__gt=0) & Q(stops__gte=2), name="unit_carries"),
        ]

    def __str__(self) -> str:
        return self.registration

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return f"{self.dossier.get_absolute_url()}unit/"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)

    @property
    def in_service(self) -> bool:
        """Whether it has been handed over."""
        return self.dossier.state == "running"

    def facts(self) -> LiftFacts:
        """What rules ask about it."""
        return LiftFacts(in_service=self.in_service, serves_wheelchair=self.serves_wheelchair)


class Upkeep(Scoped):
    """A contract by which a firm keeps a lift (维保合同), and what a household pays a month for its running."""

    lift = models.ForeignKey(Unit, models.PROTECT, related_name="upkeeps")
    firm = models.ForeignKey(Contractor, models.PROTECT, related_name="upkeeps")
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("到哪天止"))
    price_fen = models.BigIntegerField(_("每年维保费"), help_text=_("分"))
    household_fen = models.BigIntegerField(_("每户每月"), help_text=_("分"))

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "lift__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("维保合同")
        ordering = ["-until_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(from_on__lt=F("until_on")), name="upkeep_lasts"),
            models.CheckConstraint(condition=Q(price_fen__gte=0) & Q(household_fen__gte=0), name="upkeep_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.lift_id}:{self.firm_id}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return self.lift.territory_path


class Service(Scoped):
    """That the firm has seen to a lift (维保), and what it found."""

    lift = models.ForeignKey(Unit, models.PROTECT, related_name="services")
    on = models.DateField(_("日期"))
    found = models.CharField(_("情况"), max_length=200, blank=True)
    by = models.CharField(_("记录人"), max_length=80)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "lift__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("电梯维保记录")
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["lift", "on"], name="service_once_a_day")]

    def __str__(self) -> str:
        return f"{self.lift_id}:{self.on}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return self.lift.territory_path


class Inspection(Scoped):
    """That a lift was inspected (定期检验), with the report's number; `next_by` is when it is due again."""

    lift = models.ForeignKey(Unit, models.PROTECT, related_name="inspections")
    on = models.DateField(_("日期"))
    passed = models.BooleanField(_("合格"))
    number = models.CharField(_("报告编号"), max_length=60)
    next_by = models.DateField(_("下次检验"))
    by = models.CharField(_("记录人"), max_length=80)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "lift__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("电梯检验")
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["lift", "number"], name="inspection_report_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return self.lift.territory_path
