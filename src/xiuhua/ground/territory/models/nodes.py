"""The levels of the territory, from the subdistrict down to the resident."""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.layers.geometry import Mapped, MappedManager
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of, id_number_of, name_of
from xiuhua.ground.sources.id_numbers import age_on
from xiuhua.ground.ui.addresses import address_of


class Node(Scoped):
    """A place in the tree of the territory, by its path of digits."""

    path = models.CharField(_("区划代码"), max_length=40, unique=True, validators=[RegexValidator(r"^[1-8][0-9]{8,}$")])

    sight: ClassVar[Sight] = Sight.PLACES
    page: ClassVar[str]

    class Meta:
        abstract = True
        ordering = ["path"]

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of(self.page, self.pk)


class Subdistrict(Node, Mapped):
    """A subdistrict (街道), the territory of one office."""

    name = models.CharField(_("街道名称"), max_length=60)
    invented = models.BooleanField(_("演示街道"), default=False, help_text=_("楼栋、住户、设施均为虚构"))

    page: ClassVar[str] = "territory:subdistrict"
    shown_above: ClassVar[bool] = True
    objects = MappedManager()

    class Meta(Node.Meta, Mapped.Meta):
        verbose_name = _("街道")

    def __str__(self) -> str:
        return self.name


class Committee(Node, Mapped):
    """A residents' committee (居民委员会) and its area."""

    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="committees")
    name = models.CharField(_("居委会名称"), max_length=60)
    invented_name = models.BooleanField(_("虚构名称"), default=False)

    page: ClassVar[str] = "territory:committee"
    shown_above: ClassVar[bool] = True
    objects = MappedManager()

    class Meta(Node.Meta, Mapped.Meta):
        verbose_name = _("居委会")
        constraints = [models.UniqueConstraint(fields=["subdistrict", "name"], name="committee_name_once")]

    def __str__(self) -> str:
        return self.name


class MicroGrid(Node, Mapped):
    """A micro-grid (微网格): the doors that one grid worker looks after."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="micro_grids")
    name = models.CharField(_("微网格名称"), max_length=60)

    page: ClassVar[str] = "territory:micro_grid"
    objects = MappedManager()

    class Meta(Node.Meta, Mapped.Meta):
        verbose_name = _("微网格")

    def __str__(self) -> str:
        return self.name


class Use(models.TextChoices):
    """What a building is for."""

    RESIDENTIAL = "residential", _("住宅")
    MIXED = "mixed", _("商住")
    PUBLIC = "public", _("公共服务")
    OTHER = "other", _("其他")
    SHELTER = "shelter", _("棚、亭、车库")


class Building(Node, Mapped):
    """A building (楼栋), with the door that its people leave by."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="buildings")
    micro_grid = models.ForeignKey(MicroGrid, models.PROTECT, related_name="buildings", null=True, blank=True)
    key = models.CharField(_("来源编号"), max_length=60)
    name = models.CharField(_("楼栋名称"), max_length=120, blank=True)
    quarter = models.CharField(_("小区"), max_length=60, blank=True)
    use = models.CharField(_("用途"), max_length=12, choices=Use.choices)
    levels = models.FloatField(_("层数"))
    floor_area_m2 = models.FloatField(_("建筑面积"))
    year_built = models.PositiveSmallIntegerField(_("建成年份"), null=True, blank=True)
    structure = models.CharField(_("结构"), max_length=20, blank=True)
    door_lon = models.FloatField()
    door_lat = models.FloatField()
    residents_estimate = models.FloatField(_("估算居民数"), default=0, help_text=_("没有逐人登记时按建筑面积估算"))

    page: ClassVar[str] = "territory:building"
    objects = MappedManager()

    class Meta(Node.Meta, Mapped.Meta):
        verbose_name = _("楼栋")
        constraints = [
            models.CheckConstraint(condition=Q(levels__gt=0, floor_area_m2__gte=0), name="building_has_size"),
            models.CheckConstraint(condition=Q(use__in=Use.values), name="building_use_known"),
            models.CheckConstraint(condition=Q(residents_estimate__gte=0), name="building_residents_not_negative"),
            models.CheckConstraint(
                condition=Q(year_built__isnull=True) | Q(year_built__range=(1800, 2100)),
                name="building_year_believable",
            ),
        ]
        indexes = [*Mapped.Meta.indexes, models.Index(fields=["key"], name="building_by_key")]

    def __str__(self) -> str:
        return self.name or self.key


class Stairwell(Node):
    """A stairwell (门洞), with what decides whether a lift suits it (适合加梯)."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="stairwells")
    name = models.CharField(_("门洞"), max_length=60)
    levels = models.PositiveSmallIntegerField(_("层数"))
    households_per_floor = models.PositiveSmallIntegerField(_("每层户数"))
    has_lift = models.BooleanField(_("已有电梯"))
    lift_suitable = models.BooleanField(_("适合加梯"), null=True, blank=True)
    unsuitable_because = models.CharField(_("不具备条件的原因"), max_length=60, blank=True)
    door_lon = models.FloatField()
    door_lat = models.FloatField()

    page: ClassVar[str] = "territory:stairwell"
    objects = ScopedManager()

    class Meta(Node.Meta):
        verbose_name = _("门洞")
        constraints = [
            models.CheckConstraint(
                condition=Q(levels__gte=1, households_per_floor__gte=1), name="stairwell_has_floors"
            ),
            models.CheckConstraint(
                condition=Q(has_lift=False) | Q(lift_suitable__isnull=True), name="stairwell_with_lift_is_not_judged"
            ),
            models.CheckConstraint(
                condition=~Q(lift_suitable=False) | ~Q(unsuitable_because=""), name="stairwell_unsuitable_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Its name as one finds it (门牌): a mere number reads with its building's name before it."""
        building = self.building.name
        return f"{building}{self.name}" if building and self.name[:1].isdigit() else self.name


class Household(Node):
    """A household (户) in its flat. `people` and `elders` are counted where a list shows them."""

    stairwell = models.ForeignKey(Stairwell, models.PROTECT, related_name="households")
    floor = models.SmallIntegerField(_("楼层"))
    room = models.CharField(_("室号"), max_length=12)
    living_area_m2 = models.FloatField(_("住房面积"), null=True, blank=True)
    tenure = models.CharField(_("住房来源"), max_length=20, blank=True)

    people: int
    elders: int
    sight: ClassVar[Sight] = Sight.HOUSEHOLDS
    page: ClassVar[str] = "territory:household"
    objects = ScopedManager()

    class Meta(Node.Meta):
        verbose_name = _("住户")
        constraints = [
            models.UniqueConstraint(fields=["stairwell", "room"], name="room_once_a_stairwell"),
            models.CheckConstraint(
                condition=Q(living_area_m2__isnull=True) | Q(living_area_m2__gt=0), name="household_has_area"
            ),
            models.CheckConstraint(condition=~Q(floor=0), name="household_floor_counts_from_one"),
        ]
        indexes = [models.Index(fields=["room"], name="household_by_room")]

    def __str__(self) -> str:
        return self.room

    @property
    def address(self) -> str:
        """Where it is: the stairwell's address and the room."""
        return f"{self.stairwell.address}{self.room}室"


class Sex(models.TextChoices):
    """Sex as on the census form."""

    FEMALE = "f", _("女")
    MALE = "m", _("男")


def full_years(birth_year: int, birth_date: date | None, day: date) -> int:
    """Age (周岁) on a day; from the year alone where the day of birth is not on record."""
    return age_on(birth_date, day) if birth_date else day.year - birth_year


class ResidentQuerySet(ScopedQuerySet):
    """Residents on record."""

    def visible_to(self, seer: Seer) -> Self:
        """Those whom this person may see; nobody sees who has been erased (已删除)."""
        return super().visible_to(seer).filter(erased_at__isnull=True)

    def here(self) -> Self:
        """Those who live here now, as far as the record still knows them."""
        return self.filter(left_at__isnull=True, erased_at__isnull=True)

    def aged(self, years: int, day: date) -> Self:
        """Those who are so many full years (周岁) old on a day; by the year alone where the day of birth is unknown."""
        year = day.year - years
        birthday = date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
        by_then = Q(birth_date__isnull=True) | Q(birth_date__lte=birthday)
        # Most are younger: the first condition is all that is asked of them.
        return self.filter(Q(birth_year__lte=year), Q(birth_year__lt=year) | by_then)


ResidentManager = models.Manager.from_queryset(ResidentQuerySet)


class Resident(SealedRow, Node):
    """A resident (居民). Name, telephone and identity number are sealed; `basis` says by what right they are kept.

    The basis (处理依据) is a key of ``standards/privacy.toml``: a duty, or the consent of the person (PIPL art. 13).
    Who has moved out (迁出) keeps the row, with `left_at`. `kept_only` (只存不用) is looked up where people are
    shown (`queries.with_kept_only`).
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="residents")
    name = SealedField(_("姓名"), blank=True, default="")
    name_index = BlindIndexField("name", normal=name_of)
    id_number = SealedField(_("证件号"), blank=True, default="")
    id_number_index = BlindIndexField("id_number", normal=id_number_of)
    phone = SealedField(_("电话"), blank=True, default="")
    phone_index = BlindIndexField("phone", normal=digits_of)
    birth_year = models.PositiveSmallIntegerField(_("出生年份"))
    birth_date = models.DateField(_("出生日期"), null=True, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex.choices)
    basis = models.CharField(_("处理依据"), max_length=40, default="committee_service")
    left_at = models.DateTimeField(_("迁出时间"), null=True, blank=True)
    erased_at = models.DateTimeField(_("删除时间"), null=True, blank=True)

    kept_only: bool
    sight: ClassVar[Sight] = Sight.PEOPLE
    page: ClassVar[str] = "territory:resident"
    objects = ResidentManager()

    class Meta(Node.Meta):
        verbose_name = _("居民")
        indexes = [
            models.Index(
                # SQLite counts by the index alone only where it also holds what the condition asks.
                fields=["path", "birth_year", "birth_date", "sex", "left_at", "erased_at"],
                condition=Q(left_at__isnull=True, erased_at__isnull=True),
                name="resident_here",
            ),
            models.Index(fields=["path"], condition=Q(left_at__isnull=False), name="resident_left"),
            models.Index(fields=["basis"], name="resident_by_basis"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(birth_year__range=(1890, 2100)), name="resident_birth_year_believable"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="resident_sex_known"),
            models.CheckConstraint(condition=~Q(basis=""), name="resident_says_on_what_basis"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    name="",
                    name_index="",
                    phone="",
                    phone_index="",
                    id_number="",
                    id_number_index="",
                    birth_date__isnull=True,
                ),
                name="resident_erased_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.path

    def age_on(self, day: date) -> int:
        """Full years (周岁) on a day; from the year alone where the day of birth is not on record."""
        return full_years(self.birth_year, self.birth_date, day)

    @property
    def left_on(self) -> date | None:
        """The day on which they moved out."""
        return timezone.localtime(self.left_at).date() if self.left_at else None
