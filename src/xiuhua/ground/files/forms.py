"""Fields that take files: what is refused is said at the field, and a form that is sound holds files ready to keep.

::

    class ReportForm(forms.Form):
        photos = PhotosField(label=_("照片"), required=False)
        voice = VoiceField(label=_("语音"), required=False)

    for photo in form.cleaned_data["photos"]:
        keeping.keep(photo, subject=suggestion)
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.files.taking import take_in
from xiuhua.ground.standards import on
from xiuhua.ground.standards.files import FilesStandard
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class _FileField(forms.FileField):
    """A field that takes a file in and holds what it has become, or None."""

    sort: ClassVar[Sort]
    accept: ClassVar[str]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": self.accept}))
        kwargs.setdefault("allow_empty_file", True)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Take in what came; the reasons for which it is refused stand at the field."""
        return self._taken(data) if super().clean(data, initial) else None

    def _taken(self, upload: Any) -> Prepared:
        try:
            return take_in(upload, self.sort, figures=limits())
        except Refused as refused:
            raise ValidationError([str(reason) for reason in refused.reasons], code="refused") from None


class PhotosField(_FileField):
    """Photographs, as many as the rule book lets a form take: a list of `Prepared`."""

    sort = Sort.PHOTO
    accept = "image/jpeg,image/png,image/webp,image/gif"  # an iPhone then hands over JPEG in place of HEIC

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", _FilesInput(attrs={"accept": self.accept}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Prepared]:
        """Take in each; of one that is refused it is said which."""
        uploads: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        most = int(limits().photo.a_form.number)
        if len(uploads) > most:
            told = {"count": len(uploads), "most": most}
            raise ValidationError(_("选了 %(count)s 张，一次最多收 %(most)s 张；请去掉几张") % told, code="refused")
        taken, refused = _each(uploads, self._taken)
        if refused:
            raise ValidationError(refused, code="refused")
        return taken


class VoiceField(_FileField):
    """A recording: a `Prepared` or None."""

    sort = Sort.VOICE
    accept = "audio/*"


class DocumentField(_FileField):
    """A PDF: a `Prepared` or None."""

    sort = Sort.DOCUMENT
    accept = "application/pdf,.pdf"


class RemoveForm(forms.Form):
    """Why a file is taken away."""

    reason = forms.CharField(
        label=gettext_lazy("为什么删除"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


def limits() -> FilesStandard:
    """What may be sent today."""
    return on(now().date()).files


def _each(uploads: Sequence[Any], take: Callable[[Any], Prepared]) -> tuple[list[Prepared], list[str]]:
    taken: list[Prepared] = []
    refused: list[str] = []
    for number, upload in enumerate(uploads, 1):
        try:
            taken.append(take(upload))
        except ValidationError as error:
            which = _("第 %(number)s 张：%(why)s")
            refused += [which % {"number": number, "why": why} if len(uploads) > 1 else why for why in error.messages]
    return taken, refused
