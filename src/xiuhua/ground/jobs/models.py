import base64
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.jobs import registry
from xiuhua.ground.jobs.states import OPEN, REACT, SYMBOLS, TONES, State
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.ui.addresses import address_of


class JobQuerySet(ScopedQuerySet):
    """Jobs."""

    def visible_to(self, seer: Any) -> Self:
        """One's own jobs, and with the sight of jobs those of one's scope and of the system as a whole."""
        tops = seer.sees(Sight.JOBS)
        if EVERYWHERE in tops:
            return self
        seen = Q(pk__in=[]) if (own := getattr(seer, "reference", "")) in {"", "visitor"} else Q(asked_by=own)
        if tops:
            seen |= Q(pk__in=super().visible_to(seer).values("pk")) | Q(path=EVERYWHERE)
        return self.filter(seen)

    def loose_ends(self) -> Self:
        """What should have followed on another room's verb, did not, and waits for a person."""
        return self.filter(kind=REACT, state=State.FAILED)


class Job(Scoped):
    """One piece of long work (任务): what was asked, by whom, how far it is, what came of it.

    To ask, to try again and to stop are actions; how far it is is written by the worker (`work`, `running`).
    """

    kind = models.CharField(_("种类"), max_length=80)
    title = models.CharField(_("任务"), max_length=200)
    args = models.JSONField(_("参数"), default=dict)
    path = models.CharField(_("区划代码"), max_length=40, blank=True)
    asked_by = models.CharField(_("交办人编号"), max_length=80)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("交办人")
    )
    language = models.CharField(_("语言"), max_length=10)
    planned_for = models.DateTimeField(_("预定时间"), null=True, blank=True)

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.CharField(_("步骤"), max_length=200, blank=True)
    share = models.FloatField(_("进度"), default=0.0)
    result = models.JSONField(_("结果"), default=dict, blank=True)
    error = models.TextField(_("原因"), blank=True)
    error_code = models.CharField(_("编号"), max_length=80, blank=True)
    stop_asked = models.BooleanField(_("要求停下"), default=False)

    made_at = models.DateTimeField(_("交办时间"))
    queued_at = models.DateTimeField(_("排队时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    seen_at = models.DateTimeField(_("看过结果的时间"), null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.PositiveIntegerField(default=0)
    package = models.BigIntegerField(null=True, blank=True)

    sight: ClassVar[Sight] = Sight.JOBS
    machinery: ClassVar[bool] = True
    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("任务")
        constraints = [
            models.UniqueConstraint(fields=["kind", "planned_for"], name="job_planned_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state_known"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="job_share_within"),
        ]
        indexes = [
            models.Index(fields=["state", "heartbeat"], name="job_by_state"),
            models.Index(fields=["asked_by", "-made_at"], name="job_by_asker"),
            models.Index(fields=["path", "-made_at"], name="job_by_place"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("jobs:job", self.pk)

    @property
    def open(self) -> bool:
        """Whether it may still change by itself."""
        return self.state in OPEN

    def looked_at(self, reader: Any) -> None:
        """Note that whoever asked for it has seen how it ended, so that the bell tells of it no more."""
        if not self.open and self.seen_at is None and self.asked_by == getattr(reader, "reference", ""):
            Job.objects.filter(pk=self.pk, seen_at=None).update(seen_at=now())

    @property
    def tone(self) -> str:
        """Colour of the chip that names its state."""
        return TONES[State(self.state)]

    @property
    def symbol(self) -> str:
        """Symbol that stands for its state."""
        return SYMBOLS[State(self.state)]

    @property
    def kind_words(self) -> str:
        """What its kind is called."""
        return registry.words_for(self.kind)

    @property
    def reasons(self) -> list[str]:
        """Why it was not done, one reason a line."""
        return self.error.splitlines()


class JobFile(SealedRow):
    """The file that a job made, sealed (办好的文件), kept a day for whoever asked for it."""

    job = models.OneToOneField(Job, models.CASCADE, related_name="file")
    name = models.CharField(_("文件"), max_length=255)
    content = SealedField(help_text=_("base64"))
    made_at = models.DateTimeField(_("办好时间"))

    machinery: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.job_id}"

    @property
    def workbook(self) -> bytes:
        """The file itself."""
        return base64.b64decode(self.content)


class Reacted(models.Model):
    """That an entry of the record was answered by a reaction (接着办), once."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    reaction = models.CharField(_("接着办的事"), max_length=120)
    job = models.OneToOneField(Job, models.SET_NULL, null=True, blank=True, related_name="reacted")

    machinery: ClassVar[bool] = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "reaction"], name="reacted_once")]

    def __str__(self) -> str:
        return f"{self.reaction} {self.entry_id}"
