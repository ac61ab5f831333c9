"""What was said to whoever suggested (答复)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.programmes.suggestions.models.suggestion import Suggestion


class ReplyQuerySet(ScopedQuerySet):
    """Replies, seen by whoever sees the suggestion."""

    def visible_to(self, seer: Seer) -> Self:
        """Replies to suggestions that this person may see."""
        return self.filter(suggestion__in=Suggestion.objects.visible_to(seer))


class Reply(SealedRow, Scoped):
    """A word to whoever suggested (答复): first contact, answer, adoption, or why not; or theirs, of what is amiss."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("首次联系")
        ANSWER = "answer", _("答复")
        ADOPTED = "adopted", _("采纳")
        DECLINED = "declined", _("不采纳")
        PASSED_ON = "passed_on", _("转办告知")
        PROGRESS = "progress", _("进展")
        REOPENED = "reopened", _("要求重办")

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="replies")
    kind = models.CharField(_("哪一种"), max_length=10, choices=Kind.choices)
    words = SealedField(_("内容"))
    template = models.CharField(_("底稿"), max_length=40, blank=True)
    by = models.CharField(_("经办人"), max_length=80)
    said_at = models.DateTimeField(_("时间"))
    by_message = models.BooleanField(_("发了短信"), default=False)

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    scope_path: ClassVar[str] = "suggestion__path"
    objects = models.Manager.from_queryset(ReplyQuerySet)()

    class Meta:
        verbose_name = _("答复")
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["contact", "answer", "adopted", "declined", "passed_on", "progress", "reopened"]),
                name="reply_kind_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.kind}"

    @property
    def territory_path(self) -> str:
        """Where entries about it stand."""
        return str(self.suggestion.path)
