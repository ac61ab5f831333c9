"""施工日志 on the phone of whoever carries stairwells: a day written up on the site with photographs, signal or not."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import signed_in
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.ui import outbox, phone
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, queries
from xiuhua.programmes.lifts.forms.keeping import PhoneDiaryForm
from xiuhua.programmes.lifts.models import DiaryEntry, Dossier
from xiuhua.programmes.lifts.rules.site import ON_SITE

LETTER = "lifts.diary"

WRITE = PhoneForm(
    title=gettext_lazy("施工日志"),
    submit=gettext_lazy("写进日志"),
    letter=LETTER,
    named_by="words",
    note=gettext_lazy("没有信号也能写，有信号自己发"),
)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write up a day; whoever carries no stairwell is sent home."""
    if not carries_some(request):
        return redirect("ui:phone")
    form = PhoneDiaryForm(
        request.POST or None, request.FILES or None, sites=sites_of(request), initial={"site": request.GET.get("at")}
    )
    if form.is_valid():
        with refusals_on(form):
            return redirect("lifts:diary", _written(request, form).dossier_id)
    say = [] if form.fields["site"].choices else [_("现在没有正在施工的门洞。")]  # type: ignore[attr-defined]
    return WRITE.respond(request, form, back=reverse("today"), say=say)


def take_letter(request: HttpRequest, data: QueryDict, files: outbox.Files) -> outbox.Taken:
    """What the outbox hands over: the same form, written perhaps hours ago.

    Raises
    ------
    Refused
        It cannot be taken in as it is.
    """
    form = PhoneDiaryForm(data, files, sites=sites_of(request))
    if not form.is_valid():
        raise outbox.refused_by(form)
    entry = _written(request, form)
    return outbox.Taken(
        entry.dossier.address, url=reverse("lifts:diary", args=[entry.dossier_id]), said=_("写进日志了")
    )


def carries_some(request: HttpRequest) -> bool:
    """Whether whoever reads carries stairwells somewhere."""
    return phone.kind_of(request) == phone.STAFF and actor_of(request).holds(*permits.WORKS)


def sites_of(request: HttpRequest) -> QuerySet[Dossier]:
    """Sites that the reader may see, those begun last first."""
    actor: Actor = actor_of(request)
    return queries.dossiers(actor).filter(state__in=ON_SITE).order_by("-started_on", "path")


def _written(request: HttpRequest, form: PhoneDiaryForm) -> DiaryEntry:
    site = sites_of(request).filter(pk=form.cleaned_data["site"]).first()
    if site is None:
        raise Refused(Reason(_("这个门洞现在没有在施工"), field="site", mend=_("请选正在施工的门洞")))
    return actions.write_diary(actor=actor_of(request), dossier=site, **form.told()).subject
