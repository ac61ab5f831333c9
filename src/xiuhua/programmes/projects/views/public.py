"""What everybody reads: the public projects of a subdistrict, and one of them with how far it is. No personal data."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects import queries, screen, sections, words
from xiuhua.programmes.projects.flow import ProjectFlow
from xiuhua.programmes.projects.models import Project

GROUPS = ("under_way", "approved", "done", "stopped")
"""In which order states are told: what is being built first."""


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Every public project by how far it is, narrowed to an action where one is asked for."""
    book = words.book().projects
    action = request.GET.get("action", "")
    rows = [row for row in queries.public_projects() if not action or row.action == action]
    here = reverse("public_projects:list")
    choices = [("", _("全部")), *((key, one.name) for key, one in book.actions.items())]
    return render(
        request,
        "projects/public/list.html",
        {
            "page": {"title": _("社区项目")},
            "choices": [
                {"url": f"{here}?action={key}" if key else here, "title": title, "current": key == action}
                for key, title in choices
            ],
            "groups": [
                (ProjectFlow.title_of(state), [_line(row) for row in rows if row.state == state]) for state in GROUPS
            ],
            "any": bool(rows),
        },
    )


@require_safe
def public_project(request: HttpRequest, number: int) -> HttpResponse:
    """One public project: what it is, its milestones, its photographs, whose idea it was."""
    project = queries.public_projects().select_related("owner_committee").filter(pk=number).first()
    if project is None:
        raise Http404
    day = today()
    return render(
        request,
        "projects/public/project.html",
        {
            "page": {"title": project.name},
            "project": project,
            "chip": Chip(project.state_words, project.tone),
            "action": words.book().projects.action_name(project.action),
            "owner": words.owner_of(project),
            "plan": words.span(project.starts_on, project.ends_on),
            "steps": screen.steps_of(queries.milestones_of(project), day, running=project.state == "under_way"),
            "share": _share(project),
            "photos": list(StoredFile.objects.of(project).photos().exclude(public_at=None)),
            "sections": sections.public_sections_for(request, project),
            "acts": [Act(_("看全部项目"), reverse("public_projects:list"))],
        },
    )


def _line(row: Any) -> dict[str, Any]:
    """A project as the list tells it."""
    icon = words.book().projects.actions[row.action].icon if row.action in words.book().projects.actions else ""
    told = (
        row.place
        if row.state != "under_way"
        else _("%(place)s，%(done)s/%(all)s 步")
        % {
            "place": row.place,
            "done": row.reached_count,
            "all": row.milestones_count,
        }
    )
    return {
        "title": row.name,
        "line": told,
        "url": reverse("public_projects:project", args=[row.pk]),
        "icon": icon,
    }


def _share(project: Project) -> float | None:
    """Share of its milestones that are reached."""
    count = getattr(project, "milestones_count", 0)
    return getattr(project, "reached_count", 0) / count if count else None
