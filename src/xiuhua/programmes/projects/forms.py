"""Forms of the project list."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.forms import PhotosField
from xiuhua.ground.standards import Standards
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.forms import Part
from xiuhua.ground.words import gettext
from xiuhua.programmes.projects.rules import ProjectFacts

PARTS = [
    Part(_("做什么"), ["name", "action", "summary"]),
    Part(
        _("在哪里"), [("path", "place"), ("lon", "lat")], hint=_("在旁边的地图上点一下，经纬度就填好了；不知道就空着。")
    ),
    Part(_("谁牵头、花多少、什么时候"), [("owner_section", "owner_committee"), ("budget_fen", "starts_on", "ends_on")]),
    Part(_("对外介绍"), ["public_words"], hint=_("居民会看到的话：不写个人信息。由另一位同事看过再公开。")),
]


class YuanField(forms.DecimalField):
    """An amount typed in yuan and kept in fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Any:
        """Whole fen."""
        amount: Decimal | None = super().clean(value)
        return None if amount is None else int(amount * 100)

    def prepare_value(self, value: Any) -> Any:
        """Yuan, of what is kept in fen."""
        return Decimal(value) / 100 if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day, picked by the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ProjectForm(forms.Form):
    """What is said of a project."""

    name = forms.CharField(label=_("项目名称"), max_length=60)
    action = forms.ChoiceField(label=_("行动"))
    summary = forms.CharField(label=_("做什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    path = forms.ChoiceField(label=_("在哪里"))
    place = forms.CharField(label=_("地点"), max_length=120)
    lon = forms.FloatField(label=_("经度"), required=False, widget=forms.NumberInput(attrs={"step": "any"}))
    lat = forms.FloatField(label=_("纬度"), required=False, widget=forms.NumberInput(attrs={"step": "any"}))
    owner_section = forms.ChoiceField(label=_("牵头科室"), required=False)
    owner_committee = forms.ChoiceField(label=_("牵头居委会"), required=False)
    budget_fen = YuanField(label=_("预算（元）"), required=False)
    starts_on = DayField(label=_("计划开工"), required=False)
    ends_on = DayField(label=_("计划完成"), required=False)
    public_words = forms.CharField(
        label=_("对外介绍"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        data: Any = None,
        *,
        book: Standards,
        whole: tuple[str, str],
        committees: Mapping[str, str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, label_suffix="", initial=dict(initial or {}))
        none = ("", gettext("没有"))
        self._choices("action", [(key, one.name) for key, one in book.projects.actions.items()])
        self._choices("path", [whole, *committees.items()])
        self._choices("owner_section", [none, *((key, one.name) for key, one in book.offices.sections.items())])
        self._choices("owner_committee", [none, *committees.items()])

    def facts(self) -> ProjectFacts:
        """What was typed, as rules take it."""
        return ProjectFacts(**self.cleaned_data)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class DayForm(forms.Form):
    """On which day something happened; the field is named after what it tells."""

    def __init__(self, name: str, label: str, data: Any = None) -> None:
        super().__init__(data, label_suffix="", initial={name: today()})
        self.fields[name] = DayField(label=label)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class MilestoneForm(forms.Form):
    """A further milestone."""

    title = forms.CharField(label=_("节点"), max_length=60)
    due_on = DayField(label=_("应完成"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class MoveForm(forms.Form):
    """To which day a milestone is moved, and why."""

    due_on = DayField(label=_("改到"))
    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="", initial=dict(initial or {}))


class PhotosForm(forms.Form):
    """Photographs of the place, before, meanwhile, after."""

    photos = PhotosField(label=_("照片"))
    title = forms.CharField(label=_("说明"), max_length=120, help_text=_("照片上是什么，例如：铺装前的人行道"))

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="")
