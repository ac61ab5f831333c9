"""A field that money is typed into."""

from decimal import Decimal
from typing import Any

from django import forms


class YuanField(forms.DecimalField):
    """An amount typed in yuan, with its fen after the point, and kept in fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "step": "0.01"})

    def clean(self, value: Any) -> Any:
        """Whole fen."""
        amount: Decimal | None = super().clean(value)
        return None if amount is None else int(amount * 100)

    def prepare_value(self, value: Any) -> Any:
        """Yuan, of what is kept in fen."""
        return Decimal(value) / 100 if isinstance(value, int) else value
