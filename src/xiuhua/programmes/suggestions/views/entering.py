"""Entering what somebody says by telephone, in person or by letter (代登记)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits, screen
from xiuhua.programmes.suggestions.forms import EntryForm
from xiuhua.programmes.suggestions.heard import Heard
from xiuhua.programmes.suggestions.intake import take_in, tidied
from xiuhua.programmes.suggestions.likeness import Likely, alike_words
from xiuhua.programmes.suggestions.sort import title_for
from xiuhua.programmes.suggestions.sorting.personal import masked
from xiuhua.programmes.suggestions.views.asked import sent

PARTS = [
    Part("", ["source", "words", "place"]),
    Part(
        gettext_lazy("是谁说的"),
        [("name", "phone"), "wants_reply"],
        hint=gettext_lazy("只有要答复的人看得到，看一次记一次。"),
    ),
    Part("", ["photos"]),
]


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter one; what seems to be the same is shown before it is saved, and the next one can follow at once."""
    actor, subdistrict = actor_of(request), current_subdistrict(request)
    require(actor.holds(*permits.HEARS))
    if subdistrict is None:
        raise Http404
    initial = {"source": request.GET.get("source", "telephone")}
    form = EntryForm(sent(request), request.FILES if request.method == "POST" else None, initial=initial)
    alike = []
    if form.is_valid():
        alike = [] if request.POST.get("looked") else _alike(actor, subdistrict, form.heard())
        if not alike and (answer := _entered(request, form, subdistrict)):
            return answer
    page = FormPage(
        title=_("代登记"),
        submit=_("不是同一件，照样登记") if alike else _("登记，接着下一件"),
        subtitle=_("电话里说的、上门说的、信里写的，替他登记下来，和手机上提的一样办。"),
        icon="i-check",
        crumbs=screen.crumbs(),
        cancel=reverse("suggestions:inbox"),
        cancel_words=_("回收件箱"),
        parts=PARTS,
        template="suggestions/enter.html",
        extra={"alike": alike, "had_files": bool(request.FILES)},
    )
    return page.respond(request, form, status=422 if form.is_bound and not form.is_valid() else 200)


def _entered(request: HttpRequest, form: EntryForm, subdistrict: Subdistrict) -> HttpResponse | None:
    """Take it in, and lead on to the next one of its kind; None where it was refused."""
    with refusals_on(form):
        row = take_in(actor=actor_of(request), subdistrict=subdistrict, heard=form.heard())
        said = format_html('<a href="{}">{}</a> {}', row.get_absolute_url(), row.number, _("登记好了，下一件。"))
        messages.success(request, said)
    return None if form.errors else redirect(f"{reverse('suggestions:new')}?source={form.cleaned_data['source']}")


def _alike(actor: Actor, subdistrict: Subdistrict, heard: Heard) -> list[Likely]:
    """What is on record and seems to be about the same matter as something that is not yet."""
    heard = tidied(heard)
    words = f"{title_for(heard)} {masked(heard.words)}"
    return alike_words(subdistrict.path, words, actor, heard.lon, heard.lat)
