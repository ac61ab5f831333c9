"""Firms that build and keep lifts (单位), and what they ask for a stairwell's (报价)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.lifts.models.dossier import Dossier


class Contractor(Scoped):
    """A firm on the subdistrict's list (单位名录), by what it does. Its telephone is the firm's, never a person's."""

    class Kind(models.TextChoices):
        WORKS = "works", _("施工")
        DESIGN = "design", _("设计")
        MAKER = "maker", _("电梯厂")
        UPKEEP = "upkeep", _("维保")

    path = models.CharField(_("区划代码"), max_length=40)
    kind = models.CharField(_("做什么"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=60)
    phone = models.CharField(_("电话"), max_length=20)
    licence = models.CharField(_("资质证书编号"), max_length=60, blank=True)
    entered_on = models.DateField(_("列入日期"))
    left_on = models.DateField(_("退出日期"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    shown_above: ClassVar[bool] = True
    objects = ScopedManager()

    class Meta:
        verbose_name = _("加梯单位")
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["path", "kind", "name"], name="contractor_once_a_kind")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("lifts:contractor", self.pk)


class Quote(Scoped):
    """What a firm asks for the whole of a stairwell's lift (报价); one of an attempt is chosen, and why."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="quotes")
    attempt = models.PositiveSmallIntegerField(_("第几次启动"))
    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="quotes")
    price_fen = models.BigIntegerField(_("报价"), help_text=_("分"))
    days = models.PositiveSmallIntegerField(_("工期"), help_text=_("天"))
    warranty_months = models.PositiveSmallIntegerField(_("质保"), help_text=_("月"))
    quoted_on = models.DateField(_("报价日期"))
    chosen_on = models.DateField(_("选定日期"), null=True, blank=True)
    chosen_because = models.CharField(_("为什么选它"), max_length=200, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("加梯报价")
        ordering = ["price_fen", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "attempt", "contractor"], name="quote_once_a_firm"),
            models.UniqueConstraint(
                fields=["dossier", "attempt"], condition=Q(chosen_on__isnull=False), name="quote_chosen_once"
            ),
            models.CheckConstraint(condition=Q(price_fen__gt=0), name="quote_has_price"),
            models.CheckConstraint(
                condition=Q(chosen_on__isnull=True) | ~Q(chosen_because=""), name="quote_chosen_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.contractor_id}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)

    @property
    def is_chosen(self) -> bool:
        """Whether it is the one."""
        return self.chosen_on is not None
