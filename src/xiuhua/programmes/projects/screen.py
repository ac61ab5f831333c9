"""The page of one project, put together: its thread of milestones, what is next, its place, its photographs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory import drawn
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip, Fact, Gate, Next, ObjectPage, Part, Related, Section, Step
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects import lists, permits, queries, sections, words
from xiuhua.programmes.projects.flow import ProjectFlow
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.projects.rules import Standing

ROUND_A_POINT_M = 160.0
"""How much of the surroundings the plan of a project's place shows."""


def project_page(request: HttpRequest, project: Project) -> ObjectPage:
    """Everything about one project, for whoever works here."""
    actor = actor_of(request)
    day, milestones = today(), queries.milestones_of(project)
    may_edit, may_decide = permits.may_edit(actor, project=project), permits.may_decide(actor, project=project)
    action = words.book().projects.actions.get(project.action)
    return ObjectPage(
        title=project.name,
        subtitle=_("，").join([project.number, project.place]),
        subject=project,
        crumbs=lists.crumbs(),
        chips=[
            Chip(project.state_words, project.tone),
            *([Chip(action.name, action.tone)] if action else []),
            *([Chip(_("已公开"), "good")] if project.public else []),
        ],
        acts=_acts(project, may_edit=may_edit, may_decide=may_decide),
        steps=steps_of(milestones, day, running=project.state == "under_way"),
        facts=_facts(project, actor),
        sections=[
            *_told(project),
            _milestones(project, milestones, day, may_edit=may_edit),
            *_place(project, actor),
            *_photos(project, may_edit=may_edit, may_decide=may_decide),
            *sections.sections_for(request, project),
        ],
        aside=_next(project, milestones, day, may_edit=may_edit, may_decide=may_decide),
        template="projects/project.html",
    )


def steps_of(milestones: Sequence[Milestone], day: date, *, running: bool) -> list[Step]:
    """Milestones as knots on the thread: those reached, the one that is at hand, those ahead."""
    first_open = next((one.pk for one in milestones if one.done_on is None), None)
    return [
        Step(
            one.title,
            "done" if one.done_on else "now" if running and one.pk == first_open else "later",
            words.step_note(one, day),
        )
        for one in milestones
    ]


def _acts(project: Project, *, may_edit: bool, may_decide: bool) -> list[Act]:
    """What can be done with it now, by this reader."""
    moves = ProjectFlow.moves_from(project.state)
    acts = []
    if may_decide and "approve" in moves:
        acts.append(Act(_("立项"), _url("approve", project), "i-check", primary=True, post=True))
    if may_edit and "start" in moves:
        acts.append(Act(_("记开工"), _url("start", project), "i-crane", primary=True))
    if may_edit and "finish" in moves:
        acts.append(Act(_("记完成"), _url("finish", project), "i-circle-check", primary=True))
    if may_edit:
        acts.append(Act(_("修改"), _url("edit", project), "i-edit"))
    if may_decide and project.public:
        acts.append(Act(_("撤下"), _url("unpublish", project), "i-eye-off"))
    elif may_decide and project.state != "proposed":
        acts.append(Act(_("公开"), _url("publish", project), "i-speakerphone"))
    if may_edit and "stop" in moves:
        acts.append(Act(_("停办"), _url("stop", project), "i-ban", danger=True))
    return acts


def _facts(project: Project, seer: Seer) -> list[Fact]:
    action = words.book().projects.actions.get(project.action)
    committees = committee_names(seer)
    facts = [
        Fact(_("行动"), words.book().projects.action_name(project.action), source=action and action.taken_up),
        Fact(_("在哪里"), committees.get(committee_of(project.path)) or _("全街道")),
        Fact(_("牵头"), words.owner_of(project)),
        Fact(_("预算"), words.yuan(project.budget_fen)),
        Fact(_("计划"), words.span(project.starts_on, project.ends_on)),
    ]
    if project.started_on:
        facts.append(Fact(_("开工"), str(project.started_on)))
    if project.finished_on:
        facts.append(Fact(_("完成"), str(project.finished_on)))
    if project.stopped_on:
        facts += [Fact(_("停办"), str(project.stopped_on)), Fact(_("停办原因"), project.stopped_because)]
    return facts


def _told(project: Project) -> list[Section]:
    note = "" if project.public_words else _("还没有写。写好以后由另一位同事公开，居民就能看到。")
    return [
        Part(_("做什么"), "projects/parts/words.html", {"words": project.summary}),
        Part(_("对外介绍"), "projects/parts/words.html", {"words": project.public_words, "note": note}),
    ]


def _milestones(project: Project, milestones: Sequence[Milestone], day: date, *, may_edit: bool) -> Section:
    add = (_("增加节点"), _url("add_milestone", project)) if may_edit and project.is_open else None
    return Related(
        _("节点"),
        lists.milestone_columns(day, may_edit=may_edit and project.is_open),
        milestones,
        empty=_("还没有排节点。排好以后，到期会提醒。"),
        more=add,
    )


def _place(project: Project, seer: Seer) -> list[Section]:
    """A plan around its point, where it has one."""
    if project.lon is None or project.lat is None:
        return []
    point = (project.lon, project.lat)
    plan = drawn.drawing_of(
        seer,
        drawn.around((*point, *point), ROUND_A_POINT_M),
        label=_("%(name)s和周围的平面图") % {"name": project.name},
        doors=[(point, "", project.name, "")],
    )
    return [Part(_("位置"), "territory/parts/plan.html", {"drawing": plan})]


def _photos(project: Project, *, may_edit: bool, may_decide: bool) -> list[Section]:
    photos = list(StoredFile.objects.of(project).photos())
    acts = [Act(_("添加照片"), _url("add_photos", project), "i-photo-plus")] if may_edit else []
    if may_decide and project.public and any(photo.public_at is None for photo in photos):
        acts.append(Act(_("公开新照片"), _url("publish_photos", project), "i-speakerphone", post=True))
    if not photos and not acts:
        return []
    return [Part(_("照片"), "projects/parts/photos.html", {"photos": photos, "acts": acts, "removable": may_edit})]


def _next(
    project: Project, milestones: Sequence[Milestone], day: date, *, may_edit: bool, may_decide: bool
) -> list[Section]:
    """What comes next, and what has to be so before."""
    if not project.is_open:
        return []
    says = {
        "proposed": _("等另一位科长或街道领导立项。"),
        "approved": _("排好节点，开工那天记一笔。"),
        "under_way": _("节点都完成以后，记完成。"),
    }
    ahead = [one for one in milestones if one.done_on is None]
    gates = [
        Gate(
            one.title,
            "bad" if words.standing_of(one, day) is Standing.LATE else "wait",
            words.standing_words(one, day),
            reverse("projects:reach", args=[one.pk]) if may_edit and project.state == "under_way" else "",
        )
        for one in ahead[:5]
    ]
    return [Next(_("接下来"), says[project.state], gates=gates)]


def _url(name: str, project: Any) -> str:
    return reverse(f"projects:{name}", args=[project.pk])
