"""人员与权限: the list of those who work here, and the facts that its rows read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.models import FailedSignIns, RoleGrant, User
from xiuhua.ground.accounts.places import Place, names_of, places_for
from xiuhua.ground.accounts.titles import titled
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.grants import Grant
from xiuhua.ground.scope.paths import COMMITTEE, SUBDISTRICT
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage

COLUMNS: list[Column[Any]] = [
    Column(
        "name",
        gettext_lazy("姓名"),
        lambda user: user.name,
        order_by="name",
        link=lambda user: reverse("accounts:person", args=[user.pk]),
    ),
    Column("username", gettext_lazy("工号"), lambda user: user.username, order_by="username"),
    Column("roles", gettext_lazy("角色"), lambda user: user.roles_told),
    Column(
        "state",
        gettext_lazy("状态"),
        lambda user: state_of(user)[0],
        kind="chip",
        tone=lambda user: state_of(user)[1],
        order_by="is_active",
    ),
    Column("last_login", gettext_lazy("上次登录"), lambda user: user.last_login, kind="moment", order_by="last_login"),
]


def staff_list(actor: Actor, *, may_invite: bool, invite_url: str) -> ListPage[Any]:
    """The list page for someone who keeps accounts, or watches over those who do."""
    invite = Act(_("开通账号"), invite_url, "i-plus", primary=True)
    passwords = Act(_("首次密码表"), reverse("accounts:password_list"), "i-key")
    return ListPage(
        title=_("人员与权限"),
        columns=COLUMNS,
        exported=_exported,
        filters=[
            Choice("role", _("角色"), Role.choices, by=with_role),
            Choice("place", _("地方"), [(place.path, place.name) for place in committees_for(actor)], by=at_place),
            Choice(
                "state",
                _("状态"),
                [("open", _("在用")), ("locked", _("锁住")), ("ended", _("已停用"))],
                by=in_state,
                kind="segments",
                blank=_("全部"),
            ),
        ],
        search=with_words,
        private=True,
        filter_label=_("姓名、工号、手机号"),
        loaded=with_facts,
        acts=[passwords, invite] if may_invite else [],
        empty=Empty(_("还没有账号"), _("先给在这里工作的人开通账号。"), invite_url, _("去开通")),
    )


def committees_for(actor: Actor) -> list[Place]:
    """Subdistricts and committees of the reader's, without micro-grids."""
    return [place for place in places_for(actor) if len(place.path) <= SUBDISTRICT + COMMITTEE]


def with_role(users: QuerySet[User], role: str) -> QuerySet[User]:
    """Those who hold a role now."""
    return users.filter(pk__in=RoleGrant.objects.filter(role=role, ended_at__isnull=True).values("user"))


def at_place(users: QuerySet[User], path: str) -> QuerySet[User]:
    """Those who hold a role at a place, or below it."""
    held = RoleGrant.objects.filter(below("path", path), ended_at__isnull=True)
    return users.filter(pk__in=held.values("user"))


def in_state(users: QuerySet[User], state: str) -> QuerySet[User]:
    """Those whose account is open, locked or ended."""
    if state == "locked":
        return users.filter(failed_sign_ins__locked_until__gt=now())
    return users.filter(is_active=state == "open")


def with_words(users: QuerySet[User], words: list[str]) -> QuerySet[User]:
    """Those whose name or number holds each word, or whose telephone it is."""
    for word in words:
        found = Q(name__icontains=word) | Q(username__icontains=word) | sealed_equals(User, "phone", word)
        users = users.filter(found)
    return users


def with_facts(users: list[Any]) -> Iterable[Any]:
    """Rows with roles and locks, fetched for all at once."""
    grants = list(RoleGrant.objects.filter(user__in=users, ended_at__isnull=True).order_by("path", "role"))
    names = names_of({grant.path for grant in grants})
    locked = set(FailedSignIns.objects.filter(user__in=users, locked_until__gt=now()).values_list("user", flat=True))
    for user in users:
        held = [Grant(Role(grant.role), grant.path) for grant in grants if grant.user_id == user.pk]
        user.roles_told = _("；").join(titled(grant, names) for grant in held)
        user.is_locked = user.pk in locked
        yield user


def state_of(user: Any) -> tuple[str, str]:
    """How an account stands, in a word, and the colour of its chip."""
    if not user.is_active:
        return _("已停用"), "over"
    if user.is_locked:
        return _("锁住"), "soon"
    if not user.has_usable_password():
        return _("还没发首次密码"), "soon"
    if user.must_change_password:
        return _("还没换首次密码"), "info"
    return _("在用"), "good"


def _exported(request: HttpRequest, count: int) -> None:
    user: Any = request.user
    actions.export_staff(actor=user, by=user, rows=count)
