from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.layers.geometry import GeometryField
from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models import Subdistrict, WalkingNetwork
from xiuhua.ground.ui.addresses import address_of


class Run(Scoped):
    """An analysis that was made (分析), kept as it came out, so that a later one can be held against it."""

    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="lifecircle_runs")
    network = models.ForeignKey(WalkingNetwork, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("分析时间"))
    hour = models.PositiveSmallIntegerField(_("一周中的钟点"), help_text=_("周一 0 点为 0"))
    standard = models.CharField(_("标准"), max_length=20)
    area = GeometryField(_("分析范围"), null=True, blank=True)
    area_name = models.CharField(_("范围名称"), max_length=60, blank=True)
    buildings = models.PositiveIntegerField(_("楼栋数"))
    residents = models.FloatField(_("居民数"))
    score = models.FloatField(_("得分"), help_text=_("必配设施的居民加权平均覆盖率"))
    content = models.BinaryField()

    sight: ClassVar[Sight] = Sight.PLANS
    scope_path: ClassVar[str] = "subdistrict__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("生活圈分析")
        ordering = ["-id"]
        get_latest_by = "id"
        constraints = [
            models.CheckConstraint(condition=Q(hour__lt=168), name="run_hour_in_week"),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="run_score_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.subdistrict} {self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Page of the run."""
        return address_of("lifecircle:run", self.pk)

    @property
    def path(self) -> str:
        """Where in the territory it hangs."""
        return self.subdistrict.path
