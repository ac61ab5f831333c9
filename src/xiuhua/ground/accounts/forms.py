"""What is asked for at the door, of one's own account, and of staff."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.accounts.numbers import typed, typed_phone
from xiuhua.ground.accounts.passwords import LONGEST, PolicyValidator
from xiuhua.ground.accounts.places import Place
from xiuhua.ground.scope.roles import Role


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

    def __init__(self, *args: Any, ask_current: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = PolicyValidator().get_help_text()
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


class RoleForm(forms.Form):
    """A role and where it is held."""

    role = forms.ChoiceField(
        label=_("角色"),
        choices=[("", _("请选角色")), *Role.choices],
        error_messages={"invalid_choice": _("没有这个角色")},
    )
    path = forms.ChoiceField(
        label=_("在哪里"),
        help_text=_("管到这一级和它下面的全部"),
        error_messages={"invalid_choice": _("没有这个地方，或者您不管那里")},
    )

    def __init__(self, *args: Any, places: list[Place], roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["role"], [("", _("请选角色")), *((role.value, role.label) for role in roles)])
        _offer(self.fields["path"], [("", _("请选地方")), *((place.path, place.name) for place in places)])

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InviteForm(RoleForm):
    """A new worker: who they are, and what they are here."""

    username = forms.CharField(
        label=_("工号"),
        max_length=40,
        help_text=_("英文字母和数字，例如 CF0317"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("姓名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("手机号"),
        max_length=30,
        required=False,
        help_text=_("填了就能用手机号登录；可以不填"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    field_order = ["username", "name", "phone", "role", "path"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        role.required = False
        role.help_text = _("监督类的角色由安全管理员另外给，这里可以先不选")

    def clean_role(self) -> Role | None:  # type: ignore[override]  # a worker may come first and their role later
        return Role(self.cleaned_data["role"]) if self.cleaned_data["role"] else None

    def clean_username(self) -> str:
        return typed(self.cleaned_data["username"])

    def clean_phone(self) -> str:
        return typed_phone(self.cleaned_data["phone"])


def _offer(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class PasswordListForm(forms.Form):
    """One question: whether those who have not used theirs get another."""

    again = forms.BooleanField(
        label=_("发过、还没有登录过的人，也重发一次"),
        required=False,
        help_text=_("他们手里那张纸上的密码马上作废"),
    )
