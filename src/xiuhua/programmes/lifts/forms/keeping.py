"""Forms about the site, the lift itself, its faults and its account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.forms import PhotosField
from xiuhua.programmes.lifts.forms.contracting import FirmField
from xiuhua.programmes.lifts.forms.dossiers import LiftForm
from xiuhua.programmes.lifts.forms.fields import DayField, ScanField
from xiuhua.programmes.lifts.forms.yuan import YuanField
from xiuhua.programmes.lifts.models import Contractor, DiaryEntry, Fault, FeeLine
from xiuhua.programmes.lifts.rules.faults import FaultFacts
from xiuhua.programmes.lifts.rules.units import UnitFacts, UpkeepFacts

WRITTEN = [(kind.value, kind.label) for kind in DiaryEntry.Kind if kind != DiaryEntry.Kind.DELAY]


class MomentField(forms.DateTimeField):
    """A day with its time, picked by the browser's own."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)


class DiaryForm(LiftForm):
    """What was done on the site."""

    kind = forms.ChoiceField(label=_("记什么"), choices=WRITTEN, widget=forms.RadioSelect, initial="work")
    on = DayField(label=_("日期"))
    words = forms.CharField(
        label=_("写一句"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：基坑开挖 1.2 米，没有碰到管线"),
    )
    photos = PhotosField(label=_("照片"), required=False)


class DelayForm(LiftForm):
    """Why it takes longer, and until when."""

    on = DayField(label=_("哪天知道的"))
    until_on = DayField(label=_("改到哪天完工"))
    reason = forms.CharField(label=_("原因"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    photos = PhotosField(label=_("照片"), required=False)


class UnitForm(LiftForm):
    """The lift as it is registered for use."""

    brand = forms.CharField(label=_("品牌型号"), max_length=60)
    load_kg = forms.IntegerField(label=_("载重（千克）"), initial=630)
    stops = forms.IntegerField(label=_("站数"))
    maker_number = forms.CharField(label=_("出厂编号"), max_length=40)
    registration = forms.CharField(label=_("使用登记证编号"), max_length=40, help_text=_("例如：梯11沪B00417(23)"))
    on = DayField(label=_("登记日期"))
    serves_wheelchair = forms.BooleanField(
        label=_("楼内有居民须坐轮椅出行"), required=False, help_text=_("停运时先办；不写是谁")
    )

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        said = dict(self.cleaned_data)
        return {"on": said.pop("on"), "facts": UnitFacts(**said)}


class UpkeepForm(LiftForm):
    """A contract of upkeep."""

    firm = FirmField(label=_("维保单位"), queryset=Contractor.objects.none())
    from_on = DayField(label=_("从哪天起"))
    until_on = DayField(label=_("到哪天止"))
    price_fen = YuanField(label=_("每年维保费（元）"))
    household_fen = YuanField(label=_("每户每月（元）"), help_text=_("电费、维保、检验都算在内，居民约定的数"))
    file = ScanField(label=_("合同"), required=False, help_text=_("PDF 或照片"))

    def __init__(self, data: Any = None, files: Any = None, *, firms: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, files, initial=initial)
        field = self.fields["firm"]
        assert isinstance(field, FirmField)
        field.queryset = firms

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        said = dict(self.cleaned_data)
        return {"firm": said.pop("firm"), "file": said.pop("file"), "facts": UpkeepFacts(**said)}


class ServiceForm(LiftForm):
    """That the firm was there."""

    on = DayField(label=_("日期"))
    found = forms.CharField(label=_("情况"), max_length=200, required=False, help_text=_("例如：门机皮带已调"))


class InspectionForm(LiftForm):
    """How a periodic inspection came out."""

    on = DayField(label=_("日期"))
    passed = forms.ChoiceField(
        label=_("结论"), choices=[("yes", _("合格")), ("no", _("不合格"))], widget=forms.RadioSelect, initial="yes"
    )
    number = forms.CharField(label=_("报告编号"), max_length=60)
    file = ScanField(label=_("检验报告"), required=False, help_text=_("PDF 或照片"))

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        return {**self.cleaned_data, "passed": self.cleaned_data["passed"] == "yes"}


class FaultForm(LiftForm):
    """A fault as somebody reports it."""

    what = forms.ChoiceField(
        label=_("怎么了"),
        choices=[("trapped", _("有人被困")), ("stopped", _("停运")), ("lesser", _("还能用，有毛病"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("写一句"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：关门时有异响"),
    )
    at = MomentField(label=_("什么时候发生的"))

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        what = self.cleaned_data["what"]
        facts = FaultFacts(
            trapped=what == "trapped", stopped=what in ("trapped", "stopped"), words=self.cleaned_data["words"]
        )
        return {"facts": facts, "at": self.cleaned_data["at"]}


class AnswerForm(LiftForm):
    """When somebody came."""

    arrived_at = MomentField(label=_("几点到场的"))


class CloseForm(LiftForm):
    """What it was, and when it was mended."""

    closed_at = MomentField(label=_("几点修好的"))
    cause = forms.ChoiceField(label=_("原因"), choices=[("", "—"), *Fault.Cause.choices])
    found = forms.CharField(
        label=_("怎么修的"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class FeeForm(LiftForm):
    """A line of the account."""

    kind = forms.ChoiceField(label=_("项目"), choices=FeeLine.Kind.choices)
    on = DayField(label=_("日期"))
    amount_fen = YuanField(label=_("金额（元）"), help_text=_("都填正数，收还是支由项目定"))
    words = forms.CharField(label=_("说明"), max_length=80, required=False, help_text=_("例如：7 月电费 354 度"))
    receipt = ScanField(label=_("票据"), required=False, help_text=_("PDF 或照片"))


class PhoneDiaryForm(DiaryForm):
    """The same on the phone, which asks for the stairwell first."""

    site = forms.ChoiceField(label=_("哪个门洞"))
    field_order = ("site", "kind", "words", "photos", "on")

    def __init__(
        self, data: Any = None, files: Any = None, *, sites: Any, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files, initial=initial)
        field = self.fields["site"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), one.address) for one in sites]

    def told(self) -> dict[str, Any]:
        """What the verb is given besides the stairwell."""
        return {name: value for name, value in self.cleaned_data.items() if name != "site"}
