"""Forms about a dossier: its moves and gates, how it is built, its papers and talks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.territory.days import today
from xiuhua.programmes.lifts.forms.fields import DayField, ScanField, yes_no
from xiuhua.programmes.lifts.models import Contact, Dossier, Flat, Paper
from xiuhua.programmes.lifts.rules.facts import Measures
from xiuhua.programmes.lifts.rules.moves import GateFacts


class LiftForm(forms.Form):
    """A form without colons behind its labels."""

    def __init__(self, data: Any = None, files: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, files, label_suffix="", initial={**self.first(), **(initial or {})})

    def first(self) -> dict[str, Any]:
        """What stands in the fields at first: today, where a day is asked for."""
        return {name: today() for name, field in self.base_fields.items() if isinstance(field, DayField)}


class MoveForm(LiftForm):
    """On which day a move was made."""

    on = DayField(label=_("日期"), help_text=_("事情是哪天办成的就写哪天，不早于上一步。"))


class ReasonForm(LiftForm):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SetAsideForm(ReasonForm):
    """Since when nothing is done, and why."""

    on = DayField(label=_("从哪天起"))
    field_order: Sequence[str] = ("on", "reason")


class SnagForm(LiftForm):
    """Why a stairwell is stuck."""

    words = forms.CharField(
        label=_("卡在哪里"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清是谁、什么事、约了什么时候；只有专员、居委会和科长看得到。"),
    )


class GateForm(LiftForm):
    """What passes a gate: a day, for a permit its number, for a document the scan."""

    on = DayField(label=_("日期"))
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    file = ScanField(label=_("文件"), required=False, help_text=_("PDF 扫描件，或一张照片。"))

    def __init__(self, gate: GateFacts, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["on"].label = {"document": _("落款日期"), "permit": _("发证日期")}.get(gate.evidence, _("日期"))
        if gate.evidence != "permit":
            self.fields["number"].label = _("文号或备注")


class MeasuresForm(LiftForm):
    """How a stairwell is built, as somebody has measured it."""

    measured_on = DayField(label=_("测量日期"))
    entry = forms.ChoiceField(label=_("入户方式"), required=False)
    stair = forms.ChoiceField(label=_("楼梯类型"), required=False)
    front_m = forms.FloatField(label=_("门洞前深度（米）"), required=False)
    spacing_m = forms.FloatField(label=_("加梯后和对面楼的间距（米）"), required=False)
    fire_lane_m = forms.FloatField(label=_("加梯后消防通道（米）"), required=False)
    pipes = forms.CharField(
        label=_("管线"), max_length=120, required=False, help_text=_("门洞前有哪些，例如：雨水管、燃气立管、弱电井")
    )
    pipes_can_move = forms.ChoiceField(label=_("管线能不能迁移"), required=False, choices=yes_no)
    structure_sound = forms.ChoiceField(label=_("结构行不行"), required=False, choices=yes_no)

    def __init__(self, dossier: Dossier, data: Any = None) -> None:
        names = ("entry", "stair", "front_m", "spacing_m", "fire_lane_m", "pipes")
        kept: dict[str, Any] = {name: getattr(dossier, name) for name in names}
        kept |= {name: _as_choice(getattr(dossier, name)) for name in ("pipes_can_move", "structure_sound")}
        super().__init__(data, initial=kept)
        blank = [("", _("还没有看"))]
        for name, choices in (("entry", Dossier.Entry.choices), ("stair", Dossier.Stair.choices)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*blank, *choices]

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        said = dict(self.cleaned_data)
        measured_on: date = said.pop("measured_on")
        for name in ("pipes_can_move", "structure_sound"):
            said[name] = {"yes": True, "no": False}.get(said[name])
        return {"measures": Measures(**said), "measured_on": measured_on}


class ContactForm(LiftForm):
    """Somebody was spoken to."""

    kind = forms.ChoiceField(label=_("方式"), choices=Contact.Kind.choices, widget=forms.RadioSelect)
    flat = forms.ModelChoiceField(Flat.objects.none(), label=_("哪一户"), required=False, empty_label=_("整个门洞"))
    on = DayField(label=_("哪天"))
    words = forms.CharField(
        label=_("说了什么"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一两句就够：担心什么，答应了什么，下次约在什么时候。加密保存。"),
    )

    def __init__(self, dossier: Dossier, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"kind": Contact.Kind.VISIT, **(initial or {})})
        field = self.fields["flat"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = dossier.flats.order_by("floor", "room")


class PaperForm(LiftForm):
    """A document to put away."""

    kind = forms.ChoiceField(label=_("种类"), choices=Paper.Kind.choices)
    title = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("同名的会存成下一版，旧版还留着。"), widget=forms.TextInput()
    )
    dated = DayField(label=_("落款日期"))
    file = ScanField(label=_("文件"), help_text=_("PDF 扫描件，或一张照片。"))
    for_residents = forms.BooleanField(
        label=_("本门洞居民可以看"), required=False, help_text=_("先看清楚：里面没有别家的电话和证件号。")
    )


def _as_choice(value: bool | None) -> str:
    return {True: "yes", False: "no"}.get(value, "") if value is not None else ""
