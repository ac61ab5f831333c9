"""What stands or lies in the territory and is no node of it: facilities, landscape, the walking network."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.layers.geometry import GeometryField, Mapped, MappedManager
from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models.nodes import Building, Subdistrict
from xiuhua.ground.ui.addresses import address_of


class Facility(Mapped, Scoped):
    """A facility (设施) of a type of the rule book, with the points where one walks in.

    Its path is that of the committee in whose area it stands, else of the subdistrict.
    """

    path = models.CharField(_("区划代码"), max_length=40)
    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="facilities")
    building = models.ForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="facilities")
    key = models.CharField(_("来源编号"), max_length=60)
    facility_type = models.CharField(_("设施类型"), max_length=40)
    name = models.CharField(_("设施名称"), max_length=120, blank=True)
    floor_area_m2 = models.FloatField(_("建筑面积"), null=True, blank=True)
    entrances: Any = models.JSONField(_("出入口"), help_text=_("[[经度, 纬度], …]"))

    sight: ClassVar[Sight] = Sight.PLACES
    shown_above: ClassVar[bool] = True
    objects = MappedManager()

    class Meta(Mapped.Meta):
        verbose_name = _("设施")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "key", "facility_type"], name="facility_once"),
            models.CheckConstraint(
                condition=Q(floor_area_m2__isnull=True) | Q(floor_area_m2__gt=0), name="facility_area_positive"
            ),
        ]
        indexes = [*Mapped.Meta.indexes, models.Index(fields=["path"], name="facility_by_place")]

    def __str__(self) -> str:
        return self.name or self.key

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("territory:facility", self.pk)


class Landscape(Mapped, Scoped):
    """What the map draws and nobody lives in: streets, water, green, quarters, walls and gates."""

    class Kind(models.TextChoices):
        WATER = "water", _("水面")
        GREEN = "green", _("绿地")
        STREET = "street", _("道路")
        LANE = "lane", _("支路弄堂")
        PATH = "path", _("步道")
        QUARTER = "quarter", _("小区")
        CAMPUS = "campus", _("校园")
        SQUARE = "square", _("广场")
        WALL = "wall", _("围墙")
        GATE = "gate", _("大门")
        RAIL = "rail", _("轨道")

    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="landscape")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=120, blank=True)

    sight: ClassVar[Sight] = Sight.PLACES
    scope_path: ClassVar[str] = "subdistrict__path"
    shown_above: ClassVar[bool] = True
    objects = MappedManager()

    class Meta(Mapped.Meta):
        verbose_name = _("地物")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "water",
                        "green",
                        "street",
                        "lane",
                        "path",
                        "quarter",
                        "campus",
                        "square",
                        "wall",
                        "gate",
                        "rail",
                    ]
                ),
                name="landscape_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class WalkingNetwork(Scoped):
    """The walking network (步行路网) of a subdistrict, as the engine saves it; the newest one counts."""

    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="networks")
    laid_at = models.DateTimeField(_("建立时间"))
    digest = models.CharField(_("摘要"), max_length=64)
    nodes = models.PositiveIntegerField(_("节点数"))
    edges = models.PositiveIntegerField(_("路段数"))
    content = models.BinaryField()
    uncrossable = GeometryField(help_text=_("从门口走到路上不能穿过的线：围墙、河岸、铁路"))

    sight: ClassVar[Sight] = Sight.PLANS
    scope_path: ClassVar[str] = "subdistrict__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("步行路网")
        get_latest_by = "id"
        constraints = [models.CheckConstraint(condition=Q(nodes__gt=0, edges__gt=0), name="network_not_empty")]

    def __str__(self) -> str:
        return self.digest[:12]
