"""Figures that a subdistrict has set for itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models.nodes import Subdistrict


class OwnFigure(Scoped):
    """A figure that a subdistrict has set in place of the rule book's (自定数值), until it goes back to the book's."""

    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="own_figures")
    key = models.CharField(_("哪个数值"), max_length=80)
    value = models.JSONField(_("定成"))
    reason = models.CharField(_("理由"), max_length=300)
    set_by = models.CharField(_("谁定的"), max_length=80)
    set_at = models.DateTimeField(_("哪天定的"))
    ended_at = models.DateTimeField(_("用到哪天"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.STAFF
    scope_path: ClassVar[str] = "subdistrict__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("自定数值")
        ordering = ["subdistrict", "key", "-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "key"], condition=Q(ended_at__isnull=True), name="own_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"

    @property
    def territory_path(self) -> str:
        """Where entries about it stand."""
        return self.subdistrict.path
