"""What is filled in about people's own data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.standards import PrivacyStandard

LONGEST_TEXT = 2_000
LONGEST_NAME = 40


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, picked from the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


def name_field(label: Any, hint: Any) -> forms.CharField:
    """A name or number that is not always needed."""
    return forms.CharField(label=label, max_length=LONGEST_NAME, required=False, help_text=hint)


def text_field(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=widget, **kwargs)


class PersonForm(forms.Form):
    """Whom it is about: sent by POST, so that no name or number stands in an address or a log."""

    person = forms.CharField(label=_("哪位居民"), max_length=60, help_text=_("姓名、电话或证件号，要写全"))


class ConsentForm(forms.Form):
    """A consent as it was given."""

    purpose = forms.ChoiceField(label=_("同意什么"))
    given_on = day_field(_("同意日期"))
    given_by = forms.ChoiceField(
        label=_("谁同意的"), choices=Consent.By.choices, widget=forms.RadioSelect, initial=Consent.By.SELF
    )
    guardian = name_field(_("监护人姓名"), _("由监护人同意的才填"))
    evidence = forms.ChoiceField(
        label=_("凭据"), choices=Consent.Evidence.choices, widget=forms.RadioSelect, initial=Consent.Evidence.PAPER
    )
    evidence_number = name_field(_("同意书编号"), _("纸质同意书右上角的编号"))

    def __init__(self, *args: Any, book: PrivacyStandard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            ("", _("选一项")),
            *((one.key, one.name) for one in book.consents.values()),
        ]


class BasisForm(forms.Form):
    """By what right someone's data are kept."""

    basis = forms.ChoiceField(label=_("处理依据"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, book: PrivacyStandard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{one.name}（{one.law.value} {one.law.clause}）") for one in book.bases.values()
        ]


class RequestForm(forms.Form):
    """What someone asks about their own data."""

    kind = forms.ChoiceField(label=_("请求什么"), choices=DataRequest.Kind.choices, widget=forms.RadioSelect)
    asked_on = day_field(_("提出日期"))
    channel = forms.ChoiceField(label=_("怎么提出的"), choices=DataRequest.Channel.choices)
    asked_by = forms.ChoiceField(label=_("谁提出的"), choices=DataRequest.By.choices)
    asker = name_field(_("提出人姓名"), _("不是本人提出的才填"))
    words = text_field(_("请求内容"), required=False, help_text=_("要更正什么、想了解什么"))
    checked = forms.BooleanField(label=_("已经核对过提出人的身份"))


class OwnWordsForm(forms.Form):
    """What someone says of their own data, on their own page; nothing where the question says it all."""

    words = text_field(_("写在这里"), rows=4)

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if example:
            self.fields["words"].help_text = example
        else:
            del self.fields["words"]


class AnswerForm(forms.Form):
    """An answer, or the reason of a refusal."""

    answer = text_field(_("答复"), rows=4, help_text=_("写给本人看"))


class CopyForm(forms.Form):
    """How a copy is handed over."""

    form = forms.ChoiceField(
        label=_("交付方式"),
        choices=[
            ("phone", _("本人在自己的手机上看，您看不到内容")),
            ("page", _("网页，可以打印")),
            ("xlsx", _("Excel 文件")),
        ],
        widget=forms.RadioSelect,
    )


class EraseForm(forms.Form):
    """Why someone is erased."""

    ground = forms.ChoiceField(label=_("为什么删除"), widget=forms.RadioSelect)
    sure = forms.BooleanField(label=_("我知道删除以后恢复不了"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(ground.value, ground.label) for ground in Ground]  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """Why, and till when, nothing is erased."""

    reason = text_field(_("原因"), help_text=_("哪个案件、哪份文书、哪条规定"))
    until = day_field(_("到哪天为止"))


class RestrictionForm(forms.Form):
    """Why somebody's data are kept and not used."""

    reason = text_field(_("原因"), help_text=_("本人怎么说的；封存起来，只有个人信息保护负责人看得到"))


class AssessmentForm(forms.Form):
    """An impact assessment, in the parts that the law names."""

    path = forms.ChoiceField(label=_("哪里"))
    title = forms.CharField(label=_("名称"), max_length=80)
    trigger = forms.ChoiceField(label=_("为什么要评估"), choices=ImpactAssessment.Trigger.choices)
    purpose = text_field(_("目的和方式"), help_text=_("处理哪些信息、为了什么、怎么处理"))
    necessity = text_field(_("是否合法、正当、必要"), help_text=_("依据哪条规定；少处理一项行不行"))
    risks = text_field(_("对个人权益的影响和安全风险"))
    measures = text_field(_("保护措施"), help_text=_("是否合法、有效，和风险相不相称"))
    decision = forms.ChoiceField(label=_("结论"), choices=ImpactAssessment.Decision.choices, widget=forms.RadioSelect)
    decided_on = day_field(_("评估日期"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = places  # type: ignore[attr-defined]
