import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.bookings.rules import BookingState, SessionFacts
from xiuhua.ground.scope.queryset import Scoped, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow, sealed_equals
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.ui.addresses import address_of

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Figures and letters that nobody takes for one another when a code is read out or typed."""
CODE_LENGTH = 8


def new_code() -> str:
    """A code for check-in, as its picture and a finger write it."""
    return "".join(secrets.choice(CODE_LETTERS) for _number in range(CODE_LENGTH))


def new_token() -> str:
    """What opens somebody's own page to whoever has no account."""
    return secrets.token_urlsafe(18)


class SessionQuerySet(ScopedQuerySet):
    """Sessions, by where they are held."""

    def of(self, row: models.Model) -> Self:
        """Sessions that belong to a row of a programme."""
        return self.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))

    def to_come(self, at: datetime) -> Self:
        """Sessions that stand and have not ended."""
        return self.filter(ends_at__gt=at, cancelled_at__isnull=True, closed_at__isnull=True)

    def open_to_all(self, at: datetime) -> Self:
        """Sessions that anybody may book by their own phone now."""
        begun = Q(opens_at__isnull=True) | Q(opens_at__lte=at)
        return self.to_come(at).filter(begun, is_public=True, starts_at__gt=at)


class Session(Scoped):
    """A place at a time that people book (场次)."""

    path = models.CharField(_("区划代码"), max_length=40)
    title = models.CharField(_("名称"), max_length=80)
    place = models.CharField(_("地点"), max_length=120)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    opens_at = models.DateTimeField(_("什么时候开始预约"), null=True, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    capacity = models.PositiveIntegerField(_("名额"))
    taken = models.PositiveIntegerField(_("已约"), default=0)
    has_waiting_list = models.BooleanField(_("约满后可以候补"), default=True)
    small_parties_pass = models.BooleanField(_("候补时人少的可以先补上"), default=False)
    is_public = models.BooleanField(_("居民可以自己预约"), default=True)
    subject_type = models.CharField(_("属于"), max_length=80, blank=True)
    subject_id = models.CharField(_("编号"), max_length=40, blank=True)
    opened_at = models.DateTimeField(_("设立时间"))
    closed_at = models.DateTimeField(_("结束登记的时间"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    contacts_forgotten_at = models.DateTimeField(_("清掉联系方式的时间"), null=True, blank=True)
    cancel_reason = models.CharField(_("取消原因"), max_length=200, blank=True)

    sight: ClassVar[Sight] = Sight.BOOKINGS
    objects = models.Manager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = _("场次")
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["path", "starts_at"], name="session_by_place"),
            models.Index(fields=["subject_type", "subject_id"], name="session_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="session_never_above_capacity"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_room"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of its page for staff."""
        return address_of("bookings:session", self.pk)

    @property
    def public_url(self) -> str:
        """Address at which people book it by their own phone."""
        return address_of("book:session", self.pk)

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return self.capacity - self.taken

    def facts(self) -> SessionFacts:
        """What rules ask of it."""
        return SessionFacts(
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            opens_at=self.opens_at,
            capacity=self.capacity,
            taken=self.taken,
            has_waiting_list=self.has_waiting_list,
            closed=self.closed_at is not None,
            cancelled=self.cancelled_at is not None,
        )


class BookingQuerySet(ScopedQuerySet):
    """Bookings, by where their session is held."""

    def holding(self) -> Self:
        """Those that hold places, or waited and did not give up."""
        return self.exclude(state=Booking.State.CANCELLED)

    def of_phone(self, phone: str) -> Self:
        """Those made with a telephone number, however it is written."""
        return self.filter(sealed_equals(Booking, "phone", phone))

    def of_token(self, token: str) -> Self:
        """The one whose own page a token opens."""
        return self.filter(sealed_equals(Booking, "token", token))


class Booking(SealedRow, Scoped):
    """That somebody booked places at a session (预约), or waits for them, came, or stayed away."""

    class State(models.TextChoices):
        BOOKED = BookingState.BOOKED.value, _("已约")
        WAITING = BookingState.WAITING.value, _("候补")
        CANCELLED = BookingState.CANCELLED.value, _("已取消")
        CAME = BookingState.CAME.value, _("已签到")
        MISSED = BookingState.MISSED.value, _("没有来")

    session = models.ForeignKey(Session, models.PROTECT, related_name="bookings")
    number = models.PositiveIntegerField(_("序号"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("账号"),
    )
    name = SealedField(_("姓名"), blank=True, default="")
    phone = SealedField(_("电话"), blank=True, default="")
    phone_index = BlindIndexField("phone", digits_of)
    token = SealedField(_("本人页面的钥匙"), blank=True, default=new_token)
    token_index = BlindIndexField("token")
    code = models.CharField(_("签到码"), max_length=CODE_LENGTH, unique=True, default=new_code)
    people = models.PositiveSmallIntegerField(_("人数"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    booked_at = models.DateTimeField(_("预约时间"))
    promoted_at = models.DateTimeField(_("补上的时间"), null=True, blank=True)
    came_at = models.DateTimeField(_("签到时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("取消时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.BOOKINGS
    scope_path: ClassVar[str] = "session__path"
    objects = models.Manager.from_queryset(BookingQuerySet)()

    class Meta:
        verbose_name = _("预约")
        ordering = ["session", "number"]
        indexes = [models.Index(fields=["session", "state", "number"], name="booking_by_session")]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="booking_numbered_once"),
            models.UniqueConstraint(
                fields=["session", "phone_index"],
                condition=~Q(state="cancelled") & ~Q(phone_index=""),
                name="booking_once_a_phone",
            ),
            models.UniqueConstraint(
                fields=["session", "user"],
                condition=~Q(state="cancelled") & Q(user__isnull=False),
                name="booking_once_a_user",
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="booking_is_for_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=["booked", "waiting", "cancelled", "came", "missed"]), name="booking_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Address of its page for staff: the check-in."""
        from django.urls import reverse

        return reverse("check_in:code", args=[self.code])

    @property
    def territory_path(self) -> str:
        """Where entries about it stand."""
        return str(self.session.path)

    @property
    def own_url(self) -> str:
        """Address of the page of whoever booked."""
        from django.urls import reverse

        return reverse("book:own", args=[self.token])

    def is_of(self, actor: Any) -> bool:
        """Whether the actor booked it by their account."""
        return self.user_id is not None and self.user_id == getattr(actor, "pk", None)
