"""Who of those with a resident's account lives where (绑定)."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.territory.models.nodes import Household, Resident, Stairwell
from xiuhua.ground.ui.addresses import address_of


class BindingQuerySet(ScopedQuerySet):
    """Bindings by where they stand."""

    def waiting(self) -> Self:
        """Those that a committee worker has not answered yet."""
        return self.filter(state=Binding.State.ASKED)

    def standing(self) -> Self:
        """Those that are confirmed and have not ended."""
        return self.filter(state=Binding.State.CONFIRMED)


BindingManager = models.Manager.from_queryset(BindingQuerySet)


class Binding(SealedRow, Scoped):
    """That someone with an account lives in a household (绑定): asked by them, confirmed by a worker of the committee.

    The one who asks names stairwell and room; `household` is the one on record there, `resident` the person on record
    whom the worker has found them to be. `path` is the household's, or the stairwell's while none is known.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("等居委会确认")
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("没有通过")
        ENDED = "ended", _("已结束")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bindings")
    path = models.CharField(_("区划代码"), max_length=40)
    stairwell = models.ForeignKey(Stairwell, models.PROTECT, related_name="bindings")
    room = models.CharField(_("室号"), max_length=12)
    household = models.ForeignKey(Household, models.PROTECT, related_name="bindings", null=True, blank=True)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="bindings", null=True, blank=True)
    name = SealedField(_("姓名"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("申请时间"))
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    decided_by = models.CharField(_("办理人"), max_length=80, blank=True)
    note = SealedField(_("说明"), blank=True, default="")

    sight: ClassVar[Sight] = Sight.PEOPLE
    objects = BindingManager()

    class Meta:
        verbose_name = _("住户绑定")
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["state", "path"], name="binding_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "confirmed", "refused", "ended"]), name="binding_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(household__isnull=False), name="binding_confirmed_has_household"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_at__isnull=False), name="binding_decided_says_when"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=["asked", "confirmed"]), name="binding_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.path}"

    def get_absolute_url(self) -> str:
        """Address of the page on which it is answered."""
        return address_of("territory:binding", self.pk)

    @property
    def address(self) -> str:
        """The address that they gave."""
        return f"{self.stairwell.address}{self.room}室"

    @property
    def asked_on(self) -> date:
        """The day on which it was asked."""
        return timezone.localtime(self.asked_at).date()

    @property
    def decided_on(self) -> date | None:
        """The day on which it was answered."""
        return timezone.localtime(self.decided_at).date() if self.decided_at else None

    @property
    def is_open(self) -> bool:
        """Whether it waits or stands."""
        return self.state in (Binding.State.ASKED, Binding.State.CONFIRMED)
