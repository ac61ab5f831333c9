"""What is filled in about an event."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.bookings.forms import moment_field
from xiuhua.ground.files.forms import PhotosField
from xiuhua.ground.ui.forms import Part
from xiuhua.ground.words import gettext
from xiuhua.programmes.suggestions.models import Event, EventKind
from xiuhua.programmes.suggestions.rules.events import MOST_TOPICS, EventFacts, ItemFacts

PARTS = [
    Part(_("办什么"), [("kind", "title"), "theme", "about"]),
    Part(
        _("什么时候、在哪里"),
        [("starts_at", "ends_at"), ("path", "place"), ("lon", "lat")],
        hint=_("在旁边的地图上点一下，经纬度就填好了；便签没有写地点的，就算在这里。"),
    ),
    Part(_("议程和便签墙"), ["programme", "topics"]),
    Part(_("给谁看"), ["is_public"]),
]

_LINE = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)\s*(?P<rest>\S.*)")
_PARTED = re.compile(r"\s*[|｜\t]\s*")
LONGEST_ITEM, LONGEST_WHO = 80, 60


class ProgrammeField(forms.CharField):
    """A programme as one types it: a line an item, ``9:00 开场 | 谁 | 哪里``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 6}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The items, or which line cannot be read."""
        items, refused = [], []
        for number, line in enumerate(str(super().clean(value) or "").splitlines(), 1):
            if not line.strip():
                continue
            item = item_of(line)
            if item is None:
                told = {"number": number, "line": line.strip()[:30]}
                refused.append(gettext("第 %(number)s 行「%(line)s」看不懂；请写成 9:00 内容 | 谁 | 哪里") % told)
            else:
                items.append(item)
        if refused:
            raise ValidationError(refused)
        return items

    def prepare_value(self, value: Any) -> Any:
        """Lines, of items."""
        return value if isinstance(value, str) or value is None else "\n".join(map(line_of, value))


class LinesField(forms.CharField):
    """Words, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": MOST_TOPICS}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The lines that hold something."""
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Lines, of a list."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class EventForm(forms.Form):
    """An event as it is planned."""

    kind = forms.ChoiceField(label=_("类型"), choices=EventKind.choices)
    title = forms.CharField(label=_("名称"), max_length=60)
    theme = forms.CharField(label=_("主题"), max_length=120, required=False, help_text=_("一句话，问大家什么"))
    about = forms.CharField(label=_("介绍"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    starts_at = moment_field(_("开始时间"))
    ends_at = moment_field(_("结束时间"))
    path = forms.ChoiceField(label=_("哪里办的"))
    place = forms.CharField(label=_("地点"), max_length=120, help_text=_("写到门牌或哪个门"))
    lon = forms.FloatField(label=_("经度"), required=False, widget=forms.NumberInput(attrs={"step": "any"}))
    lat = forms.FloatField(label=_("纬度"), required=False, widget=forms.NumberInput(attrs={"step": "any"}))
    programme = ProgrammeField(label=_("议程"), help_text=_("一行一项：9:00 开场 | 谁 | 哪里"))
    topics = LinesField(label=_("便签墙的话题"), help_text=_("一行一个，最多五个，就是墙上的几列"))
    is_public = forms.BooleanField(label=_("居民看得到，可以自己报名"), required=False, initial=True)

    def __init__(self, data: Any = None, *, places: list[tuple[str, str]], initial: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="", initial=dict(initial))
        self.fields["path"].choices = places  # type: ignore[attr-defined]

    def facts(self) -> EventFacts:
        """What was typed, as rules take it."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "programme"}
        return EventFacts(**told)


class OpenForm(forms.Form):
    """How many can come."""

    capacity = forms.IntegerField(label=_("名额"), min_value=1)
    opens_at = moment_field(_("什么时候开始报名"), required=False, help_text=_("不填就是现在"))
    has_waiting_list = forms.BooleanField(label=_("报满后可以候补"), required=False, initial=True)


class MinutesForm(forms.Form):
    """What was said, and what came of it."""

    minutes = forms.CharField(
        label=_("纪要"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("谁说了什么。姓名电话只存在加密的原文里，页面和小结上自动遮住。"),
    )
    conclusions = forms.CharField(
        label=_("结论"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("大家说了什么、接下来谁做什么。一行一条，小结完成后居民看得到。"),
    )


class EventPhotosForm(forms.Form):
    """Photographs of an event."""

    photos = PhotosField(label=_("照片"))
    title = forms.CharField(label=_("说明"), max_length=120, help_text=_("照片上是什么，例如：大家在贴便签"))
    public = forms.BooleanField(label=_("放到活动页上给居民看"), required=False, help_text=_("认得出人的，先问过本人"))


class ReasonForm(forms.Form):
    """Why an event is called off."""

    reason = forms.CharField(label=_("为什么取消"), max_length=200, help_text=_("报了名的人会看到这句话"))


def item_of(line: str) -> ItemFacts | None:
    """An item of a programme, of a line as one types it; None where it has no time or no words."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    title, who, place, *_more = [*_PARTED.split(found["rest"].strip()), "", "", ""]
    at = time(int(found["hour"]), int(found["minute"]))
    return ItemFacts(at, title[:LONGEST_ITEM], who[:LONGEST_WHO], place[:LONGEST_WHO]) if title else None


def line_of(item: Any) -> str:
    """A line, of an item of a programme."""
    parts = [item.title, item.who, item.place]
    while not parts[-1]:
        parts.pop()
    return f"{item.starts_at:%H:%M} {' | '.join(parts)}"


def as_filled(event: Event) -> dict[str, Any]:
    """An event as its form shows it, in local time."""
    names = ("kind", "title", "theme", "about", "path", "place", "lon", "lat", "topics", "is_public")
    return {
        **{name: getattr(event, name) for name in names},
        "starts_at": timezone.localtime(event.starts_at),
        "ends_at": timezone.localtime(event.ends_at),
        "programme": list(event.programme.all()),
    }
