"""What the record's overseers fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.standards import Standards

LONGEST_NAME = 60


class WhoseForm(forms.Form):
    """Whose file: sent by POST, so that no name or number stands in an address or a log."""

    person = forms.CharField(
        label=_("谁的档案"), max_length=LONGEST_NAME, help_text=_("居民的姓名、电话或证件号，要写全")
    )


class OpenSealedForm(forms.Form):
    """What a sealed value is opened for."""

    purpose = forms.ChoiceField(label=_("事由"))
    words = forms.CharField(
        label=_("说明"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("哪一件请求、投诉或审计；会记在留痕里"),
    )

    def __init__(self, *args: object, book: Standards, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        options = [(purpose.key, purpose.name) for purpose in book.privacy.oversight.values()]
        self.fields["purpose"].choices = [("", _("选一项")), *options]  # type: ignore[attr-defined]
