"""Fields that forms of the lift programme share: a day, an area, a scan."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.forms import limits
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.files.taking import take_in
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts.forms.yuan import FAULTS


class DayField(forms.DateField):
    """A day, picked by the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class AreaField(forms.DecimalField):
    """An area typed in square metres to two digits, and kept in square decimetres."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(max_digits=8, decimal_places=2, error_messages=FAULTS, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "step": "0.01"})

    def clean(self, value: Any) -> Any:
        """Whole square decimetres."""
        area: Decimal | None = super().clean(value)
        return None if area is None else int(area * 100)

    def prepare_value(self, value: Any) -> Any:
        """Square metres, of what is kept in square decimetres."""
        return f"{Decimal(value) / 100:.2f}" if isinstance(value, int) else value


class ScanField(forms.FileField):
    """A document as it was scanned: a PDF, or one photograph. Holds what it has become, or None."""

    def __init__(self, **kwargs: Any) -> None:
        accept = "application/pdf,.pdf,image/jpeg,image/png,image/webp"
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Take in what came; the reasons for which it is refused stand at the field."""
        if not super().clean(data, initial):
            return None
        try:
            taken: Prepared = take_in(data, figures=limits())
        except Refused as refused:
            raise ValidationError([str(reason) for reason in refused.reasons], code="refused") from None
        if taken.sort is Sort.VOICE:
            raise ValidationError(gettext("这里收 PDF 或照片"), code="refused")
        return taken


def yes_no() -> list[tuple[str, Any]]:
    """Choices of what may also not be known yet."""
    return [("", _("还不知道")), ("yes", _("是")), ("no", _("不是"))]
