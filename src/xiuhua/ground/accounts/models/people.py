"""Who signs in, what they may do where, and the tokens with which programs speak for them."""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.grants import Grant, Holder
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet, below
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of


class Kind(models.TextChoices):
    """Whether someone works here or lives here."""

    STAFF = "staff", _("工作人员")
    RESIDENT = "resident", _("居民")


class UserQuerySet(ScopedQuerySet):
    """People who sign in."""

    def visible_to(self, seer: Any) -> Any:
        """Staff of the reader's places, or with a role held there once, and the reader's own account."""
        own = Q(pk=getattr(seer, "pk", None))
        tops = seer.sees(Sight.STAFF)
        if EVERYWHERE in tops:
            return self
        held, home = Q(), Q()
        for top in tops:
            held |= below("path", top)
            home |= below("home", top)
        if not tops:
            return self.filter(own)
        return self.filter(own | home | Q(pk__in=RoleGrant.objects.filter(held).values("user")))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # django-stubs cannot follow
    """Finds people by what they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)  # type: ignore[no-any-return]


class User(SealedRow, Holder, AbstractBaseUser):
    """Someone who signs in (账号): by staff number and password, or by telephone and a code."""

    username = models.CharField(_("工号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.STAFF)
    home = models.CharField(_("所属区划"), max_length=40, blank=True, help_text=_("开通账号时的街道或居委会"))
    phone = SealedField(_("手机号"), blank=True, default="")
    phone_index = BlindIndexField("phone", normal=digits_of)
    is_active = models.BooleanField(_("可以登录"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    made_at = models.DateTimeField(_("开通时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = _("账号")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="user_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(is_active=False), name="user_ended_cannot_sign_in"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def reference(self) -> str:
        """Identifier for the journal."""
        return f"user:{self.pk}"

    @property
    def parts_on_record(self) -> list[tuple[str, str]]:
        """Roles held once or now, for the timeline of the person."""
        return [(RoleGrant._meta.label_lower, str(pk)) for pk in self.role_grants.values_list("pk", flat=True)]

    @cached_property
    def grants(self) -> tuple[Grant, ...]:  # cached: asked many times a request
        """Roles held now; none for an account that has ended."""
        if not self.is_active or self.pk is None:
            return ()
        rows = self.role_grants.filter(ended_at__isnull=True).order_by("path", "role")
        return tuple(Grant(Role(row.role), row.path) for row in rows)

    def forget_grants(self) -> None:
        """Ask the database again, after a change of roles."""
        self.__dict__.pop("grants", None)

    @property
    def territory_path(self) -> str:
        """Where entries about this account stand: the place it was opened for."""
        return self.home

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class RoleGrant(Scoped):
    """A role that someone holds, or held, at a place (授权)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants")
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    path = models.CharField(_("区划代码"), max_length=40)
    given_by = models.CharField(_("授权人"), max_length=80)
    given_at = models.DateTimeField(_("授权时间"))
    ended_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.STAFF
    objects = ScopedManager()

    class Meta:
        verbose_name = _("授权")
        ordering = ["user", "path", "role"]
        indexes = [models.Index(fields=["path", "role"], name="grant_by_place")]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.UniqueConstraint(
                fields=["user", "role", "path"], condition=Q(ended_at__isnull=True), name="grant_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.path}"

    def is_held(self) -> bool:
        """Whether it is held now."""
        return self.ended_at is None


class ApiToken(models.Model):
    """A token with which a program speaks for a person (接口令牌); only its digest is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("用途"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("建立时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_path(self) -> str:
        """Where entries about it stand."""
        return self.user.territory_path

    def is_good(self, at: datetime) -> bool:
        """Whether it opens the door at a moment."""
        return self.ended_at is None and at < self.expires_at and self.user.is_active
