"""Roles that somebody holds, as rows of a page."""

from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts.models import User
from xiuhua.ground.accounts.places import names_of
from xiuhua.ground.ui.lists import Column

ROLES: list[Column[Any]] = [
    Column("role", gettext_lazy("角色"), lambda grant: grant.get_role_display()),
    Column("place", gettext_lazy("在哪里"), lambda grant: grant.place),
    Column("given_at", gettext_lazy("从哪天起"), lambda grant: grant.given_at, kind="moment"),
]


def roles_held(user: User) -> list[Any]:
    """Grants that hold now, each with the name of its place."""
    rows: list[Any] = list(user.role_grants.filter(ended_at__isnull=True))
    names = names_of([row.path for row in rows])
    for row in rows:
        row.place = names.get(row.path, row.path)
    return rows
