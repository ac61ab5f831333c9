"""A field that money is typed into."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FAULTS = {
    "invalid": _("这里填数字，例如 1200 或 1200.50"),
    "max_digits": _("这个数太大了，请核对"),
    "max_whole_digits": _("这个数太大了，请核对"),
    "max_decimal_places": _("小数最多两位"),
}
"""What is wrong with a number that cannot be, in our words."""


class YuanField(forms.DecimalField):
    """An amount typed in yuan, with its fen after the point, and kept in fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, error_messages=FAULTS, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "step": "0.01"})

    def clean(self, value: Any) -> Any:
        """Whole fen."""
        amount: Decimal | None = super().clean(value)
        return None if amount is None else int(amount * 100)

    def prepare_value(self, value: Any) -> Any:
        """Yuan, of what is kept in fen."""
        return Decimal(value) / 100 if isinstance(value, int) else value
