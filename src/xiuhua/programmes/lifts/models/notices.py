"""What is asked of authorities (报审) and what is shown to everybody for so many days (公示)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.lifts.models.dossier import Dossier


class Permit(Scoped):
    """That an authority has been asked for a permit (报审): what is granted passes the rule's gate, not this row."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="permits")
    attempt = models.PositiveSmallIntegerField(_("第几次启动"))
    rule = models.CharField(_("条"), max_length=40)
    applied_on = models.DateField(_("送审日期"))
    authority = models.CharField(_("送到哪里"), max_length=60)
    receipt = models.CharField(_("受理编号"), max_length=60, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("加梯报审")
        ordering = ["applied_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "attempt", "rule"], name="permit_applied_once"),
        ]

    def __str__(self) -> str:
        return self.rule

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)


class Notice(Scoped):
    """A notice at the stairwell (公示), numbered through the year, with what it said on the day it was posted.

    `content` holds sums by floor and the result of the vote, no name; `code` is the public page's address, which the
    printed QR code leads to.
    """

    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="lift_notices")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notices")
    attempt = models.PositiveSmallIntegerField(_("第几次启动"))
    year = models.PositiveSmallIntegerField(_("年份"))
    serial = models.PositiveSmallIntegerField(_("序号"))
    number = models.CharField(_("文号"), max_length=40)
    code = models.CharField(_("公开页代码"), max_length=20, unique=True)
    place = models.CharField(_("张贴位置"), max_length=120)
    posted_on = models.DateField(_("张贴日期"))
    until_on = models.DateField(_("公示到哪天"))
    taken_down_on = models.DateField(_("提前撤下日期"), null=True, blank=True)
    taken_down_because = models.CharField(_("为什么撤下"), max_length=200, blank=True)
    content = models.JSONField(_("公示内容"), default=dict)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("加梯公示")
        ordering = ["-posted_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "year", "serial"], name="notice_numbered_once"),
            models.UniqueConstraint(
                fields=["dossier", "attempt"], condition=Q(taken_down_on__isnull=True), name="notice_hangs_once"
            ),
            models.CheckConstraint(condition=Q(posted_on__lt=F("until_on")), name="notice_lasts"),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True) | ~Q(taken_down_because=""),
                name="notice_taken_down_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)
