"""登录第二步: which second factors stand, how to set one up, and how to give one up."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.entrance.pages import around_the_door
from xiuhua.ground.accounts.factors.standing import passkeys_work, standing
from xiuhua.ground.accounts.guards import UserRequest
from xiuhua.ground.accounts.policy import must_use_two_factors
from xiuhua.ground.ui.forms import FormPage

REMOVE = FormPage(
    title=gettext_lazy("移除通行密钥"),
    submit=gettext_lazy("移除"),
    danger=True,
    say=[gettext_lazy("移除后，这台设备不能再用它登录。设备上存的那一份请自己删掉。")],
)


class SecondStep(AuthenticateView):
    """The second step at the door."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **around_the_door()}


@require_safe
def second_step(request: UserRequest) -> HttpResponse:
    """What stands, and what can be set up."""
    context = standing(request.user)
    context |= {"required": must_use_two_factors(request.user), "passkeys_work": passkeys_work(request)}
    return render(request, "mfa/index.html", context)


@reauthentication_required(app="allauth.mfa")
@require_http_methods(["GET", "POST"])
def remove_passkey(request: UserRequest, passkey_id: int) -> HttpResponse:
    """Give up a passkey, after asking once more."""
    authenticator = get_object_or_404(Authenticator, pk=passkey_id, user=request.user, type=Authenticator.Type.WEBAUTHN)
    adapter = get_adapter()
    back = reverse("mfa_index")
    if not adapter.can_delete_authenticator(authenticator):
        return render(request, "accounts/last_factor.html", {"back": back}, status=422)
    if request.method == "POST":
        remove_authenticator(request, authenticator)
        return redirect(back)
    return REMOVE.respond(request, subtitle=authenticator.wrap().name, cancel=back)
