"""我要反映: saying something, with no account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import address_of
from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import outbox
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.ui.outbox import Taken
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import intake, queries
from xiuhua.programmes.suggestions.events.queries import said_at
from xiuhua.programmes.suggestions.models import Event, Spot, Suggestion
from xiuhua.programmes.suggestions.own.forms import SayForm
from xiuhua.programmes.suggestions.own.office import office_of, offices

LETTER = "suggestions.say"
SAID = "said"
"""Numbers of what was said in this session, so that a visitor finds it again."""
MOST_KEPT = 50
KEPT_FOR = 30 * 86_400
"""Seconds for which a visitor's browser knows what was said on it; whoever signs in has a session of another length."""

SAY = PhoneForm(
    title=gettext_lazy("我要反映"),
    submit=gettext_lazy("交给街道"),
    letter=LETTER,
    named_by="words",
    template="suggestions/own/say.html",
)


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """Say something: the form, and what it sends where there are no scripts; at an event, by the code on its wall."""
    return _page(request, None, said_at(request.GET.get("event", ""), None))


@require_http_methods(["GET", "POST"])
def say_at(request: HttpRequest, code: str) -> HttpResponse:
    """The same about the place whose code was scanned."""
    spot = get_object_or_404(Spot, code=code, ended_at__isnull=True)
    return _page(request, spot)


def take_letter(request: HttpRequest, data: QueryDict, files: outbox.Files) -> Taken:
    """What the outbox hands over: the same form, written perhaps hours ago.

    Raises
    ------
    Refused
        It cannot be received as it is.
    """
    form = SayForm(data, files, offices=offices())
    if not form.is_valid():
        raise outbox.refused_by(form)
    suggestion = _taken(request, form)
    said = _("收到了，编号 %(number)s") % {"number": suggestion.number}
    return Taken(suggestion.title, url=reverse("say:follow", args=[suggestion.token]), said=said)


def _page(request: HttpRequest, spot: Spot | None, event: Event | None = None) -> HttpResponse:
    given = {"code": spot.code, "place": spot.name, "lon": spot.lon, "lat": spot.lat} if spot else {}
    given |= {"event": event.code} if event else {}
    form = SayForm(request.POST or None, request.FILES or None, initial=_known(request) | given, offices=offices())
    if form.is_valid():
        with refusals_on(form):
            return redirect("say:follow", _taken(request, form).token)
    chosen = event.subdistrict if event else form.data.get("office", "") if form.is_bound else ""
    place = office_of(request, spot, chosen)
    return SAY.respond(request, form, extra={"spot": spot, "event": event, "office": place})


def _taken(request: HttpRequest, form: SayForm) -> Suggestion:
    spot, written_at = _spot(form.cleaned_data["code"]), outbox.written_at(request)
    event = said_at(form.cleaned_data["event"], written_at)
    office = office_of(request, spot, event.subdistrict if event else form.cleaned_data.get("office", ""))
    if office is None:
        raise Refused(Reason(_("还没有选街道"), field="office", mend=_("请选一个街道")))
    suggestion = intake.take_in(
        actor=actor_of(request),
        subdistrict=office,
        heard=form.heard(spot, event),
        sender=queries.sender_digest(f"{event.code if event else ''}{address_of(request)}", today()),
        at_event=event is not None and event.is_running(now()),
        written_at=written_at,
    )
    said = [number for number in request.session.get(SAID, []) if number != suggestion.pk]
    request.session[SAID] = [suggestion.pk, *said][:MOST_KEPT]
    if not request.user.is_authenticated:
        request.session.set_expiry(KEPT_FOR)
    return suggestion


def _spot(code: str) -> Spot | None:
    """The place whose code was scanned; a notice that was taken down since then still says where."""
    return Spot.objects.filter(code=code).first() if code else None


def _known(request: HttpRequest) -> dict[str, object]:
    """What is known of a resident who signed in: nobody writes their telephone twice."""
    user = request.user
    if not user.is_authenticated:
        return {}
    return {"phone": user.phone, "wants_reply": bool(user.phone), "name": user.name}
