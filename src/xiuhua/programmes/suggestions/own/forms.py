"""What people are asked when they say something, and afterwards."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.forms import PhotosField, VoiceField
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions.heard import Heard
from xiuhua.programmes.suggestions.models import Event, Source, Spot
from xiuhua.programmes.suggestions.sorting.words import cleaned

MOST_PHOTOS = 4


class WordsField(forms.CharField):
    """What people type or paste: what nobody sees is left out before anything is said about it."""

    def to_python(self, value: Any) -> str:
        """The words as one reads them."""
        return cleaned(str(value)) if value else ""


class SayForm(forms.Form):
    """我要反映: what it is, a photograph, where; and a telephone only where an answer is wanted by message."""

    words = WordsField(
        label=_("什么事"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("说得越具体越好"),
    )
    voice = VoiceField(label=_("语音"), required=False)
    photos = PhotosField(label=_("拍给我们看"), required=False)
    place = WordsField(label=_("在哪里"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput())
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput())
    point = forms.CharField(required=False, widget=forms.HiddenInput())
    name = WordsField(label=_("怎么称呼您"), required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    wants_reply = forms.BooleanField(label=_("有答复请发短信给我"), required=False)
    phone = WordsField(
        label=_("手机号"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    )
    code = forms.CharField(required=False, widget=forms.HiddenInput())
    event = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput())
    office = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, offices: list[Subdistrict] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs["data-xh-photos"] = str(MOST_PHOTOS)
        if offices and len(offices) > 1:
            choices = [("", _("请选街道")), *((row.path, row.name) for row in offices)]
            self.fields["office"] = forms.ChoiceField(label=_("哪个街道"), choices=choices)

    def heard(self, spot: Spot | None = None, event: Event | None = None) -> Heard:
        """What was said, by a form that is sound."""
        told = self.cleaned_data
        point = told["lon"] is not None and told["lat"] is not None
        return Heard(
            words=told["words"],
            source=Source(event.kind) if event else Source.PLACE if spot else Source.PHONE,
            name=told["name"],
            phone=told["phone"] if told["wants_reply"] or told["phone"] else "",
            wants_reply=told["wants_reply"],
            place=told["place"] or (spot.name if spot else ""),
            lon=told["lon"] if point else spot.lon if spot else None,
            lat=told["lat"] if point else spot.lat if spot else None,
            files=tuple(filter(None, (*told["photos"], told["voice"]))),
            spot=spot.pk if spot else None,
            event=event.pk if event else None,
        )


class RateForm(forms.Form):
    """How satisfied somebody is."""

    stars = forms.TypedChoiceField(
        label=_("这次办得怎么样"),
        coerce=int,
        empty_value="",
        choices=[(5, _("很满意")), (4, _("满意")), (3, _("一般")), (2, _("不满意")), (1, _("很不满意"))],
        widget=forms.RadioSelect(),
    )
    words = WordsField(label=_("想说一句"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReopenForm(forms.Form):
    """What is still amiss."""

    words = WordsField(label=_("哪里还没办好"), widget=forms.Textarea(attrs={"rows": 4}))


class CodeForm(forms.Form):
    """The one-time code that went to the telephone."""

    code = forms.CharField(
        label=_("短信里的验证码"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "8"}),
    )


class ForgetForm(forms.Form):
    """What is to be deleted of whoever suggested; `offered` of what can go now."""

    what = forms.ChoiceField(label=_("删掉哪些"), widget=forms.RadioSelect())

    def __init__(self, *args: Any, offered: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [("contact", _("只删电话和姓名")), ("words", _("电话、姓名、原话、照片和录音都删"))]
        choices = [(key, words) for key, words in parts if key in offered]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
        self.fields["what"].initial = choices[0][0] if choices else None
