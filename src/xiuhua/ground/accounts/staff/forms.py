"""What is asked for to keep the accounts of those who work here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.accounts.numbers import typed, typed_phone
from xiuhua.ground.accounts.places import Place
from xiuhua.ground.scope.roles import Role


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


class PasswordListForm(forms.Form):
    """One question: whether those who have not used theirs get another."""

    again = forms.BooleanField(
        label=_("发过、还没有登录过的人，也重发一次"),
        required=False,
        help_text=_("他们手里那张纸上的密码马上作废"),
    )


def _offer(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
