"""What residents ask about their stairwell's lift (问一句), and wishes for one; words and answers lie sealed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.territory.models import Stairwell
from xiuhua.ground.ui.addresses import address_of


class QuestionQuerySet(ScopedQuerySet):
    """Questions."""

    def waiting(self) -> Self:
        """Those without an answer, the oldest first."""
        return self.filter(answered_at__isnull=True).order_by("asked_at", "pk")


class Question(SealedRow, Scoped):
    """One question of somebody who lives in a stairwell or owns there, or that they wish for a lift.

    It hangs on the stairwell and not on its dossier: whoever wishes for a lift may have none yet.
    """

    class Kind(models.TextChoices):
        ASK = "ask", _("问一句")
        WISH = "wish", _("想装电梯")

    stairwell = models.ForeignKey(Stairwell, models.PROTECT, related_name="lift_questions")
    path = models.CharField(_("区划代码"), max_length=40)
    kind = models.CharField(_("种类"), max_length=4, choices=Kind.choices, default=Kind.ASK)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lift_questions", null=True, blank=True
    )
    words = SealedField(_("问什么"), blank=True, default="")
    asked_at = models.DateTimeField(_("提问时间"))
    answer = SealedField(_("答复"), blank=True, default="")
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=80, blank=True)

    sight: ClassVar[Sight] = Sight.OWNERS
    objects = models.Manager.from_queryset(QuestionQuerySet)()

    class Meta:
        verbose_name = _("居民提问")
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["path", "answered_at"], name="question_by_place")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["ask", "wish"]), name="question_kind_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answered_by=""), name="question_answered_says_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stairwell_id}:{self.pk}"

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("lifts:question", self.pk)

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.path)
