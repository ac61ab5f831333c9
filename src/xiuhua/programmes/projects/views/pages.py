"""The list, the map, one project, and the form that proposes or changes one."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.layers.geojson import feature_collection
from xiuhua.ground.layers.registry import layers_for
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.objects import ObjectPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects import actions, lists, permits, queries, screen, words
from xiuhua.programmes.projects.flow import ProjectFlow
from xiuhua.programmes.projects.forms import PARTS, ProjectForm
from xiuhua.programmes.projects.layers import features_of
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.projects.views.asked import project_or_404

ASKED = ("name", "action", "path", "place")
"""What an address may fill in beforehand of a project that is proposed."""


@require_safe
@sight_required(Sight.PLACES)
def project_list(request: HttpRequest) -> HttpResponse:
    """Every project that the reader may see."""
    return lists.projects_page(request).respond(request, queries.projects(actor_of(request)))


@require_safe
@sight_required(Sight.PLACES)
def project_map(request: HttpRequest) -> HttpResponse:
    """The projects of the list, filters and all, on the one map."""
    subdistrict = current_subdistrict(request)
    if subdistrict is None:
        raise Http404
    rows = list(lists.projects_page(request).found(queries.projects(actor_of(request)), request.GET))
    counts = {state: sum(row.state == state for row in rows) for state, _title in ProjectFlow.choices()}
    back = f"{reverse('projects:list')}?{request.GET.urlencode()}"
    return ObjectPage(
        title=_("项目地图"),
        crumbs=lists.crumbs(),
        acts=[Act(_("看清单"), back, "i-list")],
        template="projects/map.html",
        extra={
            "figures": [(ProjectFlow.title_of(state), count) for state, count in counts.items()],
            "map_settings": _map_settings(request, subdistrict)
            | {
                "points": json.loads(feature_collection(features_of(rows))),
                "marked": {"type": "under_way", "words": ProjectFlow.title_of("under_way")},
            },
        },
    ).respond(request)


@require_safe
@sight_required(Sight.PLACES)
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project."""
    return screen.project_page(request, project_or_404(request, pk)).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def propose(request: HttpRequest) -> HttpResponse:
    """Put a project on the list."""
    actor, subdistrict = actor_of(request), current_subdistrict(request)
    require(permits.may_propose_at_all(actor))
    if subdistrict is None:
        raise Http404
    form = _form(request, subdistrict)
    if form.is_valid():
        with refusals_on(form):
            done = actions.propose_project(actor=actor, subdistrict=subdistrict, facts=form.facts())
            messages.success(request, _("提出了，等另一位科长或街道领导立项。"))
            return redirect(done.subject)
    page = _page(request, subdistrict, title=_("提出项目"), submit=_("提出项目"), icon="i-plus")
    return page.respond(request, form, crumbs=lists.crumbs(), cancel=reverse("projects:list"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a project."""
    project, actor = project_or_404(request, pk), actor_of(request)
    require(permits.may_edit(actor, project=project))
    form = _form(request, project.subdistrict, project)
    here = project.get_absolute_url()
    if form.is_valid():
        with refusals_on(form):
            actions.edit_project(actor=actor, project=project, facts=form.facts())
            messages.success(request, _("改好了。"))
            return redirect(project)
    page = _page(request, project.subdistrict, title=_("修改项目"), submit=_("保存"), icon="i-check")
    say = [_("已经公开：名称、行动、地点和对外介绍要先撤下才能改。")] if project.public else []
    return page.respond(
        request, form, say=say, subtitle=project.name, crumbs=[*lists.crumbs(), (project.name, here)], cancel=here
    )


def _form(request: HttpRequest, subdistrict: Subdistrict, project: Project | None = None) -> ProjectForm:
    """The form, empty or with what is said of a project; a committee's head is offered the own committee alone."""
    actor = actor_of(request)
    committees = {path: name for path, name in committee_names(actor).items() if path.startswith(subdistrict.path)}
    carries_all = actor.holds(*permits.LEADS, at=subdistrict.path)
    kept = vars_of(project) if project else {}
    if not carries_all and not project and len(committees) == 1:
        kept = dict.fromkeys(("path", "owner_committee"), next(iter(committees)))
    if not project:
        kept |= {key: request.GET[key].strip()[:60] for key in ASKED if request.GET.get(key)}
    return ProjectForm(
        request.POST or None,
        book=words.book(),
        whole=(subdistrict.path, _("全街道")),
        committees=committees,
        initial=kept,
    )


def vars_of(project: Project) -> dict[str, Any]:
    """What is said of a project, as the form's fields start; a place below a committee reads as the committee."""
    facts = project.facts()
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__} | {"path": committee_of(facts.path)}


def _page(request: HttpRequest, subdistrict: Subdistrict, *, title: str, submit: str, icon: str) -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        icon=icon,
        parts=PARTS,
        template="projects/form.html",
        extra={"map_settings": _map_settings(request, subdistrict)},
    )


def _map_settings(request: HttpRequest, subdistrict: Subdistrict) -> dict[str, Any]:
    """Layers of the ground beneath projects; facilities are left out, since projects stand in their place."""
    return {
        "layers": {
            one.name: reverse("layers:geojson", args=[subdistrict.path, one.name])
            for one in layers_for(actor_of(request))
            if one.name != "facility"
        }
    }
