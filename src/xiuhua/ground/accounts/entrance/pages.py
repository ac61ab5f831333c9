"""The door: staff come in by number and password, and go out again."""

from collections.abc import Callable
from typing import cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiuhua.ground.accounts import actions, demonstration
from xiuhua.ground.accounts.entrance.credentials import person_with_password
from xiuhua.ground.accounts.entrance.forms import SignInForm
from xiuhua.ground.accounts.entrance.sessions import ENDED
from xiuhua.ground.accounts.factors.standing import passkeys_work
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.ui import phone
from xiuhua.ground.ui.shell import Place
from xiuhua.ground.verdicts import Refused

_place: list[Callable[[], Place | None]] = []


def place_told_by(teller: Callable[[], Place | None]) -> None:
    """Let the territory, which lies above, say whose door this is, to people who have not come in yet."""
    _place[:] = [teller]


def door(request: HttpRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    """Answer with a page of the door."""
    return render(request, template, {**around_the_door(), **context}, status=status)


def around_the_door() -> dict[str, object]:
    """What a page of the door shows besides its form: whose door it is."""
    place = next((told for teller in _place if (told := teller())), None)
    return {"place": place, "demo_notice": place.demo_notice} if place else {}


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Come in by number and password; a second step follows where there is one."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    if request.method == "POST" and not ratelimit.consume(request, action="login"):
        return too_many(request)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        number, password = form.cleaned_data["number"], form.cleaned_data["password"]
        try:
            user = person_with_password(number, password)
        except Refused as refused:
            form.add_error("password", _("看看工号有没有打错，大写锁定是不是开着"))
            return _door_for_staff(request, form, refused=refused)
        login = Login(user=user, redirect_url=get_next_redirect_url(request))
        return cast(HttpResponse, perform_password_login(request, {}, login))
    return _door_for_staff(request, form)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Go out."""
    address = "account_login"
    if isinstance(user := request.user, User):
        actions.sign_out(actor=user, user=user)
        address = "accounts:phone" if user.kind == Kind.RESIDENT else address
        logout(request)
        messages.success(request, _("已经退出"))
    return redirect(address)


def too_many(request: HttpRequest, *_args: object) -> HttpResponse:
    """429: somebody asks faster than a person can."""
    if phone.is_on_phone(request):
        return render(request, "accounts/phone_too_many.html", status=429)
    return door(request, "accounts/too_many.html", status=429)


def _door_for_staff(request: HttpRequest, form: SignInForm, refused: Refused | None = None) -> HttpResponse:
    return door(
        request,
        "accounts/sign_in.html",
        status=422 if refused or (form.is_bound and form.errors) else 200,
        form=form,
        refused=refused,
        next=get_next_redirect_url(request) or "",
        ended=request.session.pop(ENDED, None),
        two_steps=policy().two_factor.required.value,
        passkeys=passkeys_work(request),
        demo_accounts=demonstration.accounts(),
    )
