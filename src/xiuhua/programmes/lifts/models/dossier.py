"""The dossier of a stairwell (加梯档案): how it is built, and how far its lift has come."""

from dataclasses import fields
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.territory.models import Stairwell
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.lifts.flow import IN_HAND, STAGES, STEPS, LiftFlow, Stage
from xiuhua.programmes.lifts.rules.facts import DossierFacts, Measures


class DossierQuerySet(ScopedQuerySet):
    """Dossiers of stairwells."""

    def suitable(self) -> Self:
        """Those whose stairwell a lift suits (适合加梯)."""
        return self.filter(stairwell__lift_suitable=True)

    def in_hand(self) -> Self:
        """Those signed, being built or running."""
        return self.filter(stage__in=IN_HAND)

    def under_way(self) -> Self:
        """Those that have begun and do not run yet."""
        return self.exclude(state__in=("waiting", "running"))

    def stuck_since(self, day: date) -> Self:
        """Those under way without progress since a day or longer, the longest first."""
        return self.under_way().filter(progressed_on__lte=day).order_by("progressed_on", "path")

    def with_place(self) -> Self:
        """Each with its stairwell, building and committee (one query)."""
        rows = self.select_related("stairwell__building__committee")
        return rows.defer("stairwell__building__geometry", "stairwell__building__committee__geometry")


class Dossier(SealedRow, Scoped):
    """Everything about one stairwell's lift (加梯档案). It hangs where its stairwell does.

    Whether a lift suits the stairwell stands on the stairwell itself; `attempt` counts how often it has been begun, so
    that gates passed before it was set aside do not count again.
    """

    class Entry(models.TextChoices):
        LEVEL = "level", _("平层入户")
        HALF = "half", _("错层入户")

    class Stair(models.TextChoices):
        DOUBLE = "double", _("双跑楼梯")
        STRAIGHT = "straight", _("单跑楼梯")
        CORRIDOR = "corridor", _("外廊")

    stairwell = models.OneToOneField(Stairwell, models.PROTECT, related_name="dossier")
    path = models.CharField(_("区划代码"), max_length=40, unique=True)
    state = models.CharField(_("进度"), max_length=12, choices=LiftFlow.choices, default="waiting")
    stage = models.CharField(_("阶段"), max_length=10, choices=Stage.choices, default=Stage.WAITING)
    attempt = models.PositiveSmallIntegerField(_("第几次启动"), default=0)
    batch = models.ForeignKey(
        "lifts.Batch", models.PROTECT, related_name="dossiers", null=True, blank=True, verbose_name=_("成片批次")
    )

    entry = models.CharField(_("入户方式"), max_length=8, choices=Entry.choices, blank=True)
    stair = models.CharField(_("楼梯类型"), max_length=10, choices=Stair.choices, blank=True)
    front_m = models.FloatField(_("门洞前深度"), null=True, blank=True)
    spacing_m = models.FloatField(_("和对面楼的间距"), null=True, blank=True)
    fire_lane_m = models.FloatField(_("加梯后消防通道"), null=True, blank=True)
    pipes = models.CharField(_("管线"), max_length=120, blank=True)
    pipes_can_move = models.BooleanField(_("管线能迁移"), null=True, blank=True)
    structure_sound = models.BooleanField(_("结构满足"), null=True, blank=True)
    measured_on = models.DateField(_("测量日期"), null=True, blank=True)

    begun_on = models.DateField(_("开始征询"), null=True, blank=True)
    designed_on = models.DateField(_("进入方案"), null=True, blank=True)
    agreed_on = models.DateField(_("进入公示签约"), null=True, blank=True)
    signed_on = models.DateField(_("签约"), null=True, blank=True)
    started_on = models.DateField(_("开工"), null=True, blank=True)
    finished_on = models.DateField(_("竣工"), null=True, blank=True)
    completed_on = models.DateField(_("交付使用"), null=True, blank=True)
    moved_on = models.DateField(_("进入这一步"), null=True, blank=True)
    progressed_on = models.DateField(_("最近有进展"), null=True, blank=True)
    snag = SealedField(_("为什么卡住"), blank=True, default="")

    sight: ClassVar[Sight] = Sight.LIFTS
    objects = models.Manager.from_queryset(DossierQuerySet)()

    class Meta:
        verbose_name = _("加梯档案")
        ordering = ["path"]
        indexes = [
            models.Index(fields=["stage", "path"], name="dossier_by_stage"),
            models.Index(fields=["state", "progressed_on"], name="dossier_by_progress"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STAGES)), name="dossier_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(moved_on__isnull=False), name="dossier_moved_says_when"
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(started_on__isnull=True) | Q(signed_on__lte=F("started_on")),
                name="dossier_signed_before_built",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(completed_on__isnull=True)
                | Q(started_on__lte=F("completed_on")),
                name="dossier_built_before_handed_over",
            ),
        ]

    def __str__(self) -> str:
        return self.stairwell.address

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("lifts:dossier", self.pk)

    @property
    def address(self) -> str:
        """The stairwell's address, as one finds it."""
        return self.stairwell.address

    @property
    def step(self) -> str:
        """Key of the step that it is in; empty before it has begun."""
        return STEPS[self.state]

    @property
    def step_began_on(self) -> date | None:
        """On which day the step began that it is in."""
        began = {
            "consult": self.begun_on,
            "design": self.designed_on,
            "sign": self.agreed_on,
            "build": self.started_on,
            "hand_over": self.finished_on,
        }
        return began.get(self.step)

    @property
    def stage_words(self) -> str:
        """What its stage is called on the map."""
        return str(Stage(self.stage).label)

    @property
    def state_words(self) -> str:
        """What its state is called."""
        return LiftFlow.title_of(self.state)

    @property
    def symbol(self) -> str:
        """Name of its symbol: ``lift-signed``, or ``lift-unsuitable``."""
        return "lift-unsuitable" if self.stairwell.lift_suitable is False else f"lift-{self.stage}"

    def facts(self) -> DossierFacts:
        """What rules ask about it; the stairwell is to be loaded with it."""
        return DossierFacts(
            state=self.state,
            moved_on=self.moved_on,
            progressed_on=self.progressed_on,
            suitable=self.stairwell.lift_suitable,
            levels=self.stairwell.levels,
        )

    def measures(self) -> Measures:
        """How it is built, as rules ask about it."""
        return Measures(**{one.name: getattr(self, one.name) for one in fields(Measures)})
