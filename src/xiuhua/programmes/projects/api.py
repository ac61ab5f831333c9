"""The project list by the API: projects, one of them with its milestones, and every verb."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from xiuhua.ground.api.asked import WHOLE, Body, Day, Id, TerritoryPath, Text, Words, reader
from xiuhua.ground.api.paging import Page, Paging, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.projects import actions, queries
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.projects.rules import ProjectFacts

router = Router()
LARGEST_BIGINT = 2**63 - 1


class ProjectSaid(Body):
    """What is said of a project; amounts in fen, places in WGS 84."""

    name: Annotated[Words, Field(max_length=60)]
    action: Annotated[Words, Field(max_length=20)]
    path: TerritoryPath
    place: Annotated[Words, Field(max_length=120)]
    summary: Text
    owner_section: Annotated[Words, Field(max_length=20)] = ""
    owner_committee: TerritoryPath | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    budget_fen: Annotated[int, Field(ge=0, le=LARGEST_BIGINT), WHOLE] | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    public_words: Annotated[Text, Field(max_length=1000)] = ""

    def facts(self) -> ProjectFacts:
        """The same, as rules take it."""
        return ProjectFacts(**{**self.model_dump(), "owner_committee": self.owner_committee or ""})


class MilestoneTold(Schema):
    """A milestone; `first_due_on` is what was said first."""

    id: int
    title: str
    due_on: Day
    first_due_on: Day
    done_on: Day | None


class ProjectTold(Schema):
    """A project."""

    id: int
    number: str
    name: str
    action: str
    path: str
    place: str
    lon: float | None
    lat: float | None
    owner_section: str
    owner_committee: str
    state: str
    budget_fen: int | None
    starts_on: Day | None
    ends_on: Day | None
    started_on: Day | None
    finished_on: Day | None
    public: bool
    milestones: int
    milestones_reached: int


class ProjectWhole(ProjectTold):
    """A project with its milestones and what is said of it."""

    summary: str
    public_words: str
    stopped_because: str
    steps: list[MilestoneTold]


class ProjectFilters(Paging):
    """Which projects are asked for."""

    path: TerritoryPath | None = None
    state: Words | None = None
    action: Words | None = None


class OnDay(Body):
    """On which day something happened."""

    on: Day


class ProjectReason(Body):
    """ProjectReason something is done."""

    reason: Text


class MilestoneSaid(Body):
    """A further milestone."""

    title: Annotated[Words, Field(max_length=60)]
    due_on: Day


class MilestoneMoved(Body):
    """To which day a milestone is moved, and why."""

    due_on: Day
    reason: Annotated[Words, Field(max_length=200)]


@router.get("", response=Page[ProjectTold], summary=_("项目清单"))
def list_projects(request: HttpRequest, asked: Query[ProjectFilters]) -> dict[str, Any]:
    """Projects, newest first."""
    rows: Any = queries.projects(reader(request, Sight.PLACES))
    if asked.path:
        rows = rows.under(asked.path)
    wanted = {name: value for name, value in (("state", asked.state), ("action", asked.action)) if value}
    return paged(rows.filter(**wanted), asked, lambda projects: [_told(one) for one in projects])


@router.get("/{project_id}", response=ProjectWhole, summary=_("一个项目"))
def get_project(request: HttpRequest, project_id: Id) -> dict[str, Any]:
    """One project with its milestones."""
    return _whole(_project(request, project_id))


@router.post("", response={201: ProjectWhole}, summary=_("提出项目"))
def propose_project(request: HttpRequest, body: ProjectSaid) -> Status[dict[str, Any]]:
    """Put a project on the list."""
    actor = reader(request, Sight.PLACES)
    subdistrict = get_visible_or_404(Subdistrict, actor, path=body.path[:9])
    done = actions.propose_project(actor=actor, subdistrict=subdistrict, facts=body.facts())
    return Status(201, _whole(done.subject))


@router.put("/{project_id}", response=ProjectWhole, summary=_("修改项目"))
def edit_project(request: HttpRequest, project_id: Id, body: ProjectSaid) -> dict[str, Any]:
    """Change what is said of a project: all of it is sent."""
    project = _project(request, project_id)
    return _whole(actions.edit_project(actor=_actor(request), project=project, facts=body.facts()).subject)


@router.post("/{project_id}/approve", response=ProjectWhole, summary=_("立项"))
def approve_project(request: HttpRequest, project_id: Id) -> dict[str, Any]:
    """Decide that it is to be done."""
    project = _project(request, project_id)
    return _whole(actions.approve_project(actor=_actor(request), project=project).subject)


@router.post("/{project_id}/start", response=ProjectWhole, summary=_("记开工"))
def start_project(request: HttpRequest, project_id: Id, body: OnDay) -> dict[str, Any]:
    """Note the day on which work began."""
    project = _project(request, project_id)
    return _whole(actions.start_project(actor=_actor(request), project=project, started_on=body.on).subject)


@router.post("/{project_id}/finish", response=ProjectWhole, summary=_("记完成"))
def finish_project(request: HttpRequest, project_id: Id, body: OnDay) -> dict[str, Any]:
    """Note the day on which it was finished."""
    project = _project(request, project_id)
    return _whole(actions.finish_project(actor=_actor(request), project=project, finished_on=body.on).subject)


@router.post("/{project_id}/stop", response=ProjectWhole, summary=_("停办"))
def stop_project(request: HttpRequest, project_id: Id, body: ProjectReason) -> dict[str, Any]:
    """Give it up."""
    project = _project(request, project_id)
    return _whole(actions.stop_project(actor=_actor(request), project=project, reason=body.reason).subject)


@router.post("/{project_id}/publish", response=ProjectWhole, summary=_("公开"))
def publish_project(request: HttpRequest, project_id: Id) -> dict[str, Any]:
    """Let everybody read about it."""
    project = _project(request, project_id)
    return _whole(actions.publish_project(actor=_actor(request), project=project).subject)


@router.post("/{project_id}/unpublish", response=ProjectWhole, summary=_("撤下"))
def unpublish_project(request: HttpRequest, project_id: Id, body: ProjectReason) -> dict[str, Any]:
    """Take it off the public list."""
    project = _project(request, project_id)
    return _whole(actions.unpublish_project(actor=_actor(request), project=project, reason=body.reason).subject)


@router.post("/{project_id}/milestones", response={201: MilestoneTold}, summary=_("增加节点"))
def add_milestone(request: HttpRequest, project_id: Id, body: MilestoneSaid) -> Status[Milestone]:
    """Add a milestone."""
    project = _project(request, project_id)
    done = actions.add_milestone(actor=_actor(request), project=project, title=body.title, due_on=body.due_on)
    return Status(201, done.subject)


@router.post("/milestones/{milestone_id}/reach", response=MilestoneTold, summary=_("完成节点"))
def reach_milestone(request: HttpRequest, milestone_id: Id, body: OnDay) -> Milestone:
    """Note the day on which a milestone was reached."""
    milestone = _milestone(request, milestone_id)
    return actions.reach_milestone(actor=_actor(request), milestone=milestone, done_on=body.on).subject


@router.post("/milestones/{milestone_id}/move", response=MilestoneTold, summary=_("节点改期"))
def move_milestone(request: HttpRequest, milestone_id: Id, body: MilestoneMoved) -> Milestone:
    """Move a milestone to another day."""
    milestone = _milestone(request, milestone_id)
    done = actions.move_milestone(actor=_actor(request), milestone=milestone, due_on=body.due_on, reason=body.reason)
    return done.subject


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = reader(request, Sight.PLACES)
    return actor


def _project(request: HttpRequest, project_id: int) -> Project:
    actor = _actor(request)
    return get_visible_or_404(queries.projects(actor), actor, pk=project_id)


def _milestone(request: HttpRequest, milestone_id: int) -> Milestone:
    rows = Milestone.objects.select_related("project__owner_committee")
    milestone: Milestone = get_visible_or_404(rows, _actor(request), pk=milestone_id)
    return milestone


def _told(project: Any) -> dict[str, Any]:
    names = set(ProjectTold.model_fields) - {"owner_committee", "milestones", "milestones_reached"}
    return {
        **{name: getattr(project, name) for name in names},
        "owner_committee": project.owner_committee.path if project.owner_committee else "",
        "milestones": project.milestones_count,
        "milestones_reached": project.reached_count,
    }


def _whole(project: Project) -> dict[str, Any]:
    steps = queries.milestones_of(project)
    project.milestones_count = len(steps)  # type: ignore[attr-defined]  # an action's subject comes without them
    project.reached_count = sum(one.done_on is not None for one in steps)  # type: ignore[attr-defined]
    words = {name: getattr(project, name) for name in ("summary", "public_words", "stopped_because")}
    return {**_told(project), **words, "steps": steps}
