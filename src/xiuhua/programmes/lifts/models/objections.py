"""Objections (异议) with their answers, and mediation (调解) with its record."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.flats import Flat
from xiuhua.programmes.lifts.models.votes import Vote


class ObjectionQuerySet(ScopedQuerySet):
    """Objections."""

    def unanswered(self) -> Self:
        """Those without a written answer, the most urgent first."""
        return self.filter(answered_on__isnull=True).order_by("due_on", "pk")

    def late(self, day: date) -> Self:
        """Those of which the term is over on a day."""
        return self.unanswered().filter(due_on__lt=day)


class Objection(SealedRow, Scoped):
    """What a household objects to (异议), and the written answer; words and answer lie sealed."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="objections")
    attempt = models.PositiveSmallIntegerField(_("第几次启动"))
    flat = models.ForeignKey(Flat, models.PROTECT, related_name="objections", null=True, blank=True)
    words = SealedField(_("异议内容"))
    raised_on = models.DateField(_("提出日期"))
    due_on = models.DateField(_("答复期限"))
    by = models.CharField(_("登记人"), max_length=80)
    at = models.DateTimeField(_("登记时间"))
    answer = SealedField(_("答复"), blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=80, blank=True)

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "dossier__path"
    objects = models.Manager.from_queryset(ObjectionQuerySet)()

    class Meta:
        verbose_name = _("异议")
        ordering = ["-raised_on", "-id"]
        indexes = [models.Index(fields=["answered_on", "due_on"], name="objection_by_term")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answered_by=""), name="objection_answered_says_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.pk}"

    def get_absolute_url(self) -> str:
        """Address of the page about the dossier's objections."""
        return address_of("lifts:objections", self.dossier_id)

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)


class Mediation(SealedRow, Scoped):
    """One mediation of a stairwell (调解): who led it, what came of it; the scanned record is kept with it."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("谈成")
        PARTLY = "partly", _("部分谈成")
        FAILED = "failed", _("没有谈成")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="mediations")
    attempt = models.PositiveSmallIntegerField(_("第几次启动"))
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="mediations", null=True, blank=True)
    on = models.DateField(_("日期"))
    mediator = SealedField(_("主持人"))
    households = models.PositiveSmallIntegerField(_("到场几户"))
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices)
    words = SealedField(_("调解记录"))
    by = models.CharField(_("记录人"), max_length=80)
    at = models.DateTimeField(_("记录时间"))

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("调解")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.pk}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)
