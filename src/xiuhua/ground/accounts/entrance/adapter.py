"""Where the sign-in library meets our house: it asks and steps, our actions write."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.entrance import sessions, tries
from xiuhua.ground.accounts.entrance.credentials import VERB, person_with_password
from xiuhua.ground.accounts.entrance.gates import note_sign_in
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.journal.attempts import record_refusal
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

WORDS = {
    "incorrect_code": gettext_lazy("这串数字不对，请看验证器上现在的 6 位数字再填一次"),
    "incorrect_password": gettext_lazy("密码不对"),
    "rate_limited": gettext_lazy("试得太快了，请过几分钟再来"),
    "cannot_delete_authenticator": gettext_lazy("您的角色必须分两步登录，不能取消最后一种。请先设好另一种。"),
    "cannot_generate_recovery_codes": gettext_lazy("请先设好验证器或通行密钥，再要备用码"),
}


_DONE = {
    "mfa/messages/totp_activated.txt": gettext_lazy("验证器设好了"),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("验证器取消了"),
    "mfa/messages/webauthn_added.txt": gettext_lazy("通行密钥设好了"),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("通行密钥移除了"),
}
"""What the library says was done, in our words; of the rest it says nothing."""


class AccountAdapter(DefaultAccountAdapter):
    """The door of accounts: nobody signs up here, and what is written of an account is written by an action."""

    error_messages = {**DefaultAccountAdapter.error_messages, **WORDS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if said := message or _DONE.get(message_template or ""):
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Let someone in who has passed every step, with a new session, and put it on record."""
        records = get_authentication_records(request, user)
        first = records[0] if records else {"method": "code"}
        by = "passkey" if first.get("passwordless") else str(first["method"])
        in_two_steps = any(record["method"] == "mfa" for record in records)
        actions.sign_in(actor=user, user=user, by=by, in_two_steps=in_two_steps)
        super().login(request, user)
        tries.forget(tries.key_for("", user))
        sessions.begin(request.session, user)
        note_sign_in(request, user, in_two_steps=in_two_steps)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = cast(User, request.user)
        return reverse("ui:phone") if user.kind == Kind.RESIDENT else super().get_login_redirect_url(request)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Ask for the password once more; wrong ones count as they do at the door.

        Raises
        ------
        ValidationError
            It is wrong, or was tried too often.
        """
        try:
            return person_with_password(user.username, password).pk == user.pk  # type: ignore[no-any-return]
        except Refused as refused:
            raise ValidationError(str(refused)) from refused

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of someone who has come in within the last minutes."""
        return not sessions.began_recently(self.request.session)

    def set_password(self, user: Any, password: str) -> None:
        actions.change_password(actor=user, user=user, password=password)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Turn away someone whose account has ended, at whichever step that is found out."""
        record_refusal(VERB, Visitor(), subject=user, facts={"why": "ended"})
        messages.error(request, _("这个账号已经停用。要重新启用，请找街道系统管理员。"))
        return redirect("account_login")
