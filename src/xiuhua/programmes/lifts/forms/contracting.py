"""Forms about firms, quotes, permits and notices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.forms import PhotosField
from xiuhua.programmes.lifts.forms.dossiers import LiftForm
from xiuhua.programmes.lifts.forms.fields import DayField, ScanField
from xiuhua.programmes.lifts.forms.yuan import YuanField
from xiuhua.programmes.lifts.models import Contractor
from xiuhua.programmes.lifts.rules.contractors import ContractorFacts, QuoteFacts


class ContractorForm(LiftForm):
    """A firm of the list."""

    kind = forms.ChoiceField(label=_("做什么"), choices=Contractor.Kind.choices)
    name = forms.CharField(label=_("单位名称"), max_length=60, help_text=_("照营业执照写全称"))
    phone = forms.CharField(label=_("电话"), max_length=20, help_text=_("单位的，不填个人的"))
    licence = forms.CharField(label=_("资质证书编号"), max_length=60, required=False)
    entered_on = DayField(label=_("列入日期"))

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        said = {name: self.cleaned_data[name] for name in ("kind", "name", "phone", "licence")}
        return {"facts": ContractorFacts(**said), "entered_on": self.cleaned_data["entered_on"]}


class DropForm(LiftForm):
    """Why a firm goes off the list, and when."""

    on = DayField(label=_("哪天起"))
    reason = forms.CharField(label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class FirmField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """A firm, by its name and what it does."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, and what it does."""
        return f"{obj.name}（{obj.get_kind_display()}）"


class QuoteForm(LiftForm):
    """What a firm asks."""

    contractor = FirmField(label=_("单位"), queryset=Contractor.objects.none())
    price_fen = YuanField(label=_("总价（元）"))
    days = forms.IntegerField(label=_("工期（天）"))
    warranty_months = forms.IntegerField(label=_("质保（月）"), initial=24)
    quoted_on = DayField(label=_("报价日期"))
    file = ScanField(label=_("报价单"), required=False, help_text=_("PDF 或照片"))

    def __init__(self, data: Any = None, files: Any = None, *, firms: Any) -> None:
        super().__init__(data, files)
        field = self.fields["contractor"]
        assert isinstance(field, FirmField)
        field.queryset = firms

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        said = self.cleaned_data
        return {
            "contractor": said["contractor"],
            "facts": QuoteFacts(said["price_fen"], said["days"], said["warranty_months"]),
            "quoted_on": said["quoted_on"],
            "file": said["file"],
        }


class ChooseForm(LiftForm):
    """Why this firm."""

    on = DayField(label=_("选定日期"))
    because = forms.CharField(
        label=_("为什么选它"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写进档案，居民会问。例如：工期最短，楼里有坐轮椅的老人"),
    )


class PermitForm(LiftForm):
    """Where a permit was applied for."""

    applied_on = DayField(label=_("送审日期"))
    authority = forms.CharField(label=_("送到哪里"), max_length=60, help_text=_("例如：区规划资源局"))
    receipt = forms.CharField(label=_("受理编号"), max_length=60, required=False)


class NoticeForm(LiftForm):
    """Where and when a notice is posted, and what it says of the lift."""

    posted_on = DayField(label=_("张贴日期"))
    place = forms.CharField(label=_("张贴位置"), max_length=120)
    stops = forms.IntegerField(label=_("站数"), min_value=2, max_value=20)
    load_kg = forms.IntegerField(label=_("载重（千克）"), min_value=320, max_value=2500, required=False)
    photos = PhotosField(label=_("张贴照片"), required=False, help_text=_("也可以贴好以后再传"))


class TakeDownForm(LiftForm):
    """Why a notice comes down before its days are over."""

    on = DayField(label=_("撤下日期"))
    because = forms.CharField(label=_("为什么撤下"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class PhotosForm(LiftForm):
    """Photographs of the notice as it hangs."""

    photos = PhotosField(label=_("照片"))
