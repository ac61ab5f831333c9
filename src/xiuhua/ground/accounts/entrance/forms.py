"""What is asked for at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.accounts.numbers import typed, typed_phone
from xiuhua.ground.accounts.rules.passwords import LONGEST


class SignInForm(forms.Form):
    """Number and password."""

    number = forms.CharField(
        label=_("工号或手机号"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"max_length": _("密码太长")},
    )


class PhoneForm(forms.Form):
    """One question: which telephone."""

    phone = forms.CharField(
        label=_("您的手机号"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "autofocus": True}),
    )

    def clean_phone(self) -> str:
        return typed_phone(self.cleaned_data["phone"])


class CodeForm(forms.Form):
    """One question: which code."""

    code = forms.CharField(
        label=_("短信里的验证码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "maxlength": 12}
        ),
    )

    def clean_code(self) -> str:
        return typed(self.cleaned_data["code"])
