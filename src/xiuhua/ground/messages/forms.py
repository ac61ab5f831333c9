"""What staff fill in about messages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SettleForm(forms.Form):
    """How somebody was told otherwise."""

    note = forms.CharField(
        label=_("怎么告知的"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("比如：3 月 2 日打电话告诉了本人"),
    )
