"""The residents' door: a telephone, a code by text message; one question a page."""

from dataclasses import dataclass
from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts import demonstration
from xiuhua.ground.accounts.actions import codes
from xiuhua.ground.accounts.entrance.credentials import person_with_code
from xiuhua.ground.accounts.entrance.forms import CodeForm, PhoneForm
from xiuhua.ground.accounts.entrance.pages import door, too_many
from xiuhua.ground.accounts.guards import address_of
from xiuhua.ground.accounts.models import PhoneCode
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.messages.sms import NotSent, send_sms
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

ASKED, SHOWN = "code_asked", "code_shown"
"""What a session holds: the row of the code that was asked for; and, on a demonstration, the code itself."""


@never_cache
@sensitive_post_parameters("phone")
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """Ask for the telephone, and send it a code."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    form = PhoneForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            _send(request, form.cleaned_data["phone"])
            return redirect(_with_next(request, "accounts:phone_code"))
    return door(
        request,
        "accounts/phone.html",
        status=_status(form),
        form=form,
        next=_next(request),
        demo_residents=demonstration.residents(),
    )


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def phone_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and let the resident in."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    row = PhoneCode.objects.filter(pk=request.session.get(ASKED, 0)).first()
    if row is None:
        return redirect(_with_next(request, "accounts:phone"))
    if request.method == "POST" and not ratelimit.consume(request, action="login"):
        return too_many(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            user = person_with_code(row, form.cleaned_data["code"])
            for key in (ASKED, SHOWN):
                request.session.pop(key, None)
            record_authentication(request, user, method="code")
            return cast(HttpResponse, perform_login(request, Login(user=user, redirect_url=_next(request) or None)))
    return door(
        request,
        "accounts/phone_code.html",
        status=_status(form),
        form=form,
        next=_next(request),
        sent_to=mask_phone(row.phone),
        minutes=int(policy().code.minutes.number),
        shown=request.session.get(SHOWN, ""),
    )


def _send(request: HttpRequest, number: str) -> None:
    own = request.user.is_authenticated and getattr(request.user, "phone", "") == number
    row = codes.send_code(actor=Visitor(), phone=number, address=address_of(request), own=own).subject
    request.session[ASKED] = row.pk
    code = getattr(row, "code", "")
    if not code:
        return
    if demonstration.is_here() and settings.SMS["sender"] != "gateway":
        request.session[SHOWN] = code
    try:
        send_sms(codes.message(row, code))
    except NotSent as error:
        raise Refused(
            Reason(_("短信没有发出去"), field="phone", mend=_("请过一分钟再试，或者打电话给居委会"))
        ) from error


@dataclass(frozen=True, slots=True)
class Sent:
    """A code that went out in this session; `shown` on a demonstration, where no message is sent."""

    row: PhoneCode
    shown: str = ""


def send_code_to(request: HttpRequest, number: str) -> None:
    """Send a code to a telephone that is to be shown to be one's own, on a page of another room.

    Raises
    ------
    Refused
        Codes went out too often, or the message did not go out.
    """
    _send(request, number)


def sent_code(request: HttpRequest, number: str) -> Sent | None:
    """The code that went to a telephone in this session; None where none did."""
    row = PhoneCode.objects.filter(pk=request.session.get(ASKED, 0)).first()
    if row is None or row.phone != number or row.used_at is not None:
        return None
    return Sent(row, request.session.get(SHOWN, ""))


def _next(request: HttpRequest) -> str:
    return get_next_redirect_url(request) or ""


def _with_next(request: HttpRequest, name: str) -> str:
    after = _next(request)
    return reverse(name) + (f"?{urlencode({'next': after})}" if after else "")


def _status(form: PhoneForm | CodeForm) -> int:
    return 422 if form.is_bound and form.errors else 200
