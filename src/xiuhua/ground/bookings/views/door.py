"""The check-in (签到), on a phone at the door: a code typed or scanned, a name in the list, or people who walk in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiuhua.ground.bookings import actions, permits, queries, rules
from xiuhua.ground.bookings.forms import CodeForm, WalkInForm
from xiuhua.ground.bookings.lists import TONES
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.bookings.rules import BookingState
from xiuhua.ground.bookings.views.sessions import session_of
from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui.forms import act_at_once, refusals_on
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

MOST_SHOWN = 300
"""People that the door's list shows; of larger sessions the code is asked."""


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """The door of a session; a code that is sent lets its people in."""
    session = session_of(request, pk)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            done = actions.check_in_by_code(actor=actor_of(request), session=session, code=form.cleaned_data["code"])
            messages.success(request, _in_words(done.subject))
            return redirect("bookings:door", session.pk)
    return _drawn(request, session, form, WalkInForm())


@sensitive_post_parameters("name", "phone")
@require_POST
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Let in people who did not book."""
    session = session_of(request, pk)
    form = WalkInForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            done = actions.walk_in(actor=actor_of(request), session=session, **form.cleaned_data)
            messages.success(request, _in_words(done.subject))
            return redirect("bookings:door", session.pk)
    return _drawn(request, session, CodeForm(), form)


@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Let in somebody from the list by hand."""
    booking = get_visible_or_404(queries.bookings_for(actor_of(request)), actor_of(request), pk=pk)
    _let_in(request, booking)
    return redirect("bookings:door", booking.session_id)


@require_http_methods(["GET", "POST"])
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """What a phone's own scanner opens: who booked, and one button that lets them in."""
    booking = get_visible_or_404(
        queries.bookings_for(actor_of(request)), actor_of(request), code=actions.plain_code(code)
    )
    if request.method == "POST" and _let_in(request, booking):
        return redirect("bookings:door", booking.session_id)
    session = booking.session
    verdict = rules.can_be_checked_in(
        BookingState(booking.state),
        session.facts(),
        people=booking.people,
        now=now(),
        figures=queries.figures_of(session),
    )
    context = {"booking": booking, "session": session, "row": _row(booking), "may": verdict}
    return render(request, "bookings/code.html", context)


@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the telephone of somebody who booked; that goes on record."""
    booking = get_visible_or_404(queries.bookings_for(actor_of(request)), actor_of(request), pk=pk)
    actions.open_contact(actor=actor_of(request), booking=booking)
    context = {"booking": booking, "session": booking.session, "row": _row(booking), "open": True}
    return render(request, "bookings/code.html", context)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a booking back for somebody who rings."""
    booking = get_visible_or_404(queries.bookings_for(actor_of(request)), actor_of(request), pk=pk)
    act_at_once(
        request,
        lambda: actions.cancel_booking(actor=actor_of(request), booking=booking),
        _("取消了，候补的按先后补上。"),
    )
    return redirect("bookings:session", booking.session_id)


def _let_in(request: HttpRequest, booking: Booking) -> bool:
    try:
        messages.success(request, _in_words(actions.check_in(actor=actor_of(request), booking=booking).subject))
    except Refused as refused:
        messages.warning(request, str(refused))
        return False
    return True


def _in_words(booking: Booking) -> str:
    name = mask_name(booking.name) or _("现场")
    return _("%(name)s %(people)d 人，签到好了") % {"name": name, "people": booking.people}


def _row(booking: Booking) -> dict[str, Any]:
    return {
        "booking": booking,
        "name": mask_name(booking.name) or _("现场"),
        "phone": mask_phone(booking.phone),
        "state": Booking.State(booking.state).label,
        "tone": TONES[booking.state],
        "waits": booking.state in (Booking.State.BOOKED, Booking.State.MISSED),
    }


def _drawn(request: HttpRequest, session: Session, code: CodeForm, walk_in: WalkInForm) -> HttpResponse:
    if not permits.may_keep(actor_of(request), session=session):
        raise PermissionDenied
    figures = queries.figures_of(session)
    order = {"booked": 0, "waiting": 1, "missed": 2, "came": 3}
    shown = queries.bookings_of(session).holding()[:MOST_SHOWN]  # type: ignore[attr-defined]
    rows = sorted((_row(booking) for booking in shown), key=lambda row: order[row["booking"].state])
    context = {
        "session": session,
        "counts": queries.counts_of(session),
        "rows": rows,
        "door": rules.the_door_is_open(session.facts(), now=now(), figures=figures),
        "code": code,
        "walk_in": walk_in,
    }
    refused = any(form.is_bound and form.errors for form in (code, walk_in))
    return render(request, "bookings/door.html", context, status=422 if refused else 200)
