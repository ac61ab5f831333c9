"""What colleagues say to each other about a suggestion (内部留言): why it was handed on, why it takes longer."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.programmes.suggestions.models.suggestion import Suggestion


class MemoQuerySet(ScopedQuerySet):
    """Memos, seen by whoever sees the suggestion."""

    def visible_to(self, seer: Seer) -> Self:
        """Memos on suggestions that this person may see."""
        return self.filter(suggestion__in=Suggestion.objects.visible_to(seer))


class Memo(SealedRow, Scoped):
    """A word among colleagues (内部留言), which the person never reads.

    Of one that was handed on it says from whom to whom, of more time until when.
    """

    class Kind(models.TextChoices):
        TRANSFER = "transfer", _("转交")
        EXTEND = "extend", _("延期")
        NOTE = "note", _("留言")

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="memos")
    kind = models.CharField(_("哪一种"), max_length=10, choices=Kind.choices)
    words = SealedField(_("内容"))
    was_section = models.CharField(_("原主办科室"), max_length=40, blank=True)
    was_unit_path = models.CharField(_("原主办单位"), max_length=40, blank=True)
    section = models.CharField(_("主办科室"), max_length=40, blank=True)
    unit_path = models.CharField(_("主办单位"), max_length=40, blank=True)
    due_on = models.DateField(_("延到"), null=True, blank=True)
    by = models.CharField(_("经办人"), max_length=80)
    said_at = models.DateTimeField(_("时间"))

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    scope_path: ClassVar[str] = "suggestion__path"
    objects = models.Manager.from_queryset(MemoQuerySet)()

    class Meta:
        verbose_name = _("内部留言")
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["transfer", "extend", "note"]), name="memo_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.kind}"

    @property
    def territory_path(self) -> str:
        """Where entries about it stand."""
        return str(self.suggestion.path)
