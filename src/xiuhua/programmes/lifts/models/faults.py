"""Faults of lifts that run (故障): reported, answered, closed."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.lifts.models.units import Unit
from xiuhua.programmes.lifts.rules.faults import FaultFacts, Priority


class FaultQuerySet(ScopedQuerySet):
    """Faults."""

    def open(self) -> Self:
        """Those not closed yet."""
        return self.filter(closed_at__isnull=True)

    def overdue(self, at: datetime) -> Self:
        """Those to which nobody has come by when somebody should have."""
        return self.filter(arrived_at__isnull=True, closed_at__isnull=True, due_at__lt=at)

    def facts(self) -> list[FaultFacts]:
        """What was said of them, as rules ask about it."""
        return [row.facts() for row in self]


class Fault(SealedRow, Scoped):
    """A fault of a lift (故障): how urgent, by when somebody has to be there, when somebody was, and what it was."""

    class Cause(models.TextChoices):
        DOOR = "door", _("门系统")
        CONTROL = "control", _("控制系统")
        DRIVE = "drive", _("曳引与制动")
        POWER = "power", _("供电")
        MISUSE = "misuse", _("使用不当")
        NOTHING = "nothing", _("没有发现故障")
        OTHER = "other", _("其他")

    lift = models.ForeignKey(Unit, models.PROTECT, related_name="faults")
    trapped = models.BooleanField(_("有人被困"), default=False)
    stopped = models.BooleanField(_("停运"), default=False)
    words = SealedField(_("怎么了"), blank=True, default="")
    priority = models.PositiveSmallIntegerField(_("等级"), choices=Priority.choices)
    opened_at = models.DateTimeField(_("报修时间"))
    due_at = models.DateTimeField(_("应到场"))
    arrived_at = models.DateTimeField(_("到场时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("修复时间"), null=True, blank=True)
    cause = models.CharField(_("原因"), max_length=8, choices=Cause.choices, blank=True)
    found = SealedField(_("怎么修的"), blank=True, default="")
    by = models.CharField(_("报修人"), max_length=80)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "lift__dossier__path"
    objects = models.Manager.from_queryset(FaultQuerySet)()

    class Meta:
        verbose_name = _("电梯故障")
        ordering = ["-opened_at", "-id"]
        indexes = [models.Index(fields=["closed_at", "priority", "opened_at"], name="fault_by_urgency")]
        constraints = [
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="fault_priority_known"),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(arrived_at__gte=F("opened_at")), name="fault_answered_after"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | (Q(arrived_at__isnull=False) & Q(closed_at__gte=F("arrived_at")) & ~Q(cause="")),
                name="fault_closed_after_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lift_id}:{self.pk}"

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("lifts:fault", self.pk)

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return self.lift.territory_path

    @property
    def response(self) -> timedelta | None:
        """How long it took until somebody was there."""
        return None if self.arrived_at is None else self.arrived_at - self.opened_at

    @property
    def state_words(self) -> str:
        """How far it is."""
        if self.closed_at is not None:
            return str(_("已修好"))
        return str(_("在修")) if self.arrived_at is not None else str(_("等人到场"))

    def facts(self) -> FaultFacts:
        """What was said of it, as rules ask about it."""
        return FaultFacts(trapped=self.trapped, stopped=self.stopped, words=self.words)
