"""Mandates (委托): that somebody acts for an owner, as a proxy in a vote or a daughter for her father."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.flats import Owner


class MandateQuerySet(ScopedQuerySet):
    """Mandates."""

    def in_force(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(given_on__lte=day, until__gte=day).filter(ended_on__isnull=True)


class Mandate(SealedRow, Scoped):
    """That an owner lets somebody act for them (委托): for what, by which document, until when."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="mandates")
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="mandates")
    name = SealedField(_("受托人"))
    phone = SealedField(_("受托人电话"))
    phone_index = BlindIndexField("phone", normal=digits_of)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lift_mandates", null=True, blank=True
    )
    relation = models.CharField(_("是业主的什么人"), max_length=20, blank=True)
    covers = models.JSONField(_("可以代办"))
    by_document = models.BooleanField(_("有委托书"), default=False)
    given_on = models.DateField(_("委托日期"))
    until = models.DateField(_("到哪天止"))
    ended_on = models.DateField(_("撤销日期"), null=True, blank=True)
    by = models.CharField(_("登记人"), max_length=80)
    at = models.DateTimeField(_("登记时间"))

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "dossier__path"
    objects = models.Manager.from_queryset(MandateQuerySet)()

    class Meta:
        verbose_name = _("委托")
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("given_on")), name="mandate_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}:{self.pk}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.given_on <= day <= self.until and self.ended_on is None
