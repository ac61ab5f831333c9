"""The money after the shares: when it falls due, what came in, what was paid back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.flats import Flat
from xiuhua.programmes.lifts.models.shares import Scheme


class Instalment(Scoped):
    """One date of payment (分期): so many percent of each household's share."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("第几期"))
    words = models.CharField(_("什么时候付"), max_length=30)
    percent = models.PositiveSmallIntegerField(_("百分之几"))
    due_on = models.DateField(_("付款期限"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "scheme__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("分期付款")
        ordering = ["scheme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="instalment_number_once"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="instalment_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id}:{self.number}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.scheme.dossier.path)


class Payment(SealedRow, Scoped):
    """Money of a household, in or back, with the number of its receipt (收据号). One noted by mistake is struck out."""

    class Kind(models.TextChoices):
        PAID = "paid", _("收款")
        REFUND = "refund", _("退款")

    class Way(models.TextChoices):
        BANK = "bank", _("银行转账")
        FUND = "fund", _("公积金")
        CASH = "cash", _("现金")
        OTHER = "other", _("其他")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="payments")
    flat = models.ForeignKey(Flat, models.PROTECT, related_name="payments")
    kind = models.CharField(_("收付"), max_length=6, choices=Kind.choices)
    number = models.PositiveIntegerField(_("收据号"))
    amount_fen = models.BigIntegerField(_("金额"))
    on = models.DateField(_("日期"))
    way = models.CharField(_("方式"), max_length=6, choices=Way.choices, default=Way.BANK)
    by = models.CharField(_("经手人"), max_length=80)
    at = models.DateTimeField(_("登记时间"))
    struck_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    struck_because = SealedField(_("作废原因"), blank=True, default="")

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("收付款")
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_is_positive"),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        """Number of its receipt, as it is printed: dossier and running number."""
        return f"{self.dossier_id:05d}-{self.number:04d}"

    @property
    def signed_fen(self) -> int:
        """Its amount, negative where it was paid back; nothing where it was struck out."""
        if self.struck_at is not None:
            return 0
        return self.amount_fen if self.kind == self.Kind.PAID else -self.amount_fen

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)
