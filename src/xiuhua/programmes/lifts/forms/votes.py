"""Forms about votes, mandates, objections and mediation."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.forms import PhotosField
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts.forms.fields import AreaField, DayField, ScanField
from xiuhua.programmes.lifts.models import Choice, Dossier, Mediation, Scheme
from xiuhua.programmes.lifts.rules import mandates
from xiuhua.programmes.lifts.rules.mandates import MandateTold
from xiuhua.programmes.lifts.rules.votes import Tally, Weight

Options = Sequence[tuple[Any, Any]]


class _Form(forms.Form):
    """Labels without a colon."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, label_suffix="", **kwargs)

    def offer(self, name: str, options: Options) -> None:
        """What a field lets one choose from."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(options)


class OpenVoteForm(_Form):
    """What is voted on, about which draft, and until when."""

    question = forms.CharField(label=_("表决事项"), max_length=60)
    scheme = forms.ChoiceField(label=_("按哪一稿方案和分摊"), required=False)
    opens_on = DayField(label=_("开始日期"))
    closes_on = DayField(label=_("截止日期"))
    closes_at = forms.TimeField(
        label=_("几点截止"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=time(18, 0)
    )

    anyway = forms.BooleanField(label=_("仍然现在表决"))

    def __init__(
        self, data: Any = None, *, schemes: Sequence[Scheme], least_days: int, still_open: Sequence[str] = ()
    ) -> None:
        super().__init__(data)
        if still_open:
            self.fields["anyway"].help_text = gettext("还没过：%(gates)s。邻居这时投，定的是还没说清的事。") % {
                "gates": gettext("、").join(still_open)
            }
        else:
            del self.fields["anyway"]
        self.schemes = {str(one.pk): one for one in schemes}
        told = [(key, gettext("第 %(number)s 稿") % {"number": one.number}) for key, one in self.schemes.items()]
        self.offer("scheme", told or [("", gettext("还没有定稿"))])
        self.fields["question"].initial = gettext("同意装这部电梯吗？")
        self.fields["opens_on"].initial = today()
        self.fields["closes_on"].initial = today() + timedelta(days=least_days + 3)
        self.fields["scheme"].initial = next(iter(self.schemes), "")

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        data = self.cleaned_data
        closes = datetime.combine(data["closes_on"], data["closes_at"])
        return {
            "question": data["question"],
            "opens_on": data["opens_on"],
            "closes_at": timezone.make_aware(closes),
            "scheme": self.schemes.get(data["scheme"]),
        }


class PaperBallotForm(_Form):
    """What stands on a ballot on paper, and its photograph."""

    choice = forms.ChoiceField(label=_("纸质票上写的"), choices=Choice.choices, widget=forms.RadioSelect)
    photo = PhotosField(label=_("选票照片"), required=False, help_text=_("拍清签名；存进去以后，谁也不再看到"))
    by_mandate = forms.ChoiceField(label=_("谁签的"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, holders: Sequence[Any]) -> None:
        super().__init__(data, files)
        self.holders = {str(row.pk): row for row in holders}
        if not holders:
            del self.fields["by_mandate"]
            return
        self.offer(
            "by_mandate",
            [
                ("", gettext("业主本人")),
                *((key, gettext("受托人 %(name)s") % {"name": row.name}) for key, row in self.holders.items()),
            ],
        )

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        data = self.cleaned_data
        photos = data["photo"]
        return {
            "choice": data["choice"],
            "photo": photos[0] if photos else None,
            "by_mandate": self.holders.get(data.get("by_mandate", "")),
        }


class PastVoteForm(_Form):
    """Sums of a vote that was held on paper."""

    question = forms.CharField(label=_("表决事项"), max_length=60, required=False)
    on = DayField(label=_("表决日期"))
    all_area = AreaField(label=_("全体面积（平方米）"), required=True)
    all_heads = forms.IntegerField(label=_("全体人数"), min_value=1)
    part_area = AreaField(label=_("参与面积（平方米）"), required=True)
    part_heads = forms.IntegerField(label=_("参与人数"), min_value=0)
    agree_area = AreaField(label=_("同意面积（平方米）"), required=True)
    agree_heads = forms.IntegerField(label=_("同意人数"), min_value=0)
    against_area = AreaField(label=_("不同意面积（平方米）"), required=True)
    against_heads = forms.IntegerField(label=_("不同意人数"), min_value=0)
    file = ScanField(label=_("表决存档的扫描件"), required=False)

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        data = self.cleaned_data
        sums = [Weight(data[f"{name}_area"], data[f"{name}_heads"]) for name in ("all", "part", "agree", "against")]
        return {"question": data["question"], "on": data["on"], "tally": Tally(*sums), "file": data["file"]}


class ReasonForm(_Form):
    """Why something is called off."""

    reason = forms.CharField(label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), required=False)


class MandateForm(_Form):
    """Who acts for which owner, for what, until when, by which document."""

    owner = forms.ChoiceField(label=_("哪位业主"))
    name = forms.CharField(label=_("受托人"), max_length=40)
    phone = forms.CharField(label=_("受托人电话"), max_length=20)
    relation = forms.CharField(label=_("是业主的什么人"), max_length=20, required=False)
    covers = forms.MultipleChoiceField(
        label=_("可以代办"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(mandates.VOTE, _("投票")), (mandates.SIGN, _("签分摊协议")), (mandates.SEE, _("查看和报修"))],
    )
    given_on = DayField(label=_("委托日期"))
    until = DayField(label=_("到哪天止"))
    file = ScanField(label=_("委托书"), required=False, help_text=_("签了字的委托书，拍照或扫描"))

    def __init__(self, data: Any = None, files: Any = None, *, dossier: Dossier) -> None:
        super().__init__(data, files)
        owners = dossier.owners.filter(ownerships__isnull=False).distinct().prefetch_related("flats")
        self.owners = {str(row.pk): row for row in owners}
        told = (
            (key, f"{gettext('、').join(flat.room for flat in row.flats.all())} {row.name}")
            for key, row in self.owners.items()
        )
        self.offer("owner", sorted(told, key=lambda pair: pair[1]))
        self.fields["given_on"].initial = today()
        self.fields["until"].initial = today() + timedelta(days=180)
        self.fields["covers"].initial = [mandates.VOTE]

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        data = self.cleaned_data
        told = MandateTold(
            data["name"], data["phone"], data["covers"], data["given_on"], data["until"], data["relation"]
        )
        return {"owner": self.owners[data["owner"]], "told": told, "file": data["file"]}


class ObjectionForm(_Form):
    """What a household objects to."""

    flat = forms.ChoiceField(label=_("哪一户"), required=False)
    words = forms.CharField(label=_("异议内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    raised_on = DayField(label=_("提出日期"))

    def __init__(self, data: Any = None, *, dossier: Dossier) -> None:
        super().__init__(data)
        self.flats = {str(row.pk): row for row in dossier.flats.order_by("room")}
        self.offer(
            "flat", [("", gettext("没有写名，或几户一起")), *((key, row.room) for key, row in self.flats.items())]
        )
        self.fields["raised_on"].initial = today()

    def told(self) -> dict[str, Any]:
        """What the verb is given."""
        data = self.cleaned_data
        return {"words": data["words"], "raised_on": data["raised_on"], "flat": self.flats.get(data["flat"])}


class AnswerForm(_Form):
    """The written answer to an objection."""

    answer = forms.CharField(label=_("书面答复"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))
    answered_on = DayField(label=_("答复日期"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["answered_on"].initial = today()


class MediationForm(_Form):
    """The record of a mediation."""

    on = DayField(label=_("调解日期"))
    mediator = forms.CharField(label=_("主持人"), max_length=40)
    households = forms.IntegerField(label=_("到场几户"), min_value=1)
    outcome = forms.ChoiceField(label=_("结果"), choices=Mediation.Outcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("调解记录"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))
    file = ScanField(label=_("签了字的调解书"), required=False)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["on"].initial = today()
