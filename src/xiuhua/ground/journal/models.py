from typing import Any, ClassVar, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal.guard import TABLE
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import SUBDISTRICT
from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight


class Audience(models.TextChoices):
    """Who may see that a verb happened, in timelines and feeds."""

    STAFF = "staff", _("工作人员")
    OFFICE = "office", _("监督人员与本人")
    PUBLIC = "public", _("公开")


class Outcome(models.TextChoices):
    """Whether the verb was done, or tried and refused."""

    DONE = "done", _("办成")
    REFUSED = "refused", _("被拒")


class EntryQuerySet(ScopedQuerySet):
    """Entries hang in the territory, but for a few that belong to no place."""

    def visible_to(self, seer: Seer) -> Self:
        """Entries of the places whose record this person oversees.

        Whoever oversees a whole subdistrict also sees what belongs to no place, such as a sign-in under a number that
        nobody has.
        """
        seen = super().visible_to(seer)
        if any(len(top) <= SUBDISTRICT for top in seer.sees(Sight.RECORD)):
            seen = seen | self.filter(territory="")
        return seen


class Entry(Scoped):
    """One verb that happened or was refused (留痕): who, what, to which thing, when. Never changed, never removed.

    It holds verbs, identifiers, field names and counts; personal values and free text lie in `Sealed`. Entries of a
    subdistrict are numbered without a gap and chained (`chain`).
    """

    chain = models.CharField(_("街道"), max_length=9, blank=True)
    number = models.PositiveBigIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    verb = models.CharField(_("动作"), max_length=80)
    actor = models.CharField(_("办理人"), max_length=80)
    behalf = models.CharField(_("代谁办理"), max_length=80, blank=True)
    subject_type = models.CharField(_("对象类别"), max_length=80, blank=True)
    subject_id = models.CharField(_("对象编号"), max_length=40, blank=True)
    territory = models.CharField(_("区划"), max_length=40, blank=True)
    audience = models.CharField(_("可见范围"), max_length=10, choices=Audience.choices)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, default=Outcome.DONE)
    facts = models.JSONField(_("要点"), default=dict)
    sealed_digest = models.CharField(_("封存值的摘要"), max_length=64, blank=True)
    mac = models.CharField(_("链"), max_length=100)

    sight: ClassVar[Sight] = Sight.RECORD
    scope_path: ClassVar[str] = "territory"
    objects = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        db_table = TABLE
        ordering = ["id"]
        verbose_name = _("留痕")
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="journal_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="journal_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_by_subject"),
            models.Index(fields=["territory", "at"], name="journal_by_territory"),
            models.Index(fields=["actor", "at"], name="journal_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}"

    @property
    def territory_path(self) -> str:
        """Where an entry about this entry stands: whoever oversees it sees that too."""
        return self.territory

    def content(self) -> dict[str, Any]:
        """What the chain binds: every column but the row's own number in the table and the link itself."""
        names = [field.attname for field in self._meta.concrete_fields if field.attname not in {"id", "mac"}]
        return {name: getattr(self, name) for name in names}

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()


class Chain(models.Model):
    """Where a subdistrict's chain has got to. Whoever adds an entry locks this row, last of all."""

    name = models.CharField(max_length=9, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=100)

    machinery: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.name}:{self.number}"

    @property
    def territory_path(self) -> str:
        """Where an entry about the chain stands: in the chain."""
        return self.name


class SubjectKey(models.Model):
    """The key under which the values about one subject lie sealed for a year; without it they are gone (粉碎)."""

    subject = models.CharField(max_length=130)
    year = models.PositiveSmallIntegerField()
    wrapped = models.TextField()

    machinery: ClassVar[bool] = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "year"], name="subject_key_once_a_year")]

    def __str__(self) -> str:
        return f"{self.subject} {self.year}"


class Sealed(models.Model):
    """Values that an entry is about (旧值、新值、说明), sealed under the subject's key; the entry holds a digest."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="sealed", primary_key=True)
    subject = models.CharField(max_length=130)
    year = models.PositiveSmallIntegerField()
    token = models.TextField()

    machinery: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.subject} {self.year}"


class Answer(models.Model):
    """What an action answered to a request that carried a key, so that the same request gets the same answer."""

    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    body = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    machinery: ClassVar[bool] = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "verb", "key"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"


def _refuse() -> NoReturn:
    message = f"{TABLE} is append-only"
    raise TypeError(message)
