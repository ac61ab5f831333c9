"""What waits here: projects to be decided on, and milestones that are near or behind, for those who carry them."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.programmes.projects import lists, words
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.projects.permits import DECIDES, LEADS

MOVED = (
    "projects.start_project projects.finish_project projects.stop_project "
    "projects.add_milestone projects.reach_milestone projects.move_milestone"
)


def register_all() -> None:
    """Tell the bell what waits here."""
    waiting.register(
        "projects.proposed",
        _("项目，等立项"),
        rows=_proposed,
        shown=lambda rows: rows.select_related("owner_committee"),
        columns=_project_columns,
        url=lambda: f"{reverse('projects:list')}?state=proposed",
        fed_by="projects.propose_project projects.approve_project projects.stop_project",
    )
    waiting.register(
        "projects.milestones",
        _("项目节点，快到了或已逾期"),
        rows=_due,
        shown=lambda rows: rows.select_related("project"),
        columns=_milestone_columns,
        url=lambda: f"{reverse('projects:list')}?late=late",
        fed_by=MOVED,
    )


def _proposed(reader: Any) -> QuerySet[Any] | None:
    """Others' proposals, where the reader decides; one's own are for somebody else."""
    where = _where(reader, DECIDES, "path")
    if where is None:
        return None
    rows = Project.objects.filter(where, state="proposed").exclude(proposed_by=reader.reference)
    return rows.order_by("proposed_at")


def _due(reader: Any) -> QuerySet[Any] | None:
    """Milestones of projects under way that the reader carries, the oldest day first."""
    carried = _where(reader, LEADS, "project__path")
    own = _where(reader, (Role.COMMITTEE_HEAD,), "project__owner_committee__path")
    if carried is None and own is None:
        return None
    near = today() + timedelta(days=words.book().projects.soon_days.number)
    rows = Milestone.objects.filter((carried or Q(pk__in=[])) | (own or Q(pk__in=[])))
    return rows.filter(project__state="under_way", done_on__isnull=True, due_on__lte=near).order_by("due_on", "id")


def _where(reader: Any, roles: tuple[Role, ...], lookup: str) -> Q | None:
    """The condition that a row lies where the reader holds one of these roles; None where they hold none."""
    tops = [grant.path for grant in reader.grants if grant.role in roles]
    if not tops:
        return None
    where = Q()
    for top in tops:
        where |= below(lookup, top)
    return where


def _project_columns(request: HttpRequest) -> list[Column[Any]]:
    columns = lists.project_columns(committee_names(actor_of(request)), today())
    return [one for one in columns if one.key in {"name", "action", "committee", "owner", "budget"}]


def _milestone_columns(_request: HttpRequest) -> list[Column[Any]]:
    day = today()
    return [
        Column("title", _("节点"), lambda row: row.title, link=lambda row: row.get_absolute_url()),
        Column("project", _("项目"), lambda row: row.project.name),
        Column("due_on", _("应完成"), lambda row: row.due_on),
        Column(
            "standing",
            _("状态"),
            lambda row: words.standing_words(row, day),
            kind="chip",
            tone=lambda row: words.STANDING_TONES[words.standing_of(row, day)],
        ),
    ]
