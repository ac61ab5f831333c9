"""Gates that were passed (过关), with their evidence, or waived by a section head, with the reason."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.papers import Paper


class GatePass(SealedRow, Scoped):
    """That one of the 24 rules is kept in this attempt: by evidence that people put in, or by a waiver (豁免)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="gate_passes")
    rule = models.CharField(_("条"), max_length=40)
    attempt = models.PositiveSmallIntegerField(_("第几次启动"))
    on = models.DateField(_("日期"))
    number = models.CharField(_("文号"), max_length=60, blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="gate_passes", null=True, blank=True)
    waived = models.BooleanField(_("豁免"), default=False)
    archived = models.BooleanField(_("存量档案"), default=False, help_text=_("系统以前办的，依据是纸质档案"))
    reason = SealedField(_("豁免理由"), blank=True, default="")
    by = models.CharField(_("办理人"), max_length=80)
    at = models.DateTimeField(_("登记时间"))
    taken_back_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("关口")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "rule", "attempt"], condition=Q(taken_back_at__isnull=True), name="gate_passed_once"
            ),
            models.CheckConstraint(condition=Q(waived=False) | ~Q(reason=""), name="gate_waived_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.rule

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)
