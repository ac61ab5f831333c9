"""What somebody said (人民建议), and what has become of it."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet, where_seen
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.suggestions.flow import IN_HAND, TOLD, WAITING, SuggestionFlow
from xiuhua.programmes.suggestions.models.event import Event
from xiuhua.programmes.suggestions.models.spot import Spot
from xiuhua.programmes.suggestions.models.topic import Topic


class Nature(models.TextChoices):
    """What it is by nature (性质); a personal claim is no suggestion and goes down the petition road."""

    SUGGESTION = "suggestion", _("建议")
    SERVICE = "service", _("服务请求")
    CLAIM = "claim", _("个人诉求")


class Source(models.TextChoices):
    """How it came (来源)."""

    PHONE = "phone", _("手机页面")
    PLACE = "place", _("扫码")
    FESTIVAL = "festival", _("社区生活节")
    WORKSHOP = "workshop", _("工作坊")
    SALON = "salon", _("主题沙龙")
    PAPER = "paper", _("来信来纸")
    TELEPHONE = "telephone", _("电话")
    VISIT = "visit", _("来访")
    HOTLINE = "hotline", _("12345 工单")
    OPEN311 = "open311", "Open311"

    @property
    def icon(self) -> str:
        """Symbol that a list shows for it."""
        return _ICONS.get(self.value, "i-message-2")


_ICONS = {
    "place": "i-qrcode",
    "festival": "i-users",
    "workshop": "i-users",
    "salon": "i-users",
    "telephone": "i-phone",
    "hotline": "i-file-spreadsheet",
    "paper": "i-file-text",
}


class PublicState(models.TextChoices):
    """Whether it stands on the public board (公示)."""

    NONE = "none", _("未公开")
    DRAFTED = "drafted", _("等第二人核对")
    PUBLISHED = "published", _("已公开")
    WITHDRAWN = "withdrawn", _("已撤下")


class SuggestionQuerySet(ScopedQuerySet):
    """Suggestions on record."""

    def visible_to(self, seer: Seer) -> Self:
        """Those about places that this person looks after, and those that their committee has in hand."""
        if EVERYWHERE in seer.sees(Sight.SUGGESTIONS):
            return self
        here = where_seen(seer, Sight.SUGGESTIONS)
        return self.filter(here | where_seen(seer, Sight.SUGGESTIONS, "unit_path"))

    def waiting(self) -> Self:
        """Those that nobody has taken up yet (待受理)."""
        return self.filter(state__in=WAITING)

    def in_hand(self) -> Self:
        """Those to which somebody owes an answer (办理中)."""
        return self.filter(state__in=IN_HAND)

    def told(self) -> Self:
        """Those that were answered and may still be taken up again (待回访)."""
        return self.filter(state__in=TOLD)

    def owed(self) -> Self:
        """Those on which a term runs."""
        return self.filter(state__in=(*WAITING, *IN_HAND))

    def overdue(self, day: date) -> Self:
        """Those of which a term is over (逾期)."""
        return self.owed().filter(due_on__lt=day)

    def published(self) -> Self:
        """Those on the public board."""
        return self.filter(public_state=PublicState.PUBLISHED)


SuggestionManager = models.Manager.from_queryset(SuggestionQuerySet)


class Suggestion(SealedRow, Scoped):
    """What somebody said (人民建议): as they wrote it, sealed; and masked, for lists, search and grouping.

    `path` is the committee in whose area it lies, or the subdistrict while that is unknown. `unit_path` and `section`
    say who has it in hand: a committee, or a section of the office (科室). `due_on` is the next term that runs:
    of the first contact, of acceptance, or of the reply.
    """

    subdistrict = models.CharField(_("街道"), max_length=9)
    number = models.CharField(_("编号"), max_length=24)
    path = models.CharField(_("区划代码"), max_length=40)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)

    title = models.CharField(_("标题"), max_length=60)
    words = SealedField(_("原话"), blank=True, default="")
    masked_words = models.TextField(_("内容"), blank=True, help_text=_("个人信息已遮住"))
    spot = models.ForeignKey(Spot, models.PROTECT, null=True, blank=True, related_name="suggestions")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="suggestions")
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    outside_number = models.CharField(_("外部编号"), max_length=60, blank=True)
    outside_due_on = models.DateField(_("来源要求的期限"), null=True, blank=True)
    nature = models.CharField(_("性质"), max_length=10, choices=Nature.choices, default=Nature.SUGGESTION)
    nature_sure = models.FloatField(_("性质把握"), default=0)
    category = models.CharField(_("类别"), max_length=40, default="other")
    category_sure = models.FloatField(_("类别把握"), default=0)
    category_next = models.CharField(_("其次的类别"), max_length=40, blank=True)
    category_next_sure = models.FloatField(default=0)
    sorted_at = models.DateTimeField(_("人工确认分类"), null=True, blank=True)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="suggestions")

    name = SealedField(_("称呼"), blank=True, default="")
    phone = SealedField(_("手机"), blank=True, default="")
    phone_index = BlindIndexField("phone", normal=digits_of)
    wants_reply = models.BooleanField(_("希望短信回复"), default=False)
    phone_confirmed_at = models.DateTimeField(_("手机号确认时间"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="suggestions"
    )
    token = SealedField(_("查询码"))
    token_index = BlindIndexField("token")
    sender = models.CharField(max_length=64, blank=True, help_text=_("发送地址的摘要，用来防刷"))
    written_at = models.DateTimeField(_("写好时间"))
    submitted_at = models.DateTimeField(_("收到时间"))

    state = models.CharField(_("状态"), max_length=10, choices=SuggestionFlow.choices, default="received")
    section = models.CharField(_("主办科室"), max_length=40, blank=True)
    unit_path = models.CharField(_("主办单位"), max_length=40, blank=True)
    co_section = models.CharField(_("协办科室"), max_length=40, blank=True)
    co_unit_path = models.CharField(_("协办单位"), max_length=40, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="suggestions_in_hand"
    )
    is_complex = models.BooleanField(_("复杂事项"), default=False)
    extended_at = models.DateTimeField(_("延期时间"), null=True, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    contact_due_on = models.DateField(_("首次联系期限"))
    reply_due_on = models.DateField(_("答复期限"), null=True, blank=True)
    contacted_at = models.DateTimeField(_("首次联系"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("报科长时间"), null=True, blank=True)
    passed_to = models.CharField(_("转给"), max_length=60, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="suggestions")
    adopted_at = models.DateTimeField(_("采纳时间"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(_("满意度"), null=True, blank=True)
    rating_words = SealedField(_("评价"), blank=True, default="")
    rated_at = models.DateTimeField(_("评价时间"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("要求重办时间"), null=True, blank=True)
    contact_gone_at = models.DateTimeField(_("联系方式删除时间"), null=True, blank=True)
    words_gone_at = models.DateTimeField(_("原话删除时间"), null=True, blank=True)

    public_state = models.CharField(_("公开"), max_length=10, choices=PublicState.choices, default=PublicState.NONE)
    public_title = models.CharField(_("公开标题"), max_length=60, blank=True)
    public_words = models.TextField(_("公开内容"), blank=True)
    public_answer = models.TextField(_("公开的办理情况"), blank=True)
    public_place = models.CharField(_("公开的地点"), max_length=120, blank=True)
    public_drafted_by = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    objects = SuggestionManager()

    class Meta:
        verbose_name = _("人民建议")
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["state", "path"], name="suggestion_by_state"),
            models.Index(fields=["due_on", "state"], name="suggestion_by_due"),
            models.Index(fields=["submitted_at"], name="suggestion_by_day"),
            models.Index(fields=["path", "submitted_at"], name="suggestion_by_place"),
            models.Index(fields=["unit_path"], name="suggestion_by_unit"),
            models.Index(fields=["sender", "submitted_at"], name="suggestion_by_sender"),
            models.Index(fields=["public_state", "published_at"], name="suggestion_public"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "number"], name="suggestion_number_once"),
            models.UniqueConstraint(
                fields=["subdistrict", "source", "outside_number"],
                condition=~Q(outside_number=""),
                name="suggestion_outside_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state.value) for state in SuggestionFlow.states]),
                name="suggestion_state_known",
            ),
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="suggestion_nature_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="suggestion_source_known"),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="suggestion_position_on_earth",
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="suggestion_merged_says_into_what"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="suggestion_not_into_itself"
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(project__isnull=False), name="suggestion_adopted_says_where"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="suggestion_rating_one_to_five"
            ),
            models.CheckConstraint(
                condition=~Q(public_state="published") | Q(published_at__isnull=False),
                name="suggestion_published_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return address_of("suggestions:suggestion", self.pk)

    @property
    def submitted_on(self) -> date:
        """The day on which it came."""
        return timezone.localtime(self.submitted_at).date()

    @property
    def is_owed(self) -> bool:
        """Whether a term runs."""
        return self.state in (*WAITING, *IN_HAND)

    @property
    def state_title(self) -> str:
        """What its state is called."""
        return SuggestionFlow.title_of(self.state)

    @property
    def source_icon(self) -> str:
        """Symbol of how it came."""
        return Source(self.source).icon

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude, where it has them."""
        return (self.lon, self.lat) if self.lon is not None and self.lat is not None else None

    @property
    def has_unit(self) -> bool:
        """Whether somebody has it in hand."""
        return bool(self.section or self.unit_path)


class Counter(models.Model):
    """How many suggestions a subdistrict has received on a day: gives the next its number."""

    subdistrict = models.CharField(max_length=9)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    machinery: ClassVar[bool] = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "day"], name="suggestion_counter_once")]

    def __str__(self) -> str:
        return f"{self.subdistrict} {self.day} {self.last}"
