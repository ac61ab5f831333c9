"""What someone owes the door before a page opens: a password of their own, and a second factor where a role asks."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from xiuhua.ground.accounts.factors.standing import has_second_factor
from xiuhua.ground.accounts.guards import gate
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.accounts.policy import must_use_two_factors, policy
from xiuhua.ground.accounts.queries import password_changed_at
from xiuhua.ground.clock import now
from xiuhua.ground.words import gettext as _

TWO_STEPS, PASSWORD_DUE = "two_steps", "password_due"
"""What a session holds: that a second factor stands, and that the password has been the same for too long."""

_OPEN_TO_ALL = frozenset({"account_logout", "accounts:change_password", "account_reauthenticate"})
_WAY_TO_A_FACTOR = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


def note_sign_in(request: HttpRequest, user: User, *, in_two_steps: bool) -> None:
    """Note in a new session what the gates ask of it, so that they need not ask the database at every page."""
    request.session[TWO_STEPS] = in_two_steps
    if user.kind == Kind.STAFF and user.has_usable_password() and not user.must_change_password:
        request.session[PASSWORD_DUE] = _is_due(user)


def note_factor_given_up(request: HttpRequest) -> None:
    """Let the gate ask the database again."""
    request.session.pop(TWO_STEPS, None)


def note_new_password(request: HttpRequest) -> None:
    """Note that a password has just been chosen."""
    request.session.pop(PASSWORD_DUE, None)


@gate
def own_password_first(request: HttpRequest) -> HttpResponseBase | None:
    """Lead someone with a first password, or one that is too old, to choosing one."""
    user = cast(User, request.user)
    if not (user.must_change_password or request.session.get(PASSWORD_DUE)) or _is_at(request, _OPEN_TO_ALL):
        return None
    return _leads_to(request, "accounts:change_password", _("请先换一个自己的密码"))


@gate
def second_factor_first(request: HttpRequest) -> HttpResponseBase | None:
    """Lead someone whose role asks for two steps, and who has only one, to setting up the second."""
    user = cast(User, request.user)
    if request.session.get(TWO_STEPS) or _is_at(request, _OPEN_TO_ALL | _WAY_TO_A_FACTOR):
        return None
    if not must_use_two_factors(user):
        return None
    if has_second_factor(user):
        request.session[TWO_STEPS] = True
        return None
    return _leads_to(request, "mfa_index", _("您的角色要分两步登录，请先设好第二步"))


def _is_at(request: HttpRequest, names: frozenset[str]) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name in names


def _leads_to(request: HttpRequest, name: str, why: str) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Redirect": reverse(name)})
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"detail": why}, status=403)
    if request.path != "/":
        messages.warning(request, why)
    return redirect(name)


def _is_due(user: User) -> bool:
    chosen = password_changed_at(user) or user.made_at
    return bool(now() - chosen > timedelta(days=policy(user.home).password.days.number))
