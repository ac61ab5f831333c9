"""What people do here (角色), and what each role sees."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role, held by a person at a territory node and good for all below it."""

    GRID_WORKER = "grid_worker", _("微网格长")
    COMMITTEE_HEAD = "committee_head", _("居委会书记")
    LIFT_COORDINATOR = "lift_coordinator", _("加梯专员")
    COMMUNITY_PLANNER = "community_planner", _("社区规划师")
    SECTION_HEAD = "section_head", _("科长")
    LEADER = "leader", _("街道领导")
    CENTRE_STAFF = "centre_staff", _("为老服务中心")
    PRIVACY_OFFICER = "privacy_officer", _("个人信息保护负责人")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


ADMINISTRATIONS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""System, security and audit administration (三员): no one person holds two of them (GB/T 22239-2019, level 3)."""

OVERSIGHT = ADMINISTRATIONS | {Role.PRIVACY_OFFICER}
"""Roles that watch over the others; they do no programme's work."""


class Sight(StrEnum):
    """A kind of thing that a role may see in its territory."""

    PLACES = "places"
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    OPEN_FILES = "open_files"
    PLANS = "plans"
    STAFF = "staff"
    RECORD = "record"
    PRIVACY = "privacy"
    JOBS = "jobs"
    BOOKINGS = "bookings"
    SUGGESTIONS = "suggestions"
    LIFTS = "lifts"
    OWNERS = "owners"


_SIGHTS: dict[Role, frozenset[Sight]] = {
    Role.GRID_WORKER: frozenset(
        {Sight.PLACES, Sight.HOUSEHOLDS, Sight.PEOPLE, Sight.OPEN_FILES, Sight.BOOKINGS, Sight.SUGGESTIONS, Sight.LIFTS}
    ),
    Role.COMMITTEE_HEAD: frozenset(
        {
            Sight.PLACES,
            Sight.HOUSEHOLDS,
            Sight.PEOPLE,
            Sight.OPEN_FILES,
            Sight.BOOKINGS,
            Sight.SUGGESTIONS,
            Sight.LIFTS,
            Sight.OWNERS,
        }
    ),
    Role.LIFT_COORDINATOR: frozenset({Sight.PLACES, Sight.HOUSEHOLDS, Sight.LIFTS, Sight.OWNERS}),
    Role.COMMUNITY_PLANNER: frozenset({Sight.PLACES, Sight.PLANS, Sight.BOOKINGS, Sight.SUGGESTIONS, Sight.LIFTS}),
    Role.SECTION_HEAD: frozenset(
        {
            Sight.PLACES,
            Sight.HOUSEHOLDS,
            Sight.PEOPLE,
            Sight.OPEN_FILES,
            Sight.PLANS,
            Sight.BOOKINGS,
            Sight.SUGGESTIONS,
            Sight.LIFTS,
            Sight.OWNERS,
        }
    ),
    Role.LEADER: frozenset({Sight.PLACES, Sight.PLANS, Sight.SUGGESTIONS, Sight.LIFTS}),
    Role.CENTRE_STAFF: frozenset({Sight.PLACES, Sight.BOOKINGS}),
    Role.PRIVACY_OFFICER: frozenset(
        {Sight.PLACES, Sight.HOUSEHOLDS, Sight.PEOPLE, Sight.OPEN_FILES, Sight.RECORD, Sight.PRIVACY}
    ),
    Role.SYSTEM_ADMIN: frozenset({Sight.PLACES, Sight.STAFF, Sight.JOBS}),
    Role.SECURITY_ADMIN: frozenset({Sight.STAFF}),
    Role.AUDIT_ADMIN: frozenset({Sight.STAFF, Sight.RECORD}),
}


def sights_of(role: Role) -> frozenset[Sight]:
    """What a role sees in its territory; what is not named is not seen."""
    return _SIGHTS[role]


def roles_with(sight: Sight) -> frozenset[Role]:
    """Roles that see a kind of thing."""
    return frozenset(role for role, sights in _SIGHTS.items() if sight in sights)
