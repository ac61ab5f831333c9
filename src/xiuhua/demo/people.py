"""The invented people who work in the demonstration (演示人物): one a role, at places that the plan has drawn."""

from dataclasses import dataclass

from xiuhua.ground.accounts import actions, demonstration
from xiuhua.ground.accounts.demonstration import DemoAccount
from xiuhua.ground.accounts.models import User
from xiuhua.ground.accounts.places import names_of
from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Committee, MicroGrid, Subdistrict

PASSWORD = "xiuhua-2023"  # noqa: S105 - stands on the demonstration's own door
"""What all of them come in by."""

HOME, OTHER = "中江", "长风一村"
"""Two committees, so that one can see what the worker of one does not see of the other."""


@dataclass(frozen=True, slots=True)
class _Worker:
    """Someone, their first role, and further ones; `where` is a committee, ``grid`` a micro-grid of it."""

    username: str
    name: str
    roles: tuple[Role, ...]
    where: str = ""
    grid: bool = False


WORKERS = (
    _Worker("CF0317", "傅建华", (Role.GRID_WORKER,), HOME, grid=True),
    _Worker("CF0301", "沈慧芳", (Role.COMMITTEE_HEAD,), HOME),
    _Worker("CF0112", "陆晓燕", (Role.GRID_WORKER, Role.LIFT_COORDINATOR), OTHER),
    _Worker("CF0021", "顾明远", (Role.COMMUNITY_PLANNER,)),
    _Worker("CF0015", "周立群", (Role.SECTION_HEAD,)),
    _Worker("CF0002", "潘文静", (Role.LEADER,)),
    _Worker("CF0501", "沈晓岚", (Role.LIFT_COORDINATOR,)),
    _Worker("CF0410", "邵春兰", (Role.CENTRE_STAFF,)),
    _Worker("CF0009", "严国栋", (Role.PRIVACY_OFFICER,)),
    _Worker("CF0901", "魏志强", (Role.SYSTEM_ADMIN,)),
    _Worker("CF0902", "钱亚萍", (Role.SECURITY_ADMIN,)),
    _Worker("CF0903", "蒋伟民", (Role.AUDIT_ADMIN,)),
)


def invite_everyone(subdistrict: Subdistrict) -> list[User]:
    """Open an account for each of them, and note them for the door; their passwords they choose themselves."""
    people = [_invited(worker, subdistrict) for worker in WORKERS]
    demonstration.keep([DemoAccount(user.username, user.name, _told(user, subdistrict), PASSWORD) for user in people])
    return people


def choose_passwords() -> None:
    """Let each of them choose the password that the door tells, not longer ago than it is good for."""
    for worker in WORKERS:
        user = User.objects.get(username=worker.username)
        actions.change_password(actor=user, user=user, password=PASSWORD)


def worker_as(role: Role) -> User:
    """Return the one among them whose first role this is."""
    username = next(worker.username for worker in WORKERS if worker.roles[0] == role)
    user: User = User.objects.get(username=username)
    return user


def _told(user: User, subdistrict: Subdistrict) -> str:
    """Roles, with their places where these are not the whole subdistrict."""
    names = names_of({grant.path for grant in user.grants} - {subdistrict.path})
    return "、".join(f"{names.get(grant.path, '')} {grant.role.label}".strip() for grant in user.grants)


def _invited(worker: _Worker, subdistrict: Subdistrict) -> User:
    system, path = System("demo"), _place_of(worker, subdistrict)
    first, *more = worker.roles
    user = actions.invite_staff(
        actor=system,
        path=path,
        username=worker.username,
        name=worker.name,
        role=first,
        with_password=False,
        lasting=True,
    ).subject
    for role in more:
        actions.give_role(actor=system, user=user, role=role, path=path)
    user.forget_grants()
    return user


def _place_of(worker: _Worker, subdistrict: Subdistrict) -> str:
    """Where they work: their committee, or any where a small demonstration has left it out."""
    if not worker.where:
        return subdistrict.path
    committees = Committee.objects.under(subdistrict.path).order_by("path")
    committee = committees.filter(name__startswith=worker.where).first() or committees.first()
    if committee is None:
        return subdistrict.path
    grid = MicroGrid.objects.under(committee.path).order_by("path").first() if worker.grid else None
    return str(grid.path if grid else committee.path)
