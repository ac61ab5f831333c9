"""What is filled in about sessions and bookings."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.bookings.models import Session

LONGEST_NAME = 40


def moment_field(label: Any, **kwargs: Any) -> forms.DateTimeField:
    """A day with its time, picked from the browser's own calendar."""
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, **kwargs)


class SessionForm(forms.Form):
    """A session as it is planned."""

    title = forms.CharField(label=_("名称"), max_length=80)
    path = forms.ChoiceField(label=_("哪里办的"))
    place = forms.CharField(label=_("地点"), max_length=120, help_text=_("写到门牌和房间，居民照着找"))
    starts_at = moment_field(_("开始时间"))
    ends_at = moment_field(_("结束时间"))
    opens_at = moment_field(_("什么时候开始预约"), required=False, help_text=_("不填就是现在"))
    capacity = forms.IntegerField(label=_("名额"), min_value=1)
    has_waiting_list = forms.BooleanField(label=_("约满后可以候补"), required=False, initial=True)
    small_parties_pass = forms.BooleanField(
        label=_("候补时人少的可以先补上"), required=False, help_text=_("不勾，就严格按先后补")
    )
    is_public = forms.BooleanField(label=_("居民可以自己预约"), required=False, initial=True)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if places:
            self.fields["path"].choices = places  # type: ignore[attr-defined]
        else:
            del self.fields["path"]


def as_filled(session: Session) -> dict[str, Any]:
    """A session as its form shows it, in local time."""
    names = ("title", "place", "starts_at", "ends_at", "opens_at", "capacity")
    marks = ("has_waiting_list", "small_parties_pass", "is_public")
    return {name: _local(getattr(session, name)) for name in (*names, *marks)}


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) else value


class ReasonForm(forms.Form):
    """Why a session is called off."""

    reason = forms.CharField(label=_("为什么取消"), max_length=200, help_text=_("约好的人会看到这句话"))


class BookForm(forms.Form):
    """Who comes, and how many."""

    name = forms.CharField(
        label=_("怎么称呼"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        help_text=_("有变动时通知您"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    people = forms.TypedChoiceField(label=_("一共几个人"), coerce=int, initial=1, widget=forms.RadioSelect)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(number, str(number)) for number in range(1, most + 1)]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """A code as it was read out, typed or scanned; or the last figures of a telephone."""

    code = forms.CharField(
        label=_("签到码，或手机号后四位"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class WalkInForm(forms.Form):
    """People who stand at the door and did not book."""

    people = forms.IntegerField(
        label=_("几个人"), initial=1, widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1})
    )
    name = forms.CharField(label=_("怎么称呼"), max_length=LONGEST_NAME, required=False, help_text=_("可以不填"))
    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        required=False,
        help_text=_("可以不填"),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
