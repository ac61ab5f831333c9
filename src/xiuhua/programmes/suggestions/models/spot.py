"""Places with a code on a notice (扫码点): who scans it says something about just that place."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.addresses import address_of


class Spot(Scoped):
    """A place with a code (扫码点), such as a notice board at a crossing."""

    code = models.CharField(_("码"), max_length=12, unique=True)
    path = models.CharField(_("区划代码"), max_length=40)
    name = models.CharField(_("地点"), max_length=60)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    made_at = models.DateTimeField(_("建立时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    objects = ScopedManager()

    class Meta:
        verbose_name = _("扫码点")
        ordering = ["path", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)), name="spot_position_on_earth"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return address_of("suggestions:spot", self.pk)

    @property
    def stands(self) -> bool:
        """Whether its notice is still up."""
        return self.ended_at is None
