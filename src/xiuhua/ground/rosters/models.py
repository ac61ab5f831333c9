from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.rosters.kinds import RosterKind, kinds
from xiuhua.ground.rosters.rows import Outcome
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet, below
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.words import gettext


class State(models.TextChoices):
    """Where an import stands."""

    READING = "reading", _("核对中")
    REFUSED = "refused", _("读不了")
    FAULTY = "faulty", _("有错待改")
    READY = "ready", _("可以导入")
    APPLIED = "applied", _("已导入")
    DISCARDED = "discarded", _("已放弃")


OPEN = frozenset({State.READING, State.REFUSED, State.FAULTY, State.READY})
"""States in which the uploaded file and what was staged from it are still kept."""

TONES = {
    State.READING: "info",
    State.REFUSED: "over",
    State.FAULTY: "over",
    State.READY: "soon",
    State.APPLIED: "good",
    State.DISCARDED: "",
}


class RosterImportQuerySet(ScopedQuerySet):
    """Imports."""

    def visible_to(self, seer: Any) -> Self:
        """Imports of the kinds that this person sees, each where they see it."""
        kinds_at: dict[str, list[str]] = {}
        for kind in kinds():
            for top in seer.sees(kind.sight):
                if top == EVERYWHERE:
                    return self
                kinds_at.setdefault(top, []).append(kind.key)
        seen = Q(pk__in=[])
        for top, keys in kinds_at.items():
            seen |= Q(kind__in=keys) & below("path", top)
        return self.filter(seen)


class RosterImport(Scoped):
    """One spreadsheet on its way in (名册导入): what was uploaded, what it would change, what became of it."""

    kind = models.CharField(_("名册"), max_length=40)
    path = models.CharField(_("区划代码"), max_length=40)
    place = models.CharField(_("导入范围"), max_length=120, blank=True)
    file_name = models.CharField(_("文件"), max_length=200)
    file_bytes = models.PositiveIntegerField(_("文件大小"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.READING)

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("上传人")
    )
    asked_by = models.CharField(_("上传人编号"), max_length=80)
    made_at = models.DateTimeField(_("上传时间"))
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, blank=True, related_name="+")

    batch = models.UUIDField(null=True, blank=True, editable=False)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    new = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("更新"), default=0)
    same = models.PositiveIntegerField(_("不变"), default=0)
    faulty = models.PositiveIntegerField(_("有错的行"), default=0)
    reminded = models.PositiveIntegerField(_("提醒的行"), default=0)
    layout: Any = models.JSONField(_("表的样子"), default=dict, blank=True)
    refusal: Any = models.JSONField(_("读不了的原因"), default=list, blank=True)

    sight: ClassVar[Sight] = Sight.PLACES
    """Unused: each kind says what one must see (`RosterImportQuerySet.visible_to`)."""
    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("名册导入")
        constraints = [models.CheckConstraint(condition=Q(state__in=State.values), name="roster_import_state_known")]
        indexes = [
            models.Index(fields=["path", "-made_at"], name="roster_import_by_place"),
            models.Index(fields=["state", "made_at"], name="roster_import_by_state"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return address_of("rosters:import", self.pk)

    @property
    def roster_kind(self) -> type[RosterKind] | None:
        """Its kind; none, where that is no longer offered."""
        return next((kind for kind in kinds() if kind.key == self.kind), None)

    @property
    def title(self) -> str:
        """What its kind is called."""
        return str(self.roster_kind.title) if self.roster_kind else self.kind

    @property
    def marked_name(self) -> str:
        """What the copy with its faults in red is called."""
        return gettext("%(name)s_标红.xlsx") % {"name": self.file_name.rpartition(".")[0] or self.file_name}

    @property
    def tone(self) -> str:
        """Colour of the chip that names its state."""
        return TONES[State(self.state)]

    @property
    def at_work(self) -> bool:
        """Whether a job checks or applies it at this moment."""
        return self.job is not None and self.job.open

    @property
    def writes_anything(self) -> bool:
        """Whether applying it would change anything."""
        return bool(self.new or self.changed)


class HeadingChoice(Scoped):
    """What an office said that a heading of its own files means (认列): a column of the kind, or none.

    The next file with that heading is read so without asking again.
    """

    path = models.CharField(_("区划代码"), max_length=40)
    kind = models.CharField(_("名册"), max_length=40)
    heading = models.CharField(_("表头"), max_length=80, help_text=_("去掉空格、括号里的话和全角之后"))
    column = models.CharField(_("列"), max_length=40, blank=True, help_text=_("空着是不用这一列"))
    chosen_by = models.CharField(_("认列人"), max_length=80)
    chosen_at = models.DateTimeField(_("认列时间"))

    sight: ClassVar[Sight] = Sight.PLACES
    objects = ScopedManager()

    class Meta:
        verbose_name = _("认列")
        constraints = [models.UniqueConstraint(fields=["path", "kind", "heading"], name="heading_chosen_once")]

    def __str__(self) -> str:
        return f"{self.heading} {self.column}"


class RosterFile(SealedRow):
    """The uploaded file, sealed (上传的文件), kept until the import ends, or a day."""

    roster_import = models.OneToOneField(RosterImport, models.CASCADE, related_name="file")
    content = SealedField(help_text=_("base64"))

    machinery: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.roster_import_id}"


class StagedRow(models.Model):
    """A row of the sheet as it was checked (核对过的行): what would become of it, masked, with what is wrong.

    Rows of one check share a `batch`; a check that was interrupted leaves a batch that nothing refers to, which is
    swept up with the next.
    """

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="staged_rows")
    batch = models.UUIDField(default=uuid4, editable=False)
    number = models.PositiveIntegerField(_("行"))
    outcome = models.CharField(_("会怎样"), max_length=8, choices=Outcome.choices)
    path = models.CharField(_("区划代码"), max_length=40, blank=True)
    shown: Any = models.JSONField(_("内容"), default=list)
    fields: Any = models.JSONField(_("更新的项"), default=list)
    faults: Any = models.JSONField(_("错"), default=list)
    reminders: Any = models.JSONField(_("提醒"), default=list)

    machinery: ClassVar[bool] = True

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="staged_row_once")]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="staged_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.number}"


class StagedWrite(models.Model):
    """A row of a table as it will be written (待写入): values by column as the database holds them, sealed too.

    Without a target it is inserted; with one, those columns of it are updated.
    """

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="staged_writes")
    batch = models.UUIDField(default=uuid4, editable=False)
    model = models.CharField(max_length=80)
    target = models.BigIntegerField(null=True)
    data: Any = models.JSONField(default=dict)

    machinery: ClassVar[bool] = True

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "model", "target"], name="staged_write_by_model")]

    def __str__(self) -> str:
        return f"{self.model} {self.target or ''}"
