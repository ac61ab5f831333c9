"""Pages of rosters: choose a kind, upload, look at what was checked, import. Whoever is let in is signed in."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.jobs.queries import asked_already
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.rosters import actions, permits, queries
from xiuhua.ground.rosters.actions import Upload
from xiuhua.ground.rosters.forms import HeadingsForm, UploadForm
from xiuhua.ground.rosters.jobs import MARK
from xiuhua.ground.rosters.kinds import RosterKind, kind_named, kinds
from xiuhua.ground.rosters.lists import IMPORTS
from xiuhua.ground.rosters.models import OPEN, RosterImport, State
from xiuhua.ground.rosters.preview import ALL, PART, preview_of
from xiuhua.ground.rosters.screen import acts_of, steps_of
from xiuhua.ground.rosters.workbooks import template_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.lists.long import LONG
from xiuhua.ground.ui.lists.workbook import file_response
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The kinds that the reader may import, and what was imported."""
    offered = _offered(request)
    rows = queries.imports(actor_of(request))
    if not offered and not rows.exists():
        raise PermissionDenied
    return replace(IMPORTS, extra={"kinds": offered}).respond(request, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a file (step 1)."""
    chosen = _kind(request, kind)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        places=list(chosen.places(actor_of(request))),
        initial={"path": request.GET.get("path", "")},
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        with refusals_on(form):
            upload = Upload(file.name or "", file.read())
            found = actions.check_roster(
                actor=actor_of(request), kind=kind, path=form.cleaned_data["path"], upload=upload
            )
            return redirect(found)
    return _start_page(chosen).respond(request, form)


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The kind's empty table."""
    chosen = _kind(request, kind)
    return file_response(template_of(chosen), _("%(title)s名册模板.xlsx") % {"title": chosen.title})


@require_safe
def roster_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """One import: what was found (step 2), how far it is, what came of it (step 3)."""
    found = _import(request, import_id)
    view = ALL if request.GET.get("rows") == ALL else PART
    staged = found.state in {State.FAULTY, State.READY}
    context = {
        "found": found,
        "kind": found.roster_kind,
        "steps": steps_of(found),
        "acts": acts_of(found, actor_of(request)),
        "view": view,
        "preview": preview_of(found, view, request.GET.get("page")) if staged else None,
        "crumbs": [(_("名册"), reverse("rosters:home"))],
        "overtaken": staged and queries.facts_of(found).overtaken,
    }
    return render(request, "rosters/import.html", context)


@require_safe
def marked(request: HttpRequest, import_id: int) -> HttpResponse:
    """The reader's own table, with its faults in red."""
    found = _import(request, import_id)
    if not permits.may_have_file(actor_of(request), roster_import=found):
        raise PermissionDenied
    if found.batch is None:
        raise Http404
    if found.rows > LONG:
        args = {"roster_import": found.pk}
        said = _("标红%(file)s") % {"file": found.file_name}
        job = (
            asked_already(actor_of(request), MARK, **args)
            or enqueue(actor=actor_of(request), kind=MARK, path=found.path, args=args, title=said).subject
        )
        return redirect(job)
    return file_response(queries.marked_copy(found), found.marked_name)


@require_POST
def begin_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Import what was checked."""
    return _go_on(request, import_id, actions.start_import)


@require_POST
def check_again(request: HttpRequest, import_id: int) -> HttpResponse:
    """Compare the file once more with what is on record."""
    return _go_on(request, import_id, actions.check_again)


@require_POST
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Give an import up."""
    return _go_on(request, import_id, actions.discard_roster)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, import_id: int) -> HttpResponse:
    """Say what the headings of a file mean, where its kind comes from elsewhere; then it is checked again."""
    found = _import(request, import_id)
    if not (found.roster_kind and found.roster_kind.learns_headings and found.state in OPEN):
        raise Http404
    if not permits.may_go_on(actor_of(request), roster_import=found):
        raise PermissionDenied
    try:
        form = HeadingsForm(request.POST or None, kind=found.roster_kind, headings=queries.headings_of(found))
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(found)
    if form.is_valid():
        with refusals_on(form):
            actions.choose_headings(actor=actor_of(request), roster_import=found, chosen=form.chosen())
            actions.check_again(actor=actor_of(request), roster_import=found)
            return redirect(found)
    back = found.get_absolute_url()
    crumbs = [(_("名册"), reverse("rosters:home")), (found.file_name, back)]
    return COLUMNS.respond(request, form, crumbs=crumbs, cancel=back)


def _go_on(request: HttpRequest, import_id: int, action: Any) -> HttpResponse:
    found = _import(request, import_id)
    try:
        action(actor=actor_of(request), roster_import=found)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(found)


def _offered(request: HttpRequest) -> list[type[RosterKind]]:
    """Kinds that the reader may import somewhere."""
    return [kind for kind in kinds() if kind.places(actor_of(request))]


def _kind(request: HttpRequest, key: str) -> type[RosterKind]:
    """The kind of that key; what the reader may import nowhere is not there for them."""
    try:
        kind = kind_named(key)
    except Refused as error:
        raise Http404 from error
    if not kind.places(actor_of(request)):
        raise PermissionDenied
    return kind


COLUMNS = FormPage(
    title=gettext_lazy("认列"),
    submit=gettext_lazy("记住，再核对"),
    icon="i-check",
    subtitle=gettext_lazy("左边是文件里的表头，右边选它是哪一列。选过一次，下次同样的表头就不用再选。"),
)


def _start_page(kind: type[RosterKind]) -> FormPage:
    return FormPage(
        title=_("导入%(title)s名册") % {"title": kind.title},
        submit=_("上传核对"),
        icon="i-upload",
        subtitle=kind.note,
        crumbs=[(_("名册"), reverse("rosters:home"))],
        cancel=reverse("rosters:home"),
        template="rosters/start.html",
        extra={"kind": kind, "columns": list(kind.fields.values()), "steps": steps_of(None)},
    )


def _import(request: HttpRequest, import_id: int) -> RosterImport:
    found: RosterImport = get_visible_or_404(queries.imports(actor_of(request)), actor_of(request), pk=import_id)
    return found
