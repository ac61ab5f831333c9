"""Events at which people are heard face to face (活动): festival, workshop, salon; and the wall of their notes."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.suggestions.flow import EventFlow

ANNOUNCED = ("open", "held", "reported")
"""States in which everybody may read of a public event."""

MOST_TOPICS = 5
"""Columns that a wall has room for, and that figure keys reach with one finger."""


class EventKind(models.TextChoices):
    """What sort of event (活动类型); the same words are the source of what is said there."""

    FESTIVAL = "festival", _("社区生活节")
    WORKSHOP = "workshop", _("工作坊")
    SALON = "salon", _("主题沙龙")


class EventQuerySet(ScopedQuerySet):
    """Events, by where they are held."""

    def announced(self) -> Self:
        """Those that everybody may read of."""
        return self.filter(is_public=True, state__in=ANNOUNCED)

    def to_come(self, at: datetime) -> Self:
        """Those that stand and are not over."""
        return self.filter(ends_at__gt=at).exclude(state="called_off")

    def over(self, at: datetime) -> Self:
        """Those that were held."""
        return self.filter(ends_at__lte=at).exclude(state="called_off")


class Event(SealedRow, Scoped):
    """A festival, workshop or salon (活动): what it is about, its programme, its wall, and what came of it.

    `topics` are the columns of its wall. `wall_version` rises with each change on the wall, so that a screen sees by
    one number whether it is up to date.
    """

    path = models.CharField(_("区划代码"), max_length=40)
    code = models.CharField(_("现场码"), max_length=12, unique=True)
    kind = models.CharField(_("类型"), max_length=10, choices=EventKind.choices)
    title = models.CharField(_("名称"), max_length=60)
    theme = models.CharField(_("主题"), max_length=120, blank=True)
    about = models.CharField(_("介绍"), max_length=1000, blank=True)
    place = models.CharField(_("地点"), max_length=120)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    topics = models.JSONField(_("便签墙的话题"), default=list)
    is_public = models.BooleanField(_("居民看得到"), default=True)
    state = models.CharField(_("状态"), max_length=10, choices=EventFlow.choices, default="planned")
    wall_version = models.PositiveIntegerField(default=0)
    minutes = SealedField(_("纪要"), blank=True, default="")
    masked_minutes = models.TextField(_("纪要，个人信息已遮住"), blank=True)
    conclusions = models.TextField(_("结论"), blank=True)
    made_by = models.CharField(_("建立人"), max_length=80)
    made_at = models.DateTimeField(_("建立时间"))
    called_off_because = models.CharField(_("取消原因"), max_length=200, blank=True)
    reported_at = models.DateTimeField(_("小结完成时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    objects = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("活动")
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["path", "starts_at"], name="event_by_place"),
            models.Index(fields=["state", "starts_at"], name="event_by_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=[str(state.value) for state in EventFlow.states]), name="event_state_known"
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="event_position_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of its page for staff."""
        return address_of("gatherings:event", self.pk)

    @property
    def public_url(self) -> str:
        """Address of its page for everybody."""
        return address_of("events:event", self.pk)

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return timezone.localtime(self.starts_at).date()

    @property
    def subdistrict(self) -> str:
        """Path of its subdistrict."""
        return self.path[:9]

    @property
    def state_title(self) -> str:
        """What its state is called."""
        return EventFlow.title_of(self.state)

    @property
    def is_announced(self) -> bool:
        """Whether everybody may read of it."""
        return self.is_public and self.state in ANNOUNCED

    def is_running(self, at: datetime) -> bool:
        """Whether it is going on at a moment."""
        return self.state != "called_off" and self.starts_at <= at <= self.ends_at


class ProgrammeItem(Scoped):
    """A part of an event's programme (议程)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="programme")
    starts_at = models.TimeField(_("时间"))
    title = models.CharField(_("内容"), max_length=80)
    who = models.CharField(_("谁"), max_length=60, blank=True)
    place = models.CharField(_("地点"), max_length=60, blank=True)

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    scope_path: ClassVar[str] = "event__path"
    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = _("议程")
        ordering = ["starts_at", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def territory_path(self) -> str:
        """Where entries about it stand."""
        return str(self.event.path)


class NoteQuerySet(ScopedQuerySet):
    """Notes, by where their event is held."""

    def standing(self) -> Self:
        """Those that hang on the wall."""
        return self.filter(taken_down_at__isnull=True, merged_into__isnull=True)

    def unturned(self) -> Self:
        """Those that hang there and were not made into suggestions yet."""
        return self.standing().filter(suggestion__isnull=True)


class Note(SealedRow, Scoped):
    """A note on an event's wall (便签): as it was said, sealed; and masked, for whoever looks at the wall.

    Notes of one column hang by how many dots they have, then as they came.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField(_("序号"))
    topic = models.PositiveSmallIntegerField(_("话题"), default=0)
    words = SealedField(_("原话"))
    masked_words = models.CharField(_("内容"), max_length=300)
    dots = models.PositiveIntegerField(_("贴点"), default=0)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    entered_by = models.CharField(_("录入人"), max_length=80)
    entered_at = models.DateTimeField(_("录入时间"))
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    suggestion = models.OneToOneField(
        "suggestions.Suggestion", models.PROTECT, null=True, blank=True, related_name="note"
    )
    taken_down_at = models.DateTimeField(_("撕下时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    scope_path: ClassVar[str] = "event__path"
    objects: ClassVar[Any] = models.Manager.from_queryset(NoteQuerySet)()

    class Meta:
        verbose_name = _("便签")
        ordering = ["topic", "-dots", "number"]
        indexes = [models.Index(fields=["event", "topic"], name="note_by_wall")]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="note_numbered_once"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="note_not_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="note_position_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.masked_words[:20]

    def get_absolute_url(self) -> str:
        """The wall that it hangs on."""
        return address_of("gatherings:wall", self.event_id)

    @property
    def territory_path(self) -> str:
        """Where entries about it stand."""
        return str(self.event.path)
