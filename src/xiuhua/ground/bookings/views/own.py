"""What whoever books sees: the session with a short form, and a page of their own, opened by a secret token."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.bookings import actions, permits, queries, rules, times
from xiuhua.ground.bookings.forms import BookForm
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.bookings.rules import BookingState
from xiuhua.ground.bookings.views.sessions import most_people, svg_response
from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.ui.forms import act_at_once, refusals_on
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.ui.qr import qr_svg
from xiuhua.ground.words import gettext as _


@sensitive_post_parameters("name", "phone")
@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """A session that anybody may book: when, where, what is left, and one short form."""
    row = Session.objects.filter(pk=pk, is_public=True).first()
    if row is None:
        raise Http404
    form = BookForm(request.POST or None, most=most_people(row))
    if form.is_valid():
        with refusals_on(form):
            done = actions.book(actor=actor_of(request), session=row, **form.cleaned_data)
            return redirect("book:own", done.subject.token)
    others_first, figures = queries.others_first(row), queries.figures_of(row)
    bookable = rules.can_be_booked(
        row.facts(),
        people=1,
        booked_before=False,
        others_first=others_first,
        now=now(),
        figures=figures,
    )
    waits = bookable.decision == BookingState.WAITING
    return PhoneForm(
        title=_("预约"),
        submit=_("排候补") if waits else _("预约"),
        back=reverse("ui:phone"),
        template="bookings/book.html",
        extra={
            "session": row,
            "span": times.span_of(row),
            "bookable": bookable,
            "waits": waits,
            "left": 0 if others_first else row.free,
            "keep_days": int(figures.keep_contact_days.number),
        },
    ).respond(request, form)


@never_cache
@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    """A booking, for whoever made it: how it stands, the code for the door, and how to take it back."""
    booking = _booking(token)
    row = booking.session
    facts = row.facts()
    context = {
        "booking": booking,
        "session": row,
        "span": times.span_of(row),
        "name": mask_name(booking.name),
        "phone": mask_phone(booking.phone),
        "code": f"{booking.code[:4]} {booking.code[4:]}",
        "ahead": queries.ahead_of(booking),
        "may_cancel": rules.can_be_cancelled(BookingState(booking.state), facts, now=now()).decision,
        "door_at": times.moment_of(rules.door_opens_at(facts, queries.figures_of(row))),
    }
    return render(request, "bookings/own.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Take a booking back; a finger that slipped is asked again."""
    booking = _booking(token)
    if request.method == "GET":
        return render(request, "bookings/cancel.html", {"booking": booking, "session": booking.session})
    act_at_once(
        request,
        lambda: actions.cancel_booking(actor=actor_of(request), booking=booking, token=token),
        _("取消了，位子让给了别人。"),
    )
    return redirect("book:own", token)


@never_cache
@require_safe
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The code that is scanned at the door."""
    booking = _booking(token)
    return svg_response(qr_svg(request.build_absolute_uri(reverse("check_in:code", args=[booking.code]))))


@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """A session for the calendar of whoever comes."""
    row = Session.objects.filter(pk=pk).first()
    if row is None or not (row.is_public or permits.may_keep(actor_of(request), session=row)):
        raise Http404
    file = times.calendar_of(row, request.build_absolute_uri(row.public_url))
    headers = {"Content-Disposition": f'attachment; filename="session-{row.pk}.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


def _booking(token: str) -> Booking:
    booking: Booking | None = Booking.objects.of_token(token).select_related("session").first()
    if booking is None:
        raise Http404
    return booking
