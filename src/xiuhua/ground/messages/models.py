from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.messages import titles
from xiuhua.ground.messages.states import SYMBOLS, TONES, State
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.words import gettext


class Message(SealedRow, Scoped):
    """A word to a person (消息): a text message to a telephone, or one that waits in somebody's account (站内).

    It is about a row, and lies where that lies; whoever knows people there sees that it went out, not what it says.
    """

    phone = SealedField(_("手机号"), blank=True, default="")
    phone_index = BlindIndexField("phone", normal=digits_of)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("收信账号")
    )
    text = SealedField(_("内容"))
    values_sent = SealedField(_("模板里的值"), blank=True, default="", help_text="JSON")
    template = models.CharField(_("种类"), max_length=60)
    link = models.CharField(_("点开看的页面"), max_length=200, blank=True)
    subject_type = models.CharField(_("关于"), max_length=80)
    subject_id = models.CharField(_("编号"), max_length=40)
    path = models.CharField(_("区划代码"), max_length=40, blank=True)
    request_id = models.CharField(max_length=32, unique=True)
    urgent = models.BooleanField(_("要紧"), default=False)

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("试过几回"), default=0)
    why = models.CharField(_("原因"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("写好时间"))
    send_after = models.DateTimeField(_("最早什么时候发"))
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("看过时间"), null=True, blank=True)
    settled_at = models.DateTimeField(_("另行告知时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.PEOPLE
    objects = ScopedManager()

    class Meta:
        verbose_name = _("消息")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="message_by_subject"),
            models.Index(fields=["state", "send_after"], name="message_by_state"),
            models.Index(fields=["user", "-made_at"], name="message_by_user"),
            models.Index(fields=["path", "-made_at"], name="message_by_place"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(
                condition=Q(user=None) | ~Q(state__in=[State.WAITING, State.FAILED]), name="message_in_app_is_there"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("messages:message", self.pk)

    @property
    def title(self) -> str:
        """What it is called."""
        return titles.title_of(self.template)

    @property
    def to(self) -> str:
        """Whom it goes to, masked."""
        if self.user_id is not None:
            return gettext("站内消息")
        return mask_phone(self.phone) or gettext("号码已删除")

    @property
    def tone(self) -> str:
        """Colour of the chip that names its state."""
        return TONES[State(self.state)]

    @property
    def symbol(self) -> str:
        """Symbol that stands for its state."""
        return SYMBOLS[State(self.state)]

    @property
    def unread(self) -> bool:
        """Whether it waits in an account and nobody has looked."""
        return self.user_id is not None and self.state == State.SENT
