"""The contacts log (记一笔): who was spoken to, when, and what was said."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.flats import Flat


class Contact(SealedRow, Scoped):
    """One visit, call or meeting; with a household, or with the whole stairwell."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("上门")
        CALL = "call", _("电话")
        MEETING = "meeting", _("会议")
        OUTSIDE = "outside", _("和单位联系")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="contacts")
    flat = models.ForeignKey(Flat, models.PROTECT, related_name="contacts", null=True, blank=True)
    kind = models.CharField(_("方式"), max_length=8, choices=Kind.choices)
    on = models.DateField(_("日期"))
    words = SealedField(_("说了什么"))
    by = models.CharField(_("记录人"), max_length=80)
    at = models.DateTimeField(_("记录时间"))

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("加梯联系记录")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)
