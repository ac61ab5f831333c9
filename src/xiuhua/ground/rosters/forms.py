"""Choosing a file and the place that it is about."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.upload import Dropped
from xiuhua.ground.rosters import limits
from xiuhua.ground.rosters.kinds import Place, RosterKind
from xiuhua.ground.rosters.sheets import too_heavy
from xiuhua.ground.words import gettext


class UploadForm(forms.Form):
    """A spreadsheet, and for which subdistrict or committee."""

    path = forms.ChoiceField(label=_("导入到"))
    file = forms.FileField(label=_("名册文件"), allow_empty_file=True, required=False)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        path: Any = self.fields["path"]
        path.choices = [(place.path, place.name) for place in places]
        if len(places) == 1:
            self.initial["path"] = places[0].path
            path.widget = forms.HiddenInput()
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv"
        self.fields["file"].help_text = _("Excel 工作簿（.xlsx）或 CSV，最大 %(limit)s MB") % {
            "limit": limits.FILE_BYTES // 2**20
        }

    def clean_file(self) -> Any:
        """The file; one that was dropped for its weight is told apart from none."""
        file: Any | None = self.cleaned_data.get("file")
        if file is None:
            raise forms.ValidationError(_("还没有选文件。"), code="no_file")
        if isinstance(file, Dropped) or (file.size or 0) > limits.FILE_BYTES:
            raise forms.ValidationError(str(too_heavy(file.size or 0).reasons[0]))
        return file


class HeadingsForm(forms.Form):
    """For each heading of a file, which column it is."""

    def __init__(self, *args: Any, kind: type[RosterKind], headings: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._headings = list(headings)
        offered = [("", gettext("不用"))]
        for name, column in kind.fields.items():
            must = gettext("%(heading)s（必须有）") % {"heading": column.heading}
            offered.append((name, must if column.required else column.heading))
        for place, heading in enumerate(self._headings):
            self.fields[f"h{place}"] = forms.ChoiceField(
                label=heading, choices=offered, required=False, initial=headings[heading]
            )

    def chosen(self) -> dict[str, str]:
        """Column names by heading."""
        return {heading: self.cleaned_data[f"h{place}"] for place, heading in enumerate(self._headings)}
