"""Forms of the money after the shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.territory.days import today
from xiuhua.programmes.lifts import queries_shares
from xiuhua.programmes.lifts.forms.fields import DayField, ScanField
from xiuhua.programmes.lifts.forms.yuan import YuanField
from xiuhua.programmes.lifts.models import Dossier, Flat, Payment, Scheme
from xiuhua.programmes.lifts.rules.money import Part

MOST_PARTS = 4
"""Instalments that the form has room for."""


class OfAFlat(forms.Form):
    """A deed of one household of a stairwell."""

    flat = forms.ModelChoiceField(label=_("哪一户"), queryset=Flat.objects.none(), empty_label=None)

    def __init__(self, data: Any = None, files: Any = None, *, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        flats: Any = self.fields["flat"]
        flats.queryset = dossier.flats.order_by("-floor", "room")
        flats.label_from_instance = lambda flat: _("%(room)s 室") % {"room": flat.room}


class SignForm(OfAFlat):
    """That a household has signed."""

    on = DayField(label=_("签字日期"), initial=today)
    paper = ScanField(label=_("签好的协议（扫描或照片）"), required=False)


class PaymentForm(OfAFlat):
    """Money of a household, in or back."""

    amount_fen = YuanField(label=_("金额（元）"))
    on = DayField(label=_("日期"), initial=today)
    way = forms.ChoiceField(label=_("方式"), choices=Payment.Way.choices)


class PlanForm(forms.Form):
    """Instalments: what each waits for, percent, and by when."""

    def __init__(self, data: Any = None, *, scheme: Scheme) -> None:
        super().__init__(data)
        plan = queries_shares.plan_of(scheme)
        for at in range(1, MOST_PARTS + 1):
            part = plan[at - 1] if at <= len(plan) else None
            number = {"number": at}
            self.fields[f"words_{at}"] = forms.CharField(
                label=_("第 %(number)s 期：什么时候付") % number,
                max_length=30,
                required=False,
                initial=part and part.words,
            )
            self.fields[f"percent_{at}"] = forms.IntegerField(
                label=_("百分之几"), required=False, min_value=0, max_value=100, initial=part and part.percent
            )
            self.fields[f"due_{at}"] = DayField(label=_("最晚"), required=False, initial=part and part.due_on)

    def told(self) -> dict[str, Any]:
        """The parts that were filled in."""
        told = self.cleaned_data
        return {
            "parts": [
                Part(told[f"words_{at}"], told[f"percent_{at}"], told[f"due_{at}"])
                for at in range(1, MOST_PARTS + 1)
                if told.get(f"percent_{at}")
            ]
        }


class SettleForm(forms.Form):
    """The final cost."""

    total_fen = YuanField(label=_("结算总价（元）"))
    subsidy_fen = YuanField(label=_("实际到账的补贴（元）"))
    on = DayField(label=_("结算日期"), initial=today)


class StrikeForm(forms.Form):
    """Why an entry of money is struck out."""

    reason = forms.CharField(label=_("为什么作废"), max_length=120)
