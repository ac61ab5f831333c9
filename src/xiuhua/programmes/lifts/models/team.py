"""The service centre and its sub-centres (1 个中心、23 个分中心), and who accompanies a stairwell (陪伴小组)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.flats import Flat


class Centre(Scoped):
    """A lift service centre: the subdistrict's own (加梯服务中心), or a committee's sub-centre (分中心). Public."""

    path = models.CharField(_("区划代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=120)
    phone = models.CharField(_("电话"), max_length=20)
    hours = models.CharField(_("接待时间"), max_length=60)
    opened_on = models.DateField(_("开办日期"))
    closed_on = models.DateField(_("撤并日期"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    shown_above: ClassVar[bool] = True
    objects = ScopedManager()

    class Meta:
        verbose_name = _("加梯服务中心")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("lifts:centre", self.pk)

    @property
    def is_sub_centre(self) -> bool:
        """Whether it is a committee's (分中心)."""
        return len(self.path) > 9


class TeamMember(SealedRow, Scoped):
    """Somebody who accompanies a stairwell (1+2+N): a coordinator with an account, neighbours, professionals."""

    class Part(models.TextChoices):
        COORDINATOR = "coordinator", _("专员")
        NEIGHBOUR = "neighbour", _("邻居")
        PROFESSIONAL = "professional", _("专业")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="team")
    part = models.CharField(_("角色"), max_length=12, choices=Part.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lift_teams", null=True, blank=True)
    flat = models.ForeignKey(Flat, models.PROTECT, related_name="team", null=True, blank=True)
    name = SealedField(_("姓名"))
    phone = SealedField(_("电话"), blank=True, default="")
    phone_index = BlindIndexField("phone", normal=digits_of)
    trade = models.CharField(_("做什么"), max_length=30, blank=True)
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天止"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("陪伴小组成员")
        ordering = ["part", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(part="coordinator") | Q(user__isnull=False), name="coordinator_has_account"
            ),
            models.UniqueConstraint(
                fields=["dossier", "user"], condition=Q(until__isnull=True), name="team_account_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.pk}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)
