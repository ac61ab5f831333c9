"""Documents of a dossier (文件): each with its versions, the newest counting."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.lifts.models.dossier import Dossier


class Paper(Scoped):
    """One version of a document; its file is kept beside it (``StoredFile.objects.of(paper)``)."""

    class Kind(models.TextChoices):
        SURVEY = "survey", _("可行性初评")
        DRAWING = "drawing", _("设计图")
        REPLY = "reply", _("一层住户书面答复")
        BALLOT = "ballot", _("表决材料")
        AGREEMENT = "agreement", _("分摊协议")
        NOTICE = "notice", _("公示")
        REVIEW = "review", _("审图意见")
        UTILITY = "utility", _("管线回函")
        PERMIT = "permit", _("许可")
        CONTRACT = "contract", _("合同")
        INSPECTION = "inspection", _("检验报告")
        ACCEPTANCE = "acceptance", _("验收")
        MINUTES = "minutes", _("会议与调解记录")
        PHOTO = "photo", _("照片")
        OTHER = "other", _("其他")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("名称"), max_length=60)
    version = models.PositiveSmallIntegerField(_("第几版"))
    dated = models.DateField(_("落款日期"))
    for_residents = models.BooleanField(_("本门洞居民可看"), default=False)
    by = models.CharField(_("存入人"), max_length=80)
    at = models.DateTimeField(_("存入时间"))

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("加梯文件")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "title", "version"], name="paper_version_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)
