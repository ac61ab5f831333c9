"""The form for a new analysis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from django import forms
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from xiuhua.ground.sources.area import area_of_text
from xiuhua.ground.sources.datum import Datum, to_wgs84
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext

DAYS = [
    (0, _("周一")),
    (1, _("周二")),
    (2, _("周三")),
    (3, _("周四")),
    (4, _("周五")),
    (5, _("周六")),
    (6, _("周日")),
]
WHOLE, COMMITTEE, DRAWN = "whole", "committee", "drawn"
LARGEST_AREA_TEXT = 200_000


class RunForm(forms.Form):
    """Day and hour, and where: the whole subdistrict, a committee, or an area that was drawn or pasted."""

    day = forms.TypedChoiceField(label=_("星期"), choices=DAYS, coerce=int, initial=1)
    hour = forms.TypedChoiceField(
        label=_("钟点"), choices=[(hour, f"{hour}:00") for hour in range(24)], coerce=int, initial=10
    )
    where = forms.ChoiceField(
        label=_("范围"),
        choices=[(WHOLE, _("全街道")), (COMMITTEE, _("一个居委会")), (DRAWN, _("自己画"))],
        initial=WHOLE,
        widget=forms.RadioSelect,
    )
    committee = forms.ModelChoiceField(label=_("居委会"), queryset=Committee.objects.none(), required=False)
    area = forms.CharField(
        label=_("范围的 GeoJSON"),
        required=False,
        max_length=LARGEST_AREA_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    datum = forms.ChoiceField(
        label=_("坐标系"),
        choices=[
            ("wgs84", _("WGS 84（GPS、OpenStreetMap、天地图）")),
            ("gcj02", _("GCJ-02（高德、腾讯）")),
            ("bd09", _("BD-09（百度）")),
        ],
        initial="wgs84",
    )
    area_name = forms.CharField(label=_("给范围起个名字"), required=False, max_length=60)

    def __init__(self, subdistrict: Subdistrict, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        field = self.fields["committee"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Committee.objects.under(subdistrict.path)
        field.empty_label = gettext("选一个居委会")
        for name in ("day", "hour", "committee", "datum"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("area", "area_name"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def mark_wrong_fields(self) -> None:
        """Draw what is wrong as wrong, so that eye and screen reader find it."""
        for name in self.errors:
            if name in self.fields:
                attributes = self.fields[name].widget.attrs
                attributes["class"] = f"{attributes.get('class', '')} is-invalid".strip()
                attributes["aria-invalid"] = "true"
                attributes["aria-describedby"] = f"lc-wrong-{name}"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("where") == COMMITTEE and not found.get("committee"):
            self.add_error("committee", gettext("请选一个居委会。"))
        if found.get("where") == DRAWN and "area" not in self.errors and not found.get("area"):
            self.add_error("area", gettext("还没有画。请在地图上画一个面，或把 GeoJSON 粘贴在这里。"))
        return found

    def hour_of_week(self) -> int:
        """Hour of the week, Monday 00:00 first."""
        return int(self.cleaned_data["day"]) * 24 + int(self.cleaned_data["hour"])

    def area_and_name(self) -> tuple[BaseGeometry | None, str]:
        """Area in WGS 84 and what to call it; none for the whole subdistrict.

        Raises
        ------
        Refused
            The text is no GeoJSON that holds an area.
        """
        chosen = self.cleaned_data
        if chosen["where"] == COMMITTEE:
            return chosen["committee"].geometry, chosen["committee"].name
        if chosen["where"] == DRAWN:
            return _area_of(chosen["area"], chosen["datum"]), chosen["area_name"] or gettext("自己画的范围")
        return None, ""


def _area_of(text: str, datum: Datum) -> BaseGeometry:
    try:
        area = area_of_text(text, gettext("粘贴的范围"))
    except Refused as refused:
        raise Refused(*(replace(reason, field="area") for reason in refused.reasons)) from refused
    return shapely.transform(area, lambda degrees: np.column_stack(to_wgs84(degrees[:, 0], degrees[:, 1], datum)))
