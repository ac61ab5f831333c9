"""Verbs of the project list."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.projects import permits, queries, rules
from xiuhua.programmes.projects.flow import ProjectFlow
from xiuhua.programmes.projects.models import Milestone, Project, Slip
from xiuhua.programmes.projects.rules import ProjectFacts


@action("projects.propose_project", says=_("提出项目"), permits=permits.may_propose)
def propose_project(*, actor: Actor, subdistrict: Subdistrict, facts: ProjectFacts) -> Done[Project]:
    """Put a project on the list (提出项目), for somebody else to decide on.

    Raises
    ------
    Refused
        Something is left out, is not in the rule book, or lies outside the subdistrict.
    """
    subdistrict = locked(subdistrict)
    _refuse_unsound(subdistrict, facts)
    project = Project.objects.create(
        subdistrict=subdistrict,
        number=queries.next_number(subdistrict, today().year),
        proposed_by=actor.reference,
        proposed_at=now(),
        public_words_by=actor.reference if facts.public_words.strip() else "",
        **_columns(facts),
    )
    return Done(project, {"number": project.number, "action": project.action})


@action("projects.edit_project", says=_("修改项目"), permits=permits.may_edit)
def edit_project(*, actor: Actor, project: Project, facts: ProjectFacts) -> Done[Project]:
    """Change what is said of a project (修改项目).

    Raises
    ------
    Refused
        It is over, what everybody reads would change unseen, or the facts do not hang together.
    """
    project = _held(project)
    before = project.facts()
    refuse_unless(rules.can_be_edited(project.state, public=project.public, before=before, after=facts))
    _refuse_unsound(project.subdistrict, facts)
    changed = [name for name, value in asdict(before).items() if value != getattr(facts, name)]
    for name, value in _columns(facts).items():
        setattr(project, name, value)
    if "public_words" in changed:
        project.public_words_by = actor.reference
    project.save()
    return Done(project, {"fields": changed})


@action("projects.approve_project", says=_("立项"), permits=permits.may_decide)
def approve_project(*, actor: Actor, project: Project) -> Done[Project]:
    """Decide that a project is to be done (立项).

    Raises
    ------
    Refused
        It has been decided on already, or by whoever proposed it.
    """
    project = _moved(project, "approve")
    refuse_unless(rules.can_be_approved(by_proposer=actor.reference == project.proposed_by))
    project.approved_at = now()
    project.save(update_fields=["state", "approved_at"])
    return _told(project)


@action("projects.start_project", says=_("项目开工"), permits=permits.may_edit)
def start_project(*, actor: Actor, project: Project, started_on: date) -> Done[Project]:
    """Note that work on a project has begun (开工).

    Raises
    ------
    Refused
        It is not approved, or the day is still to come.
    """
    project = _moved(project, "start")
    refuse_unless(rules.day_can_be_told(started_on, today=today(), field="started_on"))
    project.started_on = started_on
    project.save(update_fields=["state", "started_on"])
    return _told(project, {"on": started_on})


@action("projects.finish_project", says=_("项目完成"), permits=permits.may_edit)
def finish_project(*, actor: Actor, project: Project, finished_on: date) -> Done[Project]:
    """Note that a project is finished (完成): every milestone has been reached.

    Raises
    ------
    Refused
        It is not under way, a milestone is open, or the day is still to come or before the start.
    """
    project = _moved(project, "finish")
    refuse_unless(rules.can_be_finished([one.facts() for one in project.milestones.all()]))
    refuse_unless(rules.day_can_be_told(finished_on, today=today(), not_before=project.started_on, field="finished_on"))
    project.finished_on = finished_on
    project.save(update_fields=["state", "finished_on"])
    return _told(project, {"on": finished_on})


@action("projects.stop_project", says=_("项目停办"), permits=permits.may_edit)
def stop_project(*, actor: Actor, project: Project, reason: str) -> Done[Project]:
    """Give a project up, and say why (停办).

    Raises
    ------
    Refused
        It is over, or no reason is given.
    """
    project = _moved(project, "stop")
    refuse_unless(rules.says_why(reason))
    project.stopped_on, project.stopped_because = today(), reason.strip()
    project.save(update_fields=["state", "stopped_on", "stopped_because"])
    return _told(project, sealed={"reason": project.stopped_because})


@action("projects.add_milestone", says=_("增加节点"), permits=permits.may_edit)
def add_milestone(*, actor: Actor, project: Project, title: str, due_on: date) -> Done[Milestone]:
    """Add a milestone to a project (增加节点).

    Raises
    ------
    Refused
        The project is over, the title is empty or taken, or the day lies outside the plan.
    """
    project = _held(project)
    refuse_unless(
        rules.milestone_can_be_added(
            title,
            due_on,
            state=project.state,
            others=set(project.milestones.values_list("title", flat=True)),
            starts_on=project.starts_on,
            ends_on=project.ends_on,
        )
    )
    milestone = Milestone.objects.create(project=project, title=title.strip(), due_on=due_on, first_due_on=due_on)
    return Done(milestone, {"project": project.pk, "due_on": due_on})


@action("projects.reach_milestone", says=_("完成节点"), permits=permits.may_edit_milestone)
def reach_milestone(*, actor: Actor, milestone: Milestone, done_on: date) -> Done[Milestone]:
    """Note that a milestone has been reached (完成节点).

    Raises
    ------
    Refused
        It has been reached already, its project is not under way, or the day is still to come or before the start.
    """
    project = _held(milestone.project)
    milestone = locked(milestone)
    refuse_unless(rules.milestone_can_be_reached(project.state, milestone.facts()))
    refuse_unless(rules.day_can_be_told(done_on, today=today(), not_before=project.started_on, field="done_on"))
    milestone.done_on = done_on
    milestone.save(update_fields=["done_on"])
    facts = {"project": project.pk, "on": done_on, "slipped_days": rules.slipped_days(milestone.facts(), done_on)}
    return Done(milestone, facts, audience=_audience(project))


@action("projects.move_milestone", says=_("节点改期"), permits=permits.may_edit_milestone)
def move_milestone(*, actor: Actor, milestone: Milestone, due_on: date, reason: str) -> Done[Milestone]:
    """Move a milestone to another day, and say why (改期); what was said first stays on record.

    Raises
    ------
    Refused
        It has been reached, its project is over, the day is the same, or no reason is given.
    """
    project = _held(milestone.project)
    milestone = locked(milestone)
    refuse_unless(rules.milestone_can_be_moved(project.state, milestone.facts(), due_on))
    refuse_unless(rules.says_why(reason))
    slip = Slip.objects.create(
        milestone=milestone, was_due_on=milestone.due_on, due_on=due_on, reason=reason.strip(), moved_at=now()
    )
    milestone.due_on = due_on
    milestone.save(update_fields=["due_on"])
    return Done(
        milestone,
        {"project": project.pk, "from": slip.was_due_on, "to": due_on},
        sealed={"reason": slip.reason},
    )


@action("projects.add_photos", says=_("添加项目照片"), permits=permits.may_edit)
def add_photos(*, actor: Actor, project: Project, photos: Sequence[Prepared], title: str) -> Done[Project]:
    """Keep photographs of a project (添加照片); everybody sees them once somebody has made them public.

    Raises
    ------
    Refused
        It is not said what they show.
    """
    project = _held(project)
    refuse_unless(rules.photos_are_told(title))
    for photo in photos:
        keeping.keep(photo, subject=project, title=title.strip())
    return Done(project, {"photos": len(photos)})


@action("projects.publish_photos", says=_("公开项目照片"), permits=permits.may_decide)
def publish_photos(*, actor: Actor, project: Project) -> Done[Project]:
    """Let everybody see the photographs of a public project that they do not see yet (公开照片).

    Raises
    ------
    Refused
        The project is not public.
    """
    project = _held(project)
    refuse_unless(rules.can_be_unpublished(public=project.public))
    return Done(project, {"photos": _show_photos(project)}, audience=_audience(project))


@action("projects.publish_project", says=_("公开项目"), permits=permits.may_decide)
def publish_project(*, actor: Actor, project: Project) -> Done[Project]:
    """Let everybody read about a project (公开), in words that somebody else has written.

    Raises
    ------
    Refused
        It stands there already, is not decided on, has no public words, or they are the actor's own.
    """
    project = _held(project)
    refuse_unless(
        rules.can_be_published(
            project.state,
            project.public_words,
            public=project.public,
            by_writer=actor.reference == project.public_words_by,
        )
    )
    project.published_at = now()
    project.save(update_fields=["published_at"])
    return _told(project, {"photos": _show_photos(project)})


@action("projects.unpublish_project", says=_("撤下公开的项目"), permits=permits.may_decide)
def unpublish_project(*, actor: Actor, project: Project, reason: str) -> Done[Project]:
    """Take a project off the public list, and say why (撤下).

    Raises
    ------
    Refused
        It does not stand there, or no reason is given.
    """
    project = _held(project)
    refuse_unless(rules.can_be_unpublished(public=project.public))
    refuse_unless(rules.says_why(reason))
    project.published_at = None
    project.save(update_fields=["published_at"])
    for photo in StoredFile.objects.of(project).photos().exclude(public_at=None):
        keeping.withhold(photo)
    return Done(project, {"number": project.number}, sealed={"reason": reason.strip()})


def _held(project: Project) -> Project:
    """The project as it is now, held against other writers."""
    return locked(project)


def _moved(project: Project, move: str) -> Project:
    """The project, held, in the state that a move leads to; refused where it does not follow."""
    project = locked(project)
    project.state = ProjectFlow.after(move, project.state)
    return project


def _told(project: Project, facts: dict[str, Any] | None = None, sealed: dict[str, Any] | None = None) -> Done[Project]:
    said = {"number": project.number, "state": project.state, **(facts or {})}
    return Done(project, said, sealed=sealed or {}, audience=_audience(project))


def _audience(project: Project) -> Audience:
    """Everybody hears of what happens to a project that everybody reads about."""
    return Audience.PUBLIC if project.public else Audience.STAFF


def _show_photos(project: Project) -> int:
    """Let everybody see the photographs that they do not see yet; returns how many."""
    hidden = list(StoredFile.objects.of(project).photos().filter(public_at=None))
    for photo in hidden:
        keeping.publish(photo)
    return len(hidden)


def _refuse_unsound(subdistrict: Subdistrict, facts: ProjectFacts) -> None:
    book = standards.on(today(), at=subdistrict.path)
    refuse_unless(
        rules.project_is_sound(
            facts,
            subdistrict=subdistrict.path,
            actions=book.projects.actions,
            sections=book.offices.sections,
            inside=queries.lies_inside(subdistrict, facts.lon, facts.lat),
        )
    )


def _columns(facts: ProjectFacts) -> dict[str, Any]:
    """Columns of a project as its facts fill them."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(facts).items()}
    committee = told.pop("owner_committee")
    return {**told, "owner_committee": Committee.objects.get(path=committee) if committee else None}
