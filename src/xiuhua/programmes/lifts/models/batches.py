"""Whole blocks (成片): ways to cut stairwells into lots, the lots, and what each member was worth when it was cut."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.rules.batches import LotTerms


class BatchPlan(Scoped):
    """A way to cut the stairwells of a place into lots (成片方案), under terms, with what it is worth.

    `bound` is what no lots under the same terms exceed; none where people drew the lots by hand.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("待定")
        ADOPTED = "adopted", _("已采用")
        SUPERSEDED = "superseded", _("已作废")

    path = models.CharField(_("区划代码"), max_length=40)
    number = models.PositiveSmallIntegerField(_("第几个方案"))
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    on = models.DateField(_("按哪天的进度"))

    least = models.PositiveSmallIntegerField(_("一批至少几个门洞"))
    most = models.PositiveSmallIntegerField(_("一批最多几个门洞"))
    reach_m = models.FloatField(_("相隔多少米算挨着"))
    ready = models.FloatField(_("成熟度到多少算划算"))
    setup = models.FloatField(_("开一个工地抵多少成熟度"))
    walk = models.FloatField(_("相隔一米抵多少成熟度"))

    value = models.FloatField(_("分值"))
    bound = models.FloatField(_("上限"), null=True, blank=True)
    by = models.CharField(_("谁提的"), max_length=80)
    at = models.DateTimeField(_("登记时间"))

    sight: ClassVar[Sight] = Sight.LIFTS
    shown_above: ClassVar[bool] = True
    objects = ScopedManager()

    class Meta:
        verbose_name = _("成片方案")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["path", "number"], name="batch_plan_number_once"),
            models.CheckConstraint(condition=Q(least__gte=1) & Q(most__gte=F("least")), name="batch_plan_sizes"),
        ]

    def __str__(self) -> str:
        return gettext("成片方案 %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("lifts:batch_plan", self.pk)

    @property
    def terms(self) -> LotTerms:
        """Its terms."""
        return LotTerms(self.least, self.most, self.reach_m, self.ready, self.setup, self.walk)

    @property
    def gap(self) -> float | None:
        """Share by which it may fall short of the best; None where no bound is known."""
        return None if self.bound is None or self.bound <= 0 else max(0.0, (self.bound - self.value) / self.bound)


class BatchQuerySet(ScopedQuerySet):
    """Lots."""

    def adopted(self) -> Self:
        """Those in force."""
        return self.filter(state=Batch.State.ADOPTED)


class Batch(Scoped):
    """A lot (批): stairwells that are built together. It hangs at their committee, or above where they have several.

    `place` is its number in its plan; `serial` its number in its quarter, once it is adopted.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("拟")
        ADOPTED = "adopted", _("已采用")
        DISSOLVED = "dissolved", _("已解散")

    plan = models.ForeignKey(BatchPlan, models.PROTECT, related_name="batches")
    path = models.CharField(_("区划代码"), max_length=40)
    place = models.PositiveSmallIntegerField(_("方案里第几批"))
    quarter = models.CharField(_("小区"), max_length=60)
    serial = models.PositiveSmallIntegerField(_("小区里第几批"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PROPOSED)

    size = models.PositiveSmallIntegerField(_("门洞"))
    readiness = models.FloatField(_("平均成熟度"))
    metres = models.FloatField(_("连起来多长"), help_text=_("米"))
    value = models.FloatField(_("分值"))
    contiguous = models.BooleanField(_("连成一片"))

    adopted_on = models.DateField(_("采用日期"), null=True, blank=True)
    adopted_by = models.CharField(_("谁采用的"), max_length=80, blank=True)
    dissolved_on = models.DateField(_("解散日期"), null=True, blank=True)
    dissolved_because = models.CharField(_("为什么解散"), max_length=200, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    shown_above: ClassVar[bool] = True
    objects = models.Manager.from_queryset(BatchQuerySet)()

    class Meta:
        verbose_name = _("成片批次")
        ordering = ["plan", "place"]
        indexes = [models.Index(fields=["state", "path"], name="batch_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="batch_place_once"),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(adopted_on__isnull=False), name="batch_adopted_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="dissolved") | (Q(dissolved_on__isnull=False) & ~Q(dissolved_because="")),
                name="batch_dissolved_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        if self.serial is None:
            return gettext("%(quarter)s（拟第 %(place)s 批）") % {"quarter": self.quarter, "place": self.place}
        return gettext("%(quarter)s成片第 %(serial)s 批") % {"quarter": self.quarter, "serial": self.serial}

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("lifts:batch", self.pk)


class BatchMember(Scoped):
    """A stairwell of a lot, with its readiness on the day of the plan and what made it so, as (words, points)."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="members")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="batch_members")
    readiness = models.FloatField(_("成熟度"))
    because = models.JSONField(_("怎么算的"), default=list)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("成片批次的门洞")
        ordering = ["batch", "dossier__path"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "dossier"], name="batch_member_once"),
            models.CheckConstraint(condition=Q(readiness__gte=0) & Q(readiness__lte=1), name="batch_member_degree"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.dossier_id}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)
