"""Forms about who accompanies a stairwell, and about the centres."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.accounts.models import User
from xiuhua.programmes.lifts.forms.dossiers import LiftForm
from xiuhua.programmes.lifts.forms.fields import DayField
from xiuhua.programmes.lifts.models import Dossier, Flat, TeamMember
from xiuhua.programmes.lifts.rules.centres import CentreFacts
from xiuhua.programmes.lifts.rules.team import MemberFacts


class MemberForm(LiftForm):
    """Somebody who joins the team of a stairwell."""

    part = forms.ChoiceField(label=_("角色"), choices=TeamMember.Part.choices, widget=forms.RadioSelect)
    user = forms.ChoiceField(
        label=_("哪位专员"), required=False, help_text=_("括号里是现在跟着几个门洞；只有专员要选。")
    )
    flat = forms.ModelChoiceField(
        Flat.objects.none(), label=_("住在几室"), required=False, empty_label=_("不是邻居"), help_text=_("邻居要选。")
    )
    name = forms.CharField(
        label=_("称呼"), max_length=40, required=False, help_text=_("专员按账号上的姓名，可以不填。")
    )
    phone = forms.CharField(label=_("电话"), max_length=20, required=False, help_text=_("本门洞的居民看得到。"))
    trade = forms.CharField(
        label=_("做什么"), max_length=30, required=False, help_text=_("专业人员写，例如：设计、法律、管线")
    )
    since = DayField(label=_("从哪天起"))

    def __init__(
        self,
        dossier: Dossier,
        data: Any = None,
        *,
        coordinators: Sequence[tuple[User, int]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"part": TeamMember.Part.NEIGHBOUR, **(initial or {})})
        self.coordinators = {str(user.pk): user for user, _carried in coordinators}
        user, flat = self.fields["user"], self.fields["flat"]
        assert isinstance(user, forms.ChoiceField)
        assert isinstance(flat, forms.ModelChoiceField)
        named = [(str(one.pk), f"{one.name}（{carried}）") for one, carried in coordinators]
        user.choices = [("", _("不是专员")), *named]
        flat.queryset = dossier.flats.order_by("floor", "room")

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it: of a coordinator only the account, of others what fits their part."""
        said = self.cleaned_data
        part = said["part"]
        user = self.coordinators.get(said["user"]) if part == "coordinator" else None
        flat = said["flat"] if part == "neighbour" else None
        facts = MemberFacts(
            part,
            said["name"].strip() or (user.name if user else ""),
            has_account=user is not None,
            has_flat=flat is not None,
            phone=said["phone"],
        )
        return {"facts": facts, "since": said["since"], "user": user, "flat": flat, "trade": said["trade"]}


class CentreForm(LiftForm):
    """A centre that opens; everybody reads what is said of it."""

    path = forms.ChoiceField(label=_("在哪里"))
    name = forms.CharField(label=_("名称"), max_length=60, required=False)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)
    hours = forms.CharField(label=_("接待时间"), max_length=60, required=False)
    opened_on = DayField(label=_("开办日期"))

    def __init__(self, data: Any = None, *, places: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["path"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(places)

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        said = self.cleaned_data
        facts = CentreFacts(said["name"], said["address"], said["phone"], said["hours"])
        return {"path": said["path"], "facts": facts, "opened_on": said["opened_on"]}


class CloseForm(LiftForm):
    """On which day a centre closed."""

    closed_on = DayField(label=_("撤并日期"))
