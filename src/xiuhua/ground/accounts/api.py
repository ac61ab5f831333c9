"""Accounts and roles by the API: who I am here, those who work here, and what their administrators do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.models import Kind, RoleGrant, User
from xiuhua.ground.accounts.places import names_of
from xiuhua.ground.accounts.staff.lists import at_place, in_state, with_role, with_words
from xiuhua.ground.api.asked import Body, Id, TerritoryPath, Words, reader
from xiuhua.ground.api.paging import Page, Paging, Sought, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Role, Sight

router = Router()
RoleKey = Annotated[Role, Field(strict=False)]
"""A role, by its key."""


class Held(Schema):
    """A role that somebody holds at a place."""

    id: int
    role: Role
    role_name: str
    path: str
    place: str
    given_at: datetime


class Me(Schema):
    """Whoever asks."""

    id: int
    username: str
    name: str
    kind: Kind
    roles: list[Held]
    sights: list[Sight]


class Worker(Schema):
    """Somebody who works here; the telephone is masked."""

    id: int
    username: str
    name: str
    phone: str
    home: str
    is_active: bool
    must_change_password: bool
    last_login: datetime | None
    made_at: datetime
    ended_at: datetime | None
    roles: list[Held]


class Invited(Worker):
    """A new account; `first_password` is told this once, and is empty when the same request comes again."""

    first_password: str


class StaffFilters(Paging):
    """Which of those who work here are asked for."""

    role: Role | None = None
    path: TerritoryPath | None = None
    state: Literal["open", "locked", "ended"] | None = None


class Invitation(Body):
    """Who is to have an account, and what they do here."""

    path: TerritoryPath
    username: Words
    name: Words
    phone: Words = ""
    role: RoleKey | None = None


class RoleGiven(Body):
    """A role, and where it holds."""

    role: RoleKey
    path: TerritoryPath


@router.get("/me", response=Me, summary=_("我是谁，有哪些角色"))
def get_me(request: HttpRequest) -> dict[str, Any]:
    """Who asks: roles, and the kinds of thing that they see."""
    user = reader(request)
    return {
        **{name: getattr(user, name) for name in ("id", "username", "name", "kind")},
        "roles": _held(user.role_grants.filter(ended_at__isnull=True)) if user.is_active else [],
        "sights": [sight for sight in Sight if user.sees(sight)],
    }


@router.get("/staff", response=Page[Worker], summary=_("在这里工作的人"))
def list_staff(request: HttpRequest, asked: Query[StaffFilters]) -> dict[str, Any]:
    """Those who work here, as far as whoever asks keeps or oversees their accounts."""
    users = _staff(request)
    if asked.role:
        users = with_role(users, asked.role)
    if asked.path:
        users = at_place(users, asked.path)
    if asked.state:
        users = in_state(users, asked.state)
    return paged(users, asked, _workers)


@router.post("/staff/find", response=Page[Worker], summary=_("找一个在这里工作的人"))
def find_staff(request: HttpRequest, body: Sought) -> dict[str, Any]:
    """Those who work here whose name or number holds each word, or whose telephone it is."""
    return paged(with_words(_staff(request), body.words.split()), body, _workers)


@router.get("/staff/{user_id}", response=Worker, summary=_("一个人的账号和角色"))
def get_worker(request: HttpRequest, user_id: Id) -> dict[str, Any]:
    """Somebody who works here."""
    return _worker(get_visible_or_404(_staff(request), reader(request), pk=user_id))


@router.post("/staff", response={201: Invited}, summary=_("开通账号"))
def invite_worker(request: HttpRequest, body: Invitation) -> Status[dict[str, Any]]:
    """Open an account."""
    user = actions.invite_staff(actor=reader(request), **body.model_dump()).subject
    return Status(201, {**_worker(user), "first_password": getattr(user, "first_password", "")})


@router.post("/staff/{user_id}/roles", response={201: Worker}, summary=_("给角色"))
def give_role(request: HttpRequest, user_id: Id, body: RoleGiven) -> Status[dict[str, Any]]:
    """Let somebody hold one more role."""
    user = get_visible_or_404(_staff(request), reader(request), pk=user_id)
    actions.give_role(actor=reader(request), user=user, role=body.role, path=body.path)
    return Status(201, _worker(user))


@router.post("/roles/{grant_id}/take", response=Worker, summary=_("收回角色"))
def take_role(request: HttpRequest, grant_id: Id) -> dict[str, Any]:
    """Take a role from somebody."""
    actor = reader(request, Sight.STAFF)
    grant = get_visible_or_404(RoleGrant.objects.select_related("user"), actor, pk=grant_id)
    return _worker(actions.take_role(actor=actor, grant=grant).subject.user)


@router.post("/staff/{user_id}/end", response=Worker, summary=_("停用账号"))
def end_worker(request: HttpRequest, user_id: Id) -> dict[str, Any]:
    """End an account."""
    user = get_visible_or_404(_staff(request), reader(request), pk=user_id)
    return _worker(actions.end_staff(actor=reader(request), user=user).subject)


def _staff(request: HttpRequest) -> Any:
    return User.objects.visible_to(reader(request, Sight.STAFF)).filter(kind=Kind.STAFF)


def _worker(user: User) -> dict[str, Any]:
    return _workers([user])[0]


def _workers(users: list[User]) -> list[dict[str, Any]]:
    """What is told of each, their roles fetched for all at once."""
    grants = list(RoleGrant.objects.filter(user__in=users, ended_at__isnull=True).order_by("path", "role"))
    held = list(zip(grants, _held(grants), strict=True))
    return [
        {
            **{name: getattr(user, name) for name in Worker.model_fields if name not in {"roles", "phone"}},
            "phone": mask_phone(user.phone),
            "roles": [told for grant, told in held if grant.user_id == user.pk],
        }
        for user in users
    ]


def _held(grants: Iterable[RoleGrant]) -> list[dict[str, Any]]:
    rows = list(grants)
    names = names_of({row.path for row in rows})
    return [
        {
            "id": row.pk,
            "role": row.role,
            "role_name": row.get_role_display(),
            "path": row.path,
            "place": names.get(row.path, ""),
            "given_at": row.given_at,
        }
        for row in rows
    ]
