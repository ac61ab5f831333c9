"""What the pages of projects share: the project that is meant, and a deed that a form asks for."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui import forms
from xiuhua.ground.ui.forms import FormPage
from xiuhua.programmes.projects import lists, queries
from xiuhua.programmes.projects.models import Milestone, Project


def project_or_404(request: HttpRequest, pk: int) -> Project:
    """The project that is meant; the frame around the page then speaks of its subdistrict."""
    actor = actor_of(request)
    project = get_visible_or_404(queries.projects(actor).select_related("subdistrict"), actor, pk=pk)
    request.subdistrict = project.subdistrict  # type: ignore[attr-defined]
    return project


def milestone_or_404(request: HttpRequest, pk: int) -> Milestone:
    """The milestone that is meant, with its project."""
    rows = Milestone.objects.select_related("project__subdistrict", "project__owner_committee")
    milestone: Milestone = get_visible_or_404(rows, actor_of(request), pk=pk)
    request.subdistrict = milestone.project.subdistrict  # type: ignore[attr-defined]
    return milestone


def ask(
    request: HttpRequest, project: Project, form: Form, page: FormPage, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Show a form about a project, and act once it is sound."""
    here = project.get_absolute_url()
    crumbs = [*lists.crumbs(), (project.name, here)]
    return page.act_on(
        request, form, lambda: act(**form.cleaned_data), said, subtitle=project.name, crumbs=crumbs, cancel=here
    )


def act_at_once(request: HttpRequest, project: Project, act: Callable[..., Any], said: str) -> HttpResponse:
    """Act without more being asked, and lead back to the project."""
    forms.act_at_once(request, lambda: act(actor=actor_of(request), project=project), said)
    return redirect(project)
