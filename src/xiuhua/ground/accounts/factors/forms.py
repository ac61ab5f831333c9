"""The second step (登录第二步): the library's forms in our words."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from allauth.account.forms import ReauthenticateForm as _AgainByPassword
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts.entrance import tries
from xiuhua.ground.accounts.entrance.credentials import VERB, locked_out, refuse_second_step
from xiuhua.ground.accounts.models import User
from xiuhua.ground.accounts.numbers import typed
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.journal.attempts import record_refusal

_MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)
"""What the passkey library raises at credentials that no browser would send."""

_NOT_RECOGNISED = gettext_lazy("没有认出您的通行密钥，请再试一次，或者用密码登录")
_NOT_MADE = gettext_lazy("通行密钥没有设成，请再试一次")
_SHOWN_S = mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)
"""Seconds in which the figures of one half-minute are taken."""
_FIGURES = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "maxlength": 12}


@contextmanager
def _one_try(user: User) -> Iterator[None]:
    """One try at a second step, counted with the passwords of the account.

    Raises
    ------
    ValidationError
        There is none left; or what was shown within the block was not right.
    """
    key, figures = tries.key_for("", user), policy().sign_in
    if (until := tries.take(key, user, figures)) is not None:
        refuse_second_step(user, "locked")
        raise ValidationError(str(locked_out(until)))
    try:
        yield
    except ValidationError:
        tries.failed(key, user, figures)
        raise
    tries.give_back(key)


class _CodeField:
    """A field for figures that are read off something."""

    fields: dict[str, forms.Field]

    def _ask(self, label: Any) -> None:
        self.fields["code"].label = label
        self.fields["code"].widget = forms.TextInput(attrs=_FIGURES)


class _CountedCode(_CodeField):
    """A code that is tried: good once in all the time that its clock lets it pass."""

    user: User

    def clean_code(self) -> str:
        with _one_try(self.user):
            code = cast(str, super().clean_code())  # type: ignore[misc]  # of the library's form beside it
            self._use_up(code)
        return code

    def _use_up(self, code: str) -> None:
        """Refuse a code that has been used: the library forgets it sooner than its tolerance lets it pass."""
        if not cache.add(f"accounts.code.{self.user.pk}.{typed(code)}", True, _SHOWN_S):
            refuse_second_step(self.user)
            raise get_adapter().validation_error("incorrect_code")


class SecondStepForm(_CountedCode, AuthenticateForm):
    """Six figures from the authenticator, or one of the codes for a lost one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).exists()
        self._ask(gettext_lazy("验证器上的 6 位数字") if has_app else gettext_lazy("备用码"))
        self.fields["code"].help_text = (
            gettext_lazy("打开手机上的验证器，抄下这一刻的 6 位数字。手机不在，就填一个备用码。")
            if has_app
            else gettext_lazy("通行密钥不在手边，就填一个备用码。")
        )


class AgainByCodeForm(_CountedCode, ReauthenticateForm):
    """The same, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask(gettext_lazy("验证器上的 6 位数字"))


class SetUpCodesForm(_CodeField, ActivateTOTPForm):
    """The first six figures that a new authenticator shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask(gettext_lazy("验证器上显示的 6 位数字"))


class AgainByPasswordForm(_AgainByPassword):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label=gettext_lazy("密码"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
        )


class _PasskeyField:
    """What a browser sends of a passkey; a script fills it in, so that nobody types it."""

    fields: dict[str, forms.Field]

    def _say(self, words: Any) -> None:
        self.fields["credential"].error_messages = {"required": words, "invalid": words}


class SecondStepByPasskeyForm(_PasskeyField, AuthenticateWebAuthnForm):
    """A passkey as the second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say(_NOT_RECOGNISED)

    def clean_credential(self) -> Authenticator:
        with _one_try(self.user):
            try:
                return cast(Authenticator, super().clean_credential())
            except (ValidationError, *_MALFORMED) as error:
                refuse_second_step(self.user)
                raise ValidationError(_NOT_RECOGNISED) from error


class SignInByPasskeyForm(_PasskeyField, LoginWebAuthnForm):
    """A passkey in place of number and password; it asks for finger, face or code itself, so that it is two factors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say(_NOT_RECOGNISED)

    def clean_credential(self) -> Authenticator:
        try:
            return cast(Authenticator, super().clean_credential())
        except (ValidationError, *_MALFORMED) as error:
            record_refusal(VERB, Visitor(), facts={"why": "passkey"})
            raise ValidationError(_NOT_RECOGNISED) from error


class AddPasskeyForm(_PasskeyField, AddWebAuthnForm):
    """A new passkey, which always asks for finger, face or code."""

    name = forms.CharField(
        label=gettext_lazy("叫什么"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("写清是哪台机器，例如「我的手机」「窗口电脑」"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say(_NOT_MADE)

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        try:
            return cast(dict[str, Any], super().clean())
        except (ValidationError, *_MALFORMED) as error:
            raise ValidationError(_NOT_MADE) from error
