"""What the pages of projects share: the project that is meant, and a deed that a form asks for."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.verdicts import Refused
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


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def require(allowed: bool) -> None:
    """Turn away whoever may not.

    Raises
    ------
    PermissionDenied
        They may not.
    """
    if not allowed:
        raise PermissionDenied


def ask(
    request: HttpRequest, project: Project, form: Form, page: FormPage, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Show a form about a project, and act once it is sound: what is refused is said at the field."""
    if form.is_valid():
        with refusals_on(form):
            act(**form.cleaned_data)
            messages.success(request, said)
            return redirect(project)
    here = project.get_absolute_url()
    return page.respond(
        request, form, subtitle=project.name, crumbs=[*lists.crumbs(), (project.name, here)], cancel=here
    )


def act_at_once(request: HttpRequest, project: Project, act: Callable[..., Any], said: str) -> HttpResponse:
    """Act without more being asked; what is refused is said on the project's page."""
    try:
        act(actor=actor_of(request), project=project)
        messages.success(request, said)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(project)
