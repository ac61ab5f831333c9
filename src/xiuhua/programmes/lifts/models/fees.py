"""The account of a stairwell's lift (费用账): what comes in and what goes out, line by line."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.rules.fees import COMES_IN


class FeeLineQuerySet(ScopedQuerySet):
    """Lines of accounts."""

    def standing(self) -> Self:
        """Those that have not been taken back."""
        return self.filter(taken_back_on__isnull=True)

    def balance_fen(self) -> int:
        """What came in less what went out."""
        into, out = Q(kind__in=COMES_IN), ~Q(kind__in=COMES_IN)
        sums = self.standing().aggregate(into=Sum("amount_fen", filter=into), out=Sum("amount_fen", filter=out))
        return int(sums["into"] or 0) - int(sums["out"] or 0)


class FeeLine(Scoped):
    """A line of the account: always a positive amount, whose kind says whether it comes in or goes out."""

    class Kind(models.TextChoices):
        HOUSEHOLDS = "households", _("住户缴费")
        PUBLIC = "public", _("公共收益")
        POWER = "power", _("电费")
        UPKEEP = "upkeep", _("维保费")
        INSPECTION = "inspection", _("检验费")
        REPAIR = "repair", _("修理费")
        INSURANCE = "insurance", _("保险")
        OTHER = "other", _("其他支出")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="fees")
    kind = models.CharField(_("项目"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("日期"))
    amount_fen = models.BigIntegerField(_("金额"), help_text=_("分"))
    words = models.CharField(_("说明"), max_length=80, blank=True)
    by = models.CharField(_("记账人"), max_length=80)
    at = models.DateTimeField(_("记账时间"))
    taken_back_on = models.DateField(_("冲销日期"), null=True, blank=True)
    taken_back_because = models.CharField(_("为什么冲销"), max_length=200, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = models.Manager.from_queryset(FeeLineQuerySet)()

    class Meta:
        verbose_name = _("电梯费用")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["dossier", "on"], name="fee_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="fee_not_negative"),
            models.CheckConstraint(
                condition=Q(taken_back_on__isnull=True) | ~Q(taken_back_because=""), name="fee_taken_back_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.on}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)

    @property
    def comes_in(self) -> bool:
        """Whether it is money that came in."""
        return self.kind in COMES_IN

    @property
    def signed_fen(self) -> int:
        """Its amount, negative where it went out."""
        return self.amount_fen if self.comes_in else -self.amount_fen
