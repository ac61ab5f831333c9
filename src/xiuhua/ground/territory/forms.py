"""Forms of the territory: what is asked; what may be answered the rules decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.standards import Figure, on
from xiuhua.ground.territory.actions.correcting import facts_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Building, Household, Resident, Sex, Use
from xiuhua.ground.territory.names import resident_name
from xiuhua.ground.territory.rules import BuildingFacts, HouseholdFacts, PersonTold, purposes_offered, room_as_told
from xiuhua.ground.territory.rules.figures import takes_fractions
from xiuhua.ground.territory.valued import unit_of, value_in_words
from xiuhua.ground.words import gettext


def purposes() -> list[tuple[str, str]]:
    """What a file may be opened for."""
    return [(key, purpose.name) for key, purpose in on(today()).privacy.purposes.items()]


def bases() -> list[tuple[str, str]]:
    """By what right a person's data may be kept."""
    return [(key, basis.name) for key, basis in on(today()).privacy.bases.items()]


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class OpenFileForm(forms.Form):
    """For what a file is opened."""

    purpose = forms.ChoiceField(
        label=_("为什么要看"),
        choices=purposes,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("补充说明"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可以不填。写了就封存在留痕里，只有查留痕的人看得到。"),
    )

    def __init__(self, *args: Any, kept_only: bool = False, some_kept_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kept_only:
            offered = purposes_offered(on(today()).privacy.purposes, kept_only=True)
            self.fields["purpose"].widget.choices = [(one.key, one.name) for one in offered]
        if kept_only or some_kept_only:
            self.fields["note"].help_text = _(
                "要打开只存不用的人，写清楚是哪条职责、谁的申请或什么情况。会封存在留痕里。"
            )


class PersonForm(forms.Form):
    """A person, as they are told."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    id_number = forms.CharField(
        label=_("证件号"), max_length=40, required=False, help_text=_("18 位；有证件号，出生日期和性别就不用填")
    )
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, widget=forms.RadioSelect, required=False)
    birth_date = _day(label=_("出生日期"), required=False)
    phone = forms.CharField(
        label=_("电话"), max_length=40, required=False, help_text=_("手机 11 位，或座机如 021-62540000")
    )
    basis = forms.ChoiceField(label=_("处理依据"), choices=bases, help_text=_("凭哪一条职责或同意保存这个人的信息"))

    @classmethod
    def of(cls, resident: Resident, data: Any = None) -> PersonForm:
        """The form with what is on record: only for a reader to whom the file is open."""
        facts = asdict(facts_of(resident))
        return cls(data, initial={name: facts[name] for name in cls.base_fields})

    def told(self) -> PersonTold:
        """What the action is given."""
        return PersonTold(**self.cleaned_data)


class MoveOutForm(forms.Form):
    """When somebody moved out, and what is to be remembered of it."""

    moved = _day(label=_("哪天迁出的"), initial=today)
    note = forms.CharField(
        label=_("说明"), required=False, max_length=200, help_text=_("可以不填，例如搬去哪里、过世；封存在留痕里")
    )


class HouseholdForm(forms.Form):
    """A household's room, floor, area and tenure."""

    room = forms.CharField(label=_("室号"), max_length=20)
    floor = forms.IntegerField(label=_("楼层"))
    living_area_m2 = forms.FloatField(label=_("住房面积（平方米）"), required=False)
    tenure = forms.CharField(label=_("住房来源"), max_length=20, required=False, help_text=_("例如购买、租赁"))

    @classmethod
    def of(cls, household: Household, data: Any = None) -> HouseholdForm:
        """The form with what is on record."""
        return cls(data, initial={name: getattr(household, name) for name in cls.base_fields})

    def facts(self) -> HouseholdFacts:
        """What the action is given."""
        return HouseholdFacts(**{**self.cleaned_data, "room": room_as_told(self.cleaned_data["room"])})


class BuildingForm(forms.Form):
    """What is on record of a building."""

    name = forms.CharField(label=_("楼栋名称"), max_length=120, required=False)
    quarter = forms.CharField(label=_("小区"), max_length=60, required=False)
    use = forms.ChoiceField(label=_("用途"), choices=Use.choices)
    levels = forms.FloatField(label=_("层数"))
    floor_area_m2 = forms.FloatField(label=_("建筑面积（平方米）"))
    year_built = forms.IntegerField(label=_("建成年份"), required=False)
    structure = forms.CharField(label=_("结构"), max_length=20, required=False)

    @classmethod
    def of(cls, building: Building, data: Any = None) -> BuildingForm:
        """The form with what is on record."""
        return cls(data, initial={name: getattr(building, name) for name in cls.base_fields})

    def facts(self) -> BuildingFacts:
        """What the action is given."""
        return BuildingFacts(**self.cleaned_data)


class ConfirmForm(forms.Form):
    """Which household, and who of those on record there."""

    household = forms.ModelChoiceField(label=_("哪一户"), queryset=Household.objects.none())
    resident = forms.ModelChoiceField(
        label=_("是档案里的哪一位"),
        queryset=Resident.objects.none(),
        required=False,
        blank=True,
        empty_label=_("档案里还没有这个人"),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("说明"), required=False, max_length=200)

    def __init__(self, data: Any, households: Any, residents: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["household"].queryset = households  # type: ignore[attr-defined]
        self.fields["household"].label_from_instance = lambda row: row.address  # type: ignore[attr-defined]
        self.fields["resident"].queryset = residents  # type: ignore[attr-defined]
        self.fields["resident"].label_from_instance = _with_age  # type: ignore[attr-defined]


def _with_age(resident: Resident) -> str:
    """A masked name with the age, which tells two of one family name apart."""
    said = {"name": resident_name(resident), "age": resident.age_on(today())}
    return gettext("%(name)s，%(age)s 岁") % said


class ReasonForm(forms.Form):
    """Why something is refused."""

    note = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("申请人会看到这句话；不要写别人的信息"),
    )


class CommitteeForm(forms.Form):
    """Which committee one lives in."""

    committee = forms.ChoiceField(label=_("居委会"))

    def __init__(self, data: Any, committees: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["committee"].choices = [("", _("请选")), *committees]  # type: ignore[attr-defined]


class StairwellForm(forms.Form):
    """Which stairwell one lives in."""

    stairwell = forms.ChoiceField(label=_("门牌号"))

    def __init__(self, data: Any, stairwells: Iterable[tuple[str, list[tuple[str, str]]]]) -> None:
        super().__init__(data)
        self.fields["stairwell"].choices = [("", _("请选")), *stairwells]  # type: ignore[attr-defined]


class RoomForm(forms.Form):
    """Which room one lives in."""

    room = forms.CharField(label=_("室号"), max_length=20, help_text=_("例如 501"))


class OwnNameForm(forms.Form):
    """What one is called."""

    name = forms.CharField(label=_("姓名"), max_length=40, help_text=_("和身份证上一样"))


class FigureForm(forms.Form):
    """What a figure is to be, and why."""

    reason = forms.CharField(
        label=_("为什么"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如哪次会议定的，和谁商量过。封存在留痕里，查留痕的人看得到。"),
    )
    field_order = ["value", "reason"]

    @classmethod
    def of(cls, key: str, figure: Figure, data: Any = None) -> FigureForm:
        """The form for one figure, as it stands."""
        form = cls(data)
        form.fields["value"] = _value_field(key, figure)
        form.order_fields(cls.field_order)
        return form


def _value_field(key: str, figure: Figure) -> forms.Field:
    label = gettext("定成")
    if isinstance(figure.value, bool | str):
        words = [(str(value), value_in_words(key, value)) for value in figure.own]
        taken = {str(value): value for value in figure.own}
        return forms.TypedChoiceField(
            label=label,
            choices=words,
            coerce=taken.__getitem__,
            initial=str(figure.value),
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": gettext("没有这个选项")},
        )
    bounds = {"least": figure.own[0], "most": figure.own[1], "unit": unit_of(key)}
    hint = (gettext("可以填 %(least)s～%(most)s %(unit)s") % bounds).rstrip()
    if takes_fractions(figure):
        return forms.FloatField(
            label=label,
            initial=figure.value,
            widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            help_text=hint,
            error_messages={"invalid": gettext("请填一个数")},
        )
    return forms.IntegerField(
        label=label,
        initial=figure.value,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=hint,
        error_messages={"invalid": gettext("请填一个整数")},
    )
