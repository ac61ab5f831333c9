"""Forms about lots: the terms of a plan, which are adopted, who goes in or out, what is done for all at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.standards import Figure
from xiuhua.ground.standards.lifts import BatchFigures
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts.forms.dossiers import LiftForm
from xiuhua.programmes.lifts.forms.fields import DayField, ScanField
from xiuhua.programmes.lifts.forms.keeping import DiaryForm
from xiuhua.programmes.lifts.models import Batch, Contact, Dossier
from xiuhua.programmes.lifts.rules.batches import LotTerms
from xiuhua.programmes.lifts.rules.moves import GateFacts


class TermsForm(LiftForm):
    """Where, and under which terms, stairwells are cut into lots."""

    path = forms.ChoiceField(label=_("范围"))
    least = forms.IntegerField(label=_("一批至少几个门洞"))
    most = forms.IntegerField(label=_("一批最多几个门洞"))
    reach_m = forms.FloatField(label=_("相隔多少米算挨着"))
    ready = forms.FloatField(label=_("成熟度到多少才划算"))
    setup = forms.FloatField(label=_("开一个工地抵多少成熟度"))
    walk = forms.FloatField(label=_("相隔一米抵多少成熟度"))

    def __init__(
        self, places: Sequence[tuple[str, str]], figures: BatchFigures, data: Any = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["path"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(places)
        for name in LotTerms.__dataclass_fields__:
            self.fields[name].help_text = _told(getattr(figures, name))
            self.fields[name].widget.attrs["step"] = "any"

    def terms(self) -> LotTerms:
        """What was typed."""
        return LotTerms(**{name: self.cleaned_data[name] for name in LotTerms.__dataclass_fields__})


def _told(figure: Figure) -> str:
    told = {"value": figure.value, "source": figure.told_source, "how": figure.status.label}
    return gettext("规则 %(value)s：%(source)s（%(how)s）") % told


class LotsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """Lots to tick, each by its number, its place and its size."""

    def label_from_instance(self, obj: Any) -> str:
        """Number in the plan, quarter, size, readiness."""
        told = {"place": obj.place, "quarter": obj.quarter, "size": obj.size, "ready": f"{100 * obj.readiness:.0f}%"}
        return gettext("第 %(place)s 批 %(quarter)s，%(size)s 个门洞，平均成熟度 %(ready)s") % told


class AdoptForm(LiftForm):
    """Which lots are adopted, and on which day."""

    lots = LotsField(Batch.objects.none(), label=_("采用哪几批"), required=False, widget=forms.CheckboxSelectMultiple)
    on = DayField(label=_("哪天定的"))

    def __init__(self, rows: Any, data: Any = None) -> None:
        super().__init__(data, initial={"lots": [row.pk for row in rows]})
        field = self.fields["lots"]
        assert isinstance(field, LotsField)
        field.queryset = rows


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """A stairwell by its address."""

    def label_from_instance(self, obj: Any) -> str:
        """Its address; with its stage."""
        return f"{obj.address}（{obj.stage_words}）"


class PutInForm(LiftForm):
    """Which stairwell comes into a lot, of those near it; or goes out of it."""

    dossier = MemberField(label=_("门洞"), queryset=Dossier.objects.none())

    def __init__(self, rows: Any, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["dossier"]
        assert isinstance(field, MemberField)
        field.queryset = rows


class DissolveForm(LiftForm):
    """Why a lot is dissolved, and since when."""

    on = DayField(label=_("哪天起"))
    because = forms.CharField(
        label=_("为什么解散"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AllGatesForm(LiftForm):
    """The same evidence for every stairwell of a lot."""

    rule = forms.ChoiceField(label=_("哪一条"))
    on = DayField(label=_("日期"), help_text=_("许可写发证日期，文件写落款日期。"))
    number = forms.CharField(label=_("文号或备注"), max_length=60, required=False)
    file = ScanField(label=_("文件"), required=False, help_text=_("PDF 扫描件，或一张照片；每个门洞的档案里各存一份。"))

    def __init__(self, gates: Sequence[tuple[GateFacts, int]], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(gate.key, _gate_words(gate, count)) for gate, count in gates]


def _gate_words(gate: GateFacts, count: int) -> str:
    told = {"number": gate.number, "name": gate.name, "count": count}
    return gettext("第 %(number)s 条 %(name)s（%(count)s 个门洞还没过）") % told


class AllMovesForm(LiftForm):
    """Which move every stairwell makes whose turn it is, and when."""

    move = forms.ChoiceField(label=_("走哪一步"), widget=forms.RadioSelect)
    on = DayField(label=_("日期"))

    def __init__(self, moves: Sequence[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, initial={"move": moves[0][0] if moves else ""})
        field = self.fields["move"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(moves)


class AllContactsForm(LiftForm):
    """The same talk for every stairwell, such as a meeting of the whole lot."""

    kind = forms.ChoiceField(
        label=_("方式"), choices=Contact.Kind.choices, widget=forms.RadioSelect, initial=Contact.Kind.MEETING
    )
    on = DayField(label=_("哪天"))
    words = forms.CharField(
        label=_("说了什么"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("加密保存；每个门洞的联系记录里各有一条，不要写某一家的事。"),
    )


class AllNoticesForm(LiftForm):
    """Where and when notices are posted at every stairwell."""

    posted_on = DayField(label=_("张贴日期"))
    place = forms.CharField(label=_("张贴位置"), max_length=120, initial=_("门洞口、小区公告栏"))
    load_kg = forms.IntegerField(label=_("载重（千克）"), min_value=320, max_value=2500, required=False, initial=630)


class AllDiariesForm(DiaryForm):
    """One entry for every site of the lot."""
