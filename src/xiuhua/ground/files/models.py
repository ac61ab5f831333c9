from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.prepared import Sort
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.words import gettext


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Files that are kept."""

    def of(self, *subjects: models.Model) -> Self:
        """Files of these rows that were not removed, in the order in which they were kept."""
        wanted = Q(pk__in=[])
        for subject in subjects:
            wanted |= Q(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
        return self.standing().filter(wanted).order_by("pk")

    def standing(self) -> Self:
        """Files that were not removed."""
        return self.filter(removed_at=None)

    def photos(self) -> Self:
        """Photographs."""
        return self.filter(sort=Sort.PHOTO)

    def voices(self) -> Self:
        """Recordings."""
        return self.filter(sort=Sort.VOICE)

    def documents(self) -> Self:
        """Documents."""
        return self.filter(sort=Sort.DOCUMENT)


class StoredFile(SealedRow):
    """A file that belongs to a row (附件); its bytes lie sealed in the vault under its `seal_id`.

    Its address is that number, which nobody can guess; who is let in is asked all the same (`sight`).
    """

    sort = models.CharField(_("种类"), max_length=10, choices=[(sort.value, sort.value) for sort in Sort])
    media_type = models.CharField(_("格式"), max_length=40)
    name = SealedField(_("文件名"), blank=True, default="")
    title = models.CharField(_("说明"), max_length=120, blank=True)
    size = models.PositiveIntegerField(_("字节"))
    has_small = models.BooleanField(_("有缩略图"), default=False)
    width = models.PositiveIntegerField(_("宽"), default=0)
    height = models.PositiveIntegerField(_("高"), default=0)
    seconds = models.FloatField(_("秒"), default=0.0)
    kid = models.CharField(max_length=40)
    subject_type = models.CharField(_("属于"), max_length=80)
    subject_id = models.CharField(_("编号"), max_length=40)
    path = models.CharField(_("区划代码"), max_length=40, blank=True)
    kept_at = models.DateTimeField(_("收到时间"))
    public_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    removed_at = models.DateTimeField(_("删除时间"), null=True, blank=True)

    objects: ClassVar[Any] = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="file_by_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=[sort.value for sort in Sort]), name="file_sort_known"),
            models.CheckConstraint(condition=Q(removed_at=None) | Q(public_at=None), name="file_removed_is_not_public"),
        ]

    def __str__(self) -> str:
        return self.title or gettext("附件 %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("files:file", args=[self.seal_id])

    @property
    def small_url(self) -> str:
        """Address of the thumbnail; of the picture itself where it is small."""
        return reverse("files:small", args=[self.seal_id]) if self.has_small else self.get_absolute_url()

    @property
    def told_size(self) -> str:
        """Its size in words."""
        return filesizeformat(self.size)

    @property
    def length(self) -> str:
        """How long a recording is: 0:42."""
        minutes, seconds = divmod(round(self.seconds), 60)
        return f"{minutes}:{seconds:02d}"
