"""Documents of a dossier, and its contacts log."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.journal.naming import actors_named
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.ui.forms import Part as FormPart
from xiuhua.ground.ui.objects import Part
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, queries, queries_dossiers
from xiuhua.programmes.lifts.forms.dossiers import ContactForm, PaperForm
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404

TALKS_SHOWN = 200


@require_safe
@sight_required(Sight.LIFTS)
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Every document, with the versions before it."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    rows = queries_dossiers.filed_by_title(dossier)
    card = Part(_("文件"), "lifts/dossiers/papers.html", {"rows": rows})
    acts = [Act(_("存文件"), reverse("lifts:add_paper", args=[pk]), "i-upload", primary=True)]
    may = permits.may_work(actor, dossier=dossier)
    return head.page_of(request, dossier, sections=[card], acts=acts if may else ()).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a document away."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    page = FormPage(
        title=_("存文件"), submit=_("存进档案"), icon="i-upload", parts=[FormPart("", [("kind", "title"), "dated"])]
    )
    act = partial(actions.add_paper, actor=actor, dossier=dossier)
    first = {"title": request.GET.get("title", "")[:60]}
    form = PaperForm(request.POST or None, request.FILES or None, initial=first)
    return ask(request, dossier, form, page, act, _("存好了。"), back=reverse("lifts:papers", args=[pk]))


@require_safe
@sight_required(Sight.OWNERS)
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was spoken to, and what was said."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    rows = list(queries.contacts_of(dossier, actor)[:TALKS_SHOWN])
    names = actors_named({row.by for row in rows}, actor)
    context = {"rows": [(row, names.get(row.by, "")) for row in rows]}
    card = Part(_("来往"), "lifts/dossiers/contacts.html", context)
    acts = [Act(_("记一笔"), reverse("lifts:note_contact", args=[pk]), "i-pencil", primary=True)]
    return head.page_of(request, dossier, sections=[card], acts=acts).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def note_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down what was said."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    page = FormPage(
        title=_("记一笔"), submit=_("记下"), icon="i-pencil", parts=[FormPart("", ["kind", ("flat", "on"), "words"])]
    )
    act = partial(actions.note_contact, actor=actor, dossier=dossier)
    form = ContactForm(dossier, request.POST or None, initial={"flat": request.GET.get("flat", "")})
    return ask(request, dossier, form, page, act, _("记下了。"), back=reverse("lifts:contacts", args=[pk]))
