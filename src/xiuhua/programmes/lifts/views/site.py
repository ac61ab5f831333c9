"""The construction diary of a stairwell, and delays."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, queries_build, words
from xiuhua.programmes.lifts.forms.keeping import DelayForm, DiaryForm
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import site as screen
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def diary(request: HttpRequest, pk: int) -> HttpResponse:
    """The diary by days."""
    dossier = dossier_or_404(request, pk)
    return head.page_of(
        request,
        dossier,
        sections=[screen.diary(request, dossier)],
        aside=screen.aside_of(request, dossier),
        acts=screen.acts_of(request, dossier),
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def write_diary(request: HttpRequest, pk: int) -> HttpResponse:
    """Write up a day."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    form = DiaryForm(request.POST or None, request.FILES or None)
    page = FormPage(title=_("写施工日志"), submit=_("写进日志"), icon="i-pencil")
    act = partial(actions.write_diary, actor=actor, dossier=dossier)
    return ask(request, dossier, form, page, act, _("写好了。"), back=reverse("lifts:diary", args=[pk]))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def note_delay(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the site off."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    planned = queries_build.planned_finish_of(dossier)
    form = DelayForm(request.POST or None, request.FILES or None, initial={"until_on": planned})
    say = [_("现在计划 %(day)s 完工。") % {"day": words.on_day(planned)}] if planned else []
    page = FormPage(title=_("记延期"), submit=_("记延期"), icon="i-hourglass", say=say)
    act = partial(actions.note_delay, actor=actor, dossier=dossier)
    back = reverse("lifts:diary", args=[pk])
    return ask(request, dossier, form, page, act, _("记下了，新的完工日期居民也看得到。"), back=back)
