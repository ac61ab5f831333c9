"""The construction diary (施工日志), and when it takes longer (延期)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.programmes.lifts.models.dossier import Dossier


class DiaryEntry(SealedRow, Scoped):
    """What was done or found on the site on a day (施工日志); its photographs are kept beside it."""

    class Kind(models.TextChoices):
        WORK = "work", _("施工")
        INSPECTION = "inspection", _("检查")
        SAFETY = "safety", _("安全")
        DELAY = "delay", _("延期")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="diary")
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("日期"))
    words = SealedField(_("写了什么"))
    by = models.CharField(_("记录人"), max_length=80)
    at = models.DateTimeField(_("记录时间"))

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("施工日志")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["dossier", "on"], name="diary_by_day")]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.on}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)


class Delay(models.Model):
    """That a site is finished later than planned (延期): from which day to which; why stands in its diary entry."""

    entry = models.OneToOneField(DiaryEntry, models.PROTECT, related_name="delay")
    planned_on = models.DateField(_("原来计划哪天完工"))
    until_on = models.DateField(_("现在计划哪天完工"))

    class Meta:
        verbose_name = _("施工延期")
        ordering = ["entry"]
        constraints = [models.CheckConstraint(condition=Q(planned_on__lt=F("until_on")), name="delay_is_later")]

    def __str__(self) -> str:
        return f"{self.planned_on} {self.until_on}"
