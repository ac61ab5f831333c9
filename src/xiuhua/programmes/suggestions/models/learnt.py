"""What sorts suggestions by category (分类模型), and how well it did when it was made."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LearntModel(models.Model):
    """A text model, kept whole; the one in use is used by every process."""

    content = models.BinaryField()
    held_out = models.BinaryField(default=bytes)
    """What it was measured by, without the words: the next one has to do as well on it."""
    macro_f1 = models.FloatField(_("宏平均 F1"))
    rows = models.PositiveIntegerField(_("学习的件数"))
    report = models.JSONField(_("测试结果"), default=dict)
    made_at = models.DateTimeField(_("学成时间"))
    in_use = models.BooleanField(_("使用中"), default=False)

    path: ClassVar[str] = ""

    class Meta:
        verbose_name = _("分类模型")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="learnt_model_one_in_use"),
            models.CheckConstraint(condition=Q(macro_f1__range=(0, 1)), name="learnt_model_f1_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {self.macro_f1:.3f}"
