from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet, where_seen
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.ground.standards import ConsentPurpose, on
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.addresses import address_of


class AboutResidentQuerySet(ScopedQuerySet):
    """Rows about residents, by where those live."""

    def visible_to(self, seer: Seer) -> Self:
        """Rows that this person may see: asked of each row's resident.

        They are few; a plan that began with the range of the path would go through everybody who lives there.
        """
        model: Any = self.model
        if EVERYWHERE in seer.sees(model.sight):
            return self
        return self.filter(Exists(Resident.objects.filter(where_seen(seer, model.sight), pk=OuterRef("resident"))))


AboutResidentManager = models.Manager.from_queryset(AboutResidentQuerySet)


class AboutResident(SealedRow, Scoped):
    """Something on record about one resident; it stands where they live."""

    scope_path: ClassVar[str] = "resident__path"
    objects = AboutResidentManager()

    class Meta:
        abstract = True

    @property
    def territory_path(self) -> str:
        """Where entries about it stand."""
        return str(self.resident.path)  # type: ignore[attr-defined]


class Consent(AboutResident):
    """That someone agreed to something (同意), and whether they still do. A second consent is a second row."""

    class By(models.TextChoices):
        SELF = "self", _("本人")
        GUARDIAN = "guardian", _("父母或其他监护人")

    class Evidence(models.TextChoices):
        PAPER = "paper", _("纸质同意书")
        PHONE = "phone", _("手机上签名")

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("同意事项"), max_length=40)
    given_on = models.DateField(_("同意日期"))
    given_by = models.CharField(_("谁同意的"), max_length=10, choices=By.choices, default=By.SELF)
    guardian = SealedField(_("监护人姓名"), blank=True, default="")
    evidence = models.CharField(_("凭据"), max_length=10, choices=Evidence.choices)
    evidence_number = models.CharField(_("凭据编号"), max_length=40, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.PEOPLE

    class Meta:
        verbose_name = _("同意")
        ordering = ["-recorded_at", "-id"]
        indexes = [models.Index(fields=["purpose", "withdrawn_at"], name="consent_by_purpose")]
        constraints = [
            models.CheckConstraint(condition=Q(given_by__in=["self", "guardian"]), name="consent_giver_known"),
            models.CheckConstraint(condition=Q(evidence__in=["paper", "phone"]), name="consent_evidence_known"),
            models.UniqueConstraint(
                fields=["resident", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_in_force_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_on}"

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return address_of("privacy:consent", self.pk)

    @property
    def in_force(self) -> bool:
        """Whether it stands."""
        return self.withdrawn_at is None

    @property
    def about(self) -> str:
        """What was agreed to, in words."""
        found: ConsentPurpose | None = on(self.given_on).privacy.consents.get(self.purpose)
        return found.name if found else self.purpose


class DataRequest(AboutResident):
    """What someone asks about their own data (个人信息请求): to see, correct, erase, limit, or have explained."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("查阅、复制")
        CORRECT = "correct", _("更正、补充")
        ERASE = "erase", _("删除")
        EXPLAIN = "explain", _("解释说明处理规则")
        LIMIT = "limit", _("限制使用（只存不用）")

    class Channel(models.TextChoices):
        COUNTER = "counter", _("当面")
        PHONE = "phone", _("电话")
        LETTER = "letter", _("来信")
        ONLINE = "online", _("手机页面")

    class By(models.TextChoices):
        SELF = "self", _("本人")
        GUARDIAN = "guardian", _("父母或其他监护人")
        RELATIVE = "relative", _("去世居民的近亲属")

    class State(models.TextChoices):
        OPEN = "open", _("办理中")
        ANSWERED = "answered", _("已答复")
        REFUSED = "refused", _("已拒绝")

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("请求"), max_length=10, choices=Kind.choices)
    asked_by = models.CharField(_("谁提出的"), max_length=10, choices=By.choices, default=By.SELF)
    asker = SealedField(_("提出人姓名"), blank=True, default="")
    channel = models.CharField(_("怎么提出的"), max_length=10, choices=Channel.choices)
    words = SealedField(_("请求内容"), blank=True, default="")
    asked_on = models.DateField(_("提出日期"))
    due_on = models.DateField(_("答复期限"))
    filed_at = models.DateTimeField(_("登记时间"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    answer = SealedField(_("答复"), blank=True, default="")
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    readable: bool
    sight: ClassVar[Sight] = Sight.PRIVACY

    class Meta:
        verbose_name = _("个人信息请求")
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["state", "due_on"], name="data_request_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["access", "correct", "erase", "explain", "limit"]), name="data_request_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered", "refused"]), name="data_request_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="data_request_closed_says_when",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="data_request_due_after_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_on}"

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return address_of("privacy:request", self.pk)

    @property
    def closed_on(self) -> date | None:
        """The day on which it was answered."""
        return timezone.localtime(self.closed_at).date() if self.closed_at else None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state == DataRequest.State.OPEN

    def tone(self, today: date) -> str:
        """Colour of its state: red where the term is over."""
        if not self.is_open:
            return "good" if self.state == DataRequest.State.ANSWERED else "outline"
        return "over" if self.due_on < today else "soon"


class LegalHold(AboutResident):
    """That nothing of a person may be erased for now (暂停删除): a lawsuit, an inquiry, a term that a law sets."""

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="legal_holds")
    reason = SealedField(_("原因"))
    until = models.DateField(_("到哪天为止"))
    set_at = models.DateTimeField(_("设定时间"))
    lifted_at = models.DateTimeField(_("解除时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.PRIVACY

    class Meta:
        verbose_name = _("暂停删除")
        ordering = ["until", "id"]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.until}"

    def get_absolute_url(self) -> str:
        """Address of the page on which it is lifted."""
        return address_of("privacy:hold", self.pk)

    def holds_on(self, today: date) -> bool:
        """Whether it holds on a day, its last one included."""
        return self.lifted_at is None and today <= self.until


class Restriction(AboutResident):
    """That a person's data are kept and not used (只存不用), because they asked for it (PIPL 44)."""

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="restrictions")
    reason = SealedField(_("原因"))
    set_at = models.DateTimeField(_("设定时间"))
    lifted_at = models.DateTimeField(_("解除时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.PRIVACY

    class Meta:
        verbose_name = _("只存不用")
        ordering = ["-set_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(lifted_at__isnull=True), name="restriction_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.set_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Address of the page on which it is lifted."""
        return address_of("privacy:restriction", self.pk)

    @property
    def stands(self) -> bool:
        """Whether it has not been lifted."""
        return self.lifted_at is None


class ImpactAssessment(Scoped):
    """An assessment of what some handling of data does to people (个人信息保护影响评估), made before it begins.

    It is not changed afterwards: handling that has changed is assessed anew. It is kept until `keep_until`.
    """

    class Trigger(models.TextChoices):
        SENSITIVE = "sensitive", _("处理敏感个人信息")
        AUTOMATED = "automated", _("利用个人信息进行自动化决策")
        PASSED_ON = "passed_on", _("委托处理、向他人提供或公开个人信息")
        ABROAD = "abroad", _("向境外提供个人信息")
        OTHER = "other", _("其他对个人权益有重大影响的处理")

    class Decision(models.TextChoices):
        GO = "go", _("可以处理")
        MEASURES = "measures", _("采取措施后可以处理")
        STOP = "stop", _("不处理")

    path = models.CharField(_("区划代码"), max_length=40)
    title = models.CharField(_("名称"), max_length=80)
    trigger = models.CharField(_("为什么要评估"), max_length=12, choices=Trigger.choices)
    purpose = models.TextField(_("目的和方式"))
    necessity = models.TextField(_("是否合法、正当、必要"))
    risks = models.TextField(_("对个人权益的影响和安全风险"))
    measures = models.TextField(_("保护措施"))
    decision = models.CharField(_("结论"), max_length=10, choices=Decision.choices)
    decided_on = models.DateField(_("评估日期"))
    keep_until = models.DateField(_("至少保存到"))
    recorded_at = models.DateTimeField(_("登记时间"))

    sight: ClassVar[Sight] = Sight.PRIVACY
    objects = ScopedManager()

    class Meta:
        verbose_name = _("影响评估")
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(keep_until__gt=F("decided_on")), name="assessment_is_kept"),
            models.CheckConstraint(
                condition=Q(trigger__in=["sensitive", "automated", "passed_on", "abroad", "other"]),
                name="assessment_trigger_known",
            ),
            models.CheckConstraint(condition=Q(decision__in=["go", "measures", "stop"]), name="assessment_decided"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return address_of("privacy:assessment", self.pk)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove it; the database's own rules know no calendar, so that its time is over is asked here once more."""
        from xiuhua.ground.clock import now

        if now().date() < self.keep_until:
            message = f"assessment {self.pk} is kept until {self.keep_until}"
            raise TypeError(message)
        return super().delete(*args, **kwargs)
