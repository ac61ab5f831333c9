"""What is asked for to change one's own account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.accounts.entrance.passwords import PolicyValidator
from xiuhua.ground.accounts.rules.passwords import LONGEST


class NewPasswordForm(forms.Form):
    """A new password, twice; and the one of now, unless that is a first one which somebody else has seen."""

    current = forms.CharField(
        label=_("现在的密码"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"max_length": _("密码太长")},
    )
    again = forms.CharField(
        label=_("再填一遍新密码"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, home: str, ask_current: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = PolicyValidator().get_help_text(home)
        if not ask_current:
            del self.fields["current"]

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("new") not in (None, again):
            raise ValidationError(_("两遍不一样，请再填一遍"))
        return again


class TokenForm(forms.Form):
    """A token's use and end."""

    name = forms.CharField(
        label=_("用途"),
        max_length=60,
        help_text=_("哪个程序用、做什么，例如「区大屏取数」"),
    )
    days = forms.IntegerField(
        label=_("有效几天"),
        initial=90,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("请填一个整数")},
    )
