"""Forms about flats and who owns them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.forms.dossiers import LiftForm
from xiuhua.programmes.lifts.forms.fields import AreaField, DayField
from xiuhua.programmes.lifts.models import Flat
from xiuhua.programmes.lifts.rules.flats import FlatFacts


class EveryFlatForm(LiftForm):
    """A form with one field a flat, which a page draws as a table; `row_of` finds it."""

    def __init__(self, flats: Sequence[Flat], data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        self.flats = flats
        super().__init__(data, initial=initial)
        for flat in flats:
            self.fields[self.key(flat)] = self.field_of(flat)

    @staticmethod
    def key(flat: Flat) -> str:
        """Name of a flat's field."""
        return f"flat_{flat.pk}"

    def field_of(self, flat: Flat) -> forms.Field:
        """The field of one flat."""
        raise NotImplementedError

    def rows(self) -> list[tuple[Flat, Any]]:
        """Flats with their fields, in their order."""
        return [(flat, self[self.key(flat)]) for flat in self.flats]

    def others(self) -> list[Any]:
        """Fields that are not a flat's."""
        own = {self.key(flat) for flat in self.flats}
        return [bound for bound in self.visible_fields() if bound.name not in own]


class AreasForm(EveryFlatForm):
    """The exclusive area of every flat, and the sum that the register gives."""

    source = forms.ChoiceField(label=_("面积依据"), choices=Flat.AreaSource.choices)
    total = AreaField(label=_("产证上的合计（平方米）"), help_text=_("抄产证或测绘表上的合计；填了就逐户核对。"))

    def field_of(self, flat: Flat) -> forms.Field:
        """An area in square metres."""
        return AreaField(label=flat.room, initial=flat.area_dm2)

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it; what is left empty stays as it is."""
        areas = {flat.room: self.cleaned_data[self.key(flat)] for flat in self.flats}
        return {
            "areas_dm2": {room: area for room, area in areas.items() if area is not None},
            "source": self.cleaned_data["source"],
            "total_dm2": self.cleaned_data["total"],
        }


class StancesForm(EveryFlatForm):
    """What every household wishes."""

    on = DayField(label=_("哪天问到的"))

    def field_of(self, flat: Flat) -> forms.Field:
        """One of four answers."""
        return forms.ChoiceField(
            label=flat.room, choices=Flat.Stance.choices, widget=forms.RadioSelect, initial=flat.stance
        )

    def told(self) -> dict[str, Any]:
        """The answers that have changed, as the action takes them."""
        said = {flat: self.cleaned_data[self.key(flat)] for flat in self.flats}
        changed = {flat.room: stance for flat, stance in said.items() if stance != flat.stance}
        return {"stances": changed, "on": self.cleaned_data["on"]}


class FlatForm(LiftForm):
    """A flat as its title deed has it."""

    room = forms.CharField(label=_("室号"), max_length=12)
    floor = forms.IntegerField(label=_("楼层"), min_value=1, max_value=60)
    area = AreaField(label=_("专有面积（平方米）"))
    area_source = forms.ChoiceField(
        label=_("面积依据"), required=False, choices=[("", _("还没有")), *Flat.AreaSource.choices]
    )

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        said = self.cleaned_data
        return {"facts": FlatFacts(said["room"], said["floor"], said["area"], said["area_source"])}


class OwnerForm(LiftForm):
    """An owner of a flat."""

    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False, help_text=_("加密保存；要看的时候留痕。"))
    speaks = forms.BooleanField(
        label=_("由他行使表决权"), required=False, initial=True, help_text=_("几位共有一套的，推选一人。")
    )
    away = forms.BooleanField(label=_("不住在这里"), required=False)

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return {"told": OwnerTold(**self.cleaned_data)}
