"""What many speak of: the list of topics, one of them, and what is done with it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import actions, permits, screen
from xiuhua.programmes.suggestions.forms import TopicNameForm
from xiuhua.programmes.suggestions.models import Topic
from xiuhua.programmes.suggestions.topics.lists import topics_page
from xiuhua.programmes.suggestions.topics.nightly import REGROUP
from xiuhua.programmes.suggestions.topics.page import topic_page
from xiuhua.programmes.suggestions.topics.seen import Viewer
from xiuhua.programmes.suggestions.topics.together import to_merge
from xiuhua.programmes.suggestions.views.asked import sent
from xiuhua.programmes.suggestions.views.deeds import made_one


@require_safe
@sight_required(Sight.SUGGESTIONS)
def topics(request: HttpRequest) -> HttpResponse:
    """What people speak of, rising topics first."""
    viewer = Viewer(actor_of(request))
    plain = not any(request.GET.get(key) for key in request.GET)
    shown = [one for one in viewer.first() if one.rising] if plain else []
    return topics_page(request, viewer, shown).respond(request, viewer.rows())


@require_POST
@sight_required(Sight.SUGGESTIONS)
def regroup(request: HttpRequest) -> HttpResponse:
    """Ask for the topics to be found anew, as a job."""
    subdistrict = current_subdistrict(request)
    if subdistrict is None:
        raise Http404
    actor = actor_of(request)
    require(permits.may_ask_for_topics(actor, path=subdistrict.path))
    job = enqueue(actor=actor, kind=REGROUP, path=subdistrict.path).subject
    messages.success(request, _("交给后台去归了，归好这里会看到。"))
    return redirect(job)


@require_safe
@sight_required(Sight.SUGGESTIONS)
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic: its weeks, its suggestions, those that may be one and the same."""
    return topic_page(request, _topic_or_404(request, pk)).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it otherwise."""
    row, actor = _topic_or_404(request, pk), actor_of(request)
    require(permits.may_rename_topic(actor, topic=row))
    form = TopicNameForm(sent(request), initial={"name": row.name})
    if form.is_valid():
        with refusals_on(form):
            actions.rename_topic(actor=actor, topic=row, name=form.cleaned_data["name"])
            messages.success(request, _("改好了，以后就叫这个名称。"))
            return redirect(row)
    page = FormPage(
        title=_("给话题改名"),
        submit=_("改名"),
        icon="i-edit",
        say=[_("改过的名称不再跟着归并变；居民在「你说我做」上也看得到。")],
    )
    crumbs = [*screen.crumbs(), (_("热点话题"), reverse("suggestions:topics")), (row.name, row.get_absolute_url())]
    return page.respond(request, form, subtitle=row.title, crumbs=crumbs, cancel=row.get_absolute_url())


@require_POST
@sight_required(Sight.SUGGESTIONS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one of those that were chosen among its suggestions."""
    row, actor = _topic_or_404(request, pk), actor_of(request)
    require(actor.holds(*permits.DECIDES))
    chosen = set(request.POST.getlist("alike"))
    rows = [one for one in to_merge(row, actor) if str(one.pk) in chosen]
    if len(rows) < 2:
        messages.warning(request, _("至少勾选两件，才能并成一件。"))
        return redirect(row)
    try:
        made_one(request, rows[0], rows[1:])
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(row)


def _topic_or_404(request: HttpRequest, pk: int) -> Topic:
    """The topic that is meant; the frame around the page then speaks of its subdistrict."""
    row = get_visible_or_404(Topic, actor_of(request), pk=pk)
    request.subdistrict = Subdistrict.objects.defer("geometry").get(path=row.subdistrict)  # type: ignore[attr-defined]
    return row
