"""Flats of a stairwell (专有部分) and who owns them (业主)."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of, name_of
from xiuhua.ground.territory.models import Household
from xiuhua.programmes.lifts.models.dossier import Dossier


class Flat(Scoped):
    """A flat with its exclusive area (专有部分): what votes and shares are counted by. Areas are square decimetres."""

    class Stance(models.TextChoices):
        UNKNOWN = "unknown", _("还没问到")
        FOR = "for", _("愿意")
        UNSURE = "unsure", _("再想想")
        AGAINST = "against", _("不愿意")

    class AreaSource(models.TextChoices):
        REGISTER = "register", _("不动产登记")
        SURVEY = "survey", _("测绘")
        CONTRACT = "contract", _("买卖合同")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="flats")
    household = models.ForeignKey(Household, models.PROTECT, related_name="lift_flats", null=True, blank=True)
    room = models.CharField(_("室号"), max_length=12)
    floor = models.SmallIntegerField(_("楼层"))
    area_dm2 = models.PositiveIntegerField(_("专有面积"), null=True, blank=True, help_text=_("平方分米"))
    area_source = models.CharField(_("面积依据"), max_length=10, choices=AreaSource.choices, blank=True)
    stance = models.CharField(_("意愿"), max_length=8, choices=Stance.choices, default=Stance.UNKNOWN)
    stance_on = models.DateField(_("问到的日期"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("门洞里的房屋")
        ordering = ["floor", "room"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "room"], name="flat_room_once"),
            models.CheckConstraint(condition=Q(area_dm2__isnull=True) | Q(area_dm2__gt=0), name="flat_has_area"),
            models.CheckConstraint(condition=~Q(floor=0), name="flat_floor_counts_from_one"),
        ]

    def __str__(self) -> str:
        return self.room

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)

    @property
    def area_m2(self) -> Decimal | None:
        """Its area in square metres, to two digits."""
        return None if self.area_dm2 is None else Decimal(self.area_dm2) / 100


class Owner(SealedRow, Scoped):
    """An owner in a stairwell (业主): one row a person, however many flats they own there. Telephones lie sealed."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="owners")
    name = SealedField(_("姓名"))
    name_index = BlindIndexField("name", normal=name_of)
    phone = SealedField(_("电话"), blank=True, default="")
    phone_index = BlindIndexField("phone", normal=digits_of)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lift_owners", null=True, blank=True
    )
    away = models.BooleanField(_("不住在这里"), default=False)
    flats = models.ManyToManyField(Flat, through="Ownership", related_name="owners")

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("业主")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "name_index", "phone_index"], name="owner_once_a_stairwell"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.pk}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)


class Ownership(models.Model):
    """That an owner owns a flat; of several owners of one flat `speaks` is the one who votes (推选一人行使表决权)."""

    flat = models.ForeignKey(Flat, models.CASCADE, related_name="ownerships")
    owner = models.ForeignKey(Owner, models.CASCADE, related_name="ownerships")
    speaks = models.BooleanField(_("行使表决权"), default=True)

    class Meta:
        verbose_name = _("产权")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["flat", "owner"], name="ownership_once"),
            models.UniqueConstraint(fields=["flat"], condition=Q(speaks=True), name="one_speaks_for_a_flat"),
        ]

    def __str__(self) -> str:
        return f"{self.flat_id}:{self.owner_id}"
