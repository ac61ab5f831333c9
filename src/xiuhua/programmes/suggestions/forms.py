"""Forms of the office's screens: what is asked for each verb."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.forms import PhotosField
from xiuhua.ground.standards import Standards
from xiuhua.ground.words import gettext
from xiuhua.programmes.suggestions.actions.assigning import Unit
from xiuhua.programmes.suggestions.heard import Heard
from xiuhua.programmes.suggestions.models import Nature, Reply, Source

SECTION, COMMITTEE = "section:", "committee:"
BY_STAFF = (Source.TELEPHONE, Source.VISIT, Source.PAPER)
"""How what the office enters for somebody came."""

Options = Sequence[tuple[str, Any]]


class _Form(forms.Form):
    """Labels without a colon, choices given when the form is made."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, label_suffix="", **kwargs)

    def offer(self, name: str, options: Any) -> None:
        """What a field lets one choose from."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(options)


def units(book: Standards, committees: Mapping[str, str]) -> list[Any]:
    """Who can take something in hand: sections of the office, committees."""
    return [
        (gettext("科室"), [(f"{SECTION}{key}", one.name) for key, one in book.offices.sections.items()]),
        (gettext("居委会"), [(f"{COMMITTEE}{path}", name) for path, name in committees.items()]),
    ]


def unit_from(value: str) -> Unit | None:
    """The unit that a choice names; None for none."""
    if value.startswith(SECTION):
        return Unit(section=value.removeprefix(SECTION))
    return Unit(path=value.removeprefix(COMMITTEE)) if value.startswith(COMMITTEE) else None


def named(unit: Unit) -> str:
    """The choice that names a unit."""
    return f"{SECTION}{unit.section}" if unit.section else f"{COMMITTEE}{unit.path}" if unit.path else ""


class SortingForm(_Form):
    """What it is (确认分类)."""

    nature = forms.ChoiceField(label=_("性质"), choices=Nature.choices)
    category = forms.ChoiceField(label=_("类别"))
    path = forms.ChoiceField(label=_("关于哪里"), required=False)

    def __init__(self, data: Any = None, *, book: Standards, places: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer("category", [(key, one.name) for key, one in book.suggestions.categories.items()])
        self.offer("path", places)


class AcceptForm(_Form):
    """Who takes it in hand (分派给谁)."""

    unit = forms.ChoiceField(label=_("主办"), required=False)
    with_unit = forms.ChoiceField(label=_("协办"), required=False)
    is_complex = forms.BooleanField(label=_("复杂事项，答复期限更长"), required=False)
    by_me = forms.BooleanField(label=_("我来经办"), required=False)

    def __init__(self, data: Any = None, *, choices: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer("unit", [("", gettext("选一个科室或居委会")), *choices])
        self.offer("with_unit", [("", gettext("没有")), *choices])


class TransferForm(_Form):
    """To whom it is handed on, and why (转交)."""

    unit = forms.ChoiceField(label=_("转给谁"), required=False)
    reason = forms.CharField(
        label=_("原因"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("接手的人看得到；时限不变"),
    )  # fmt: skip
    by_me = forms.BooleanField(label=_("还是我来经办"), required=False)

    def __init__(self, data: Any = None, *, choices: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer("unit", [("", gettext("选一个科室或居委会")), *choices])


class MergeForm(_Form):
    """Which ones are one and the same (合并)."""

    alike = forms.MultipleChoiceField(label=_("像是同一件"), required=False, widget=forms.CheckboxSelectMultiple)
    into = forms.CharField(label=_("或者填编号"), required=False, max_length=24)

    def __init__(self, data: Any = None, *, choices: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["alike"].choices = list(choices)  # type: ignore[attr-defined]


class ReplyForm(_Form):
    """What is said to the person (首次联系、答复)."""

    kind = forms.ChoiceField(choices=Reply.Kind.choices, widget=forms.HiddenInput)
    template = forms.ChoiceField(label=_("套用"), required=False)
    words = forms.CharField(label=_("内容"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, choices: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer("template", [("", gettext("不套用")), *choices])


class WordsForm(_Form):
    """What is said to the person along with a decision (不采纳)."""

    template = forms.ChoiceField(label=_("套用"), required=False)
    words = forms.CharField(
        label=_("给居民的话"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: Any = None, *, choices: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer("template", [("", gettext("不套用")), *choices])


class AdoptForm(WordsForm):
    """Into which project, and what the person is told (采纳)."""

    project = forms.ChoiceField(label=_("采纳到哪个项目"), required=False, widget=forms.RadioSelect)

    field_order = ("project", "template", "words")

    def __init__(self, data: Any = None, *, projects: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer("project", projects)


class PassOnForm(_Form):
    """Down which road, and what the person is told (转办)."""

    road = forms.ChoiceField(label=_("转给谁"), required=False)
    words = forms.CharField(
        label=_("告诉居民"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: Any = None, *, roads: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer("road", roads)


class MemoForm(_Form):
    """A word for colleagues (内部留言)."""

    words = forms.CharField(label=_("给同事留言"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(_Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DraftForm(_Form):
    """What would stand on the public board (拟公开)."""

    title = forms.CharField(label=_("公开的标题"), required=False, max_length=200)
    words = forms.CharField(
        label=_("公开的内容"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    place = forms.CharField(
        label=_("公开的地点"),
        required=False,
        max_length=200,
        help_text=_("写到哪条路、哪个小区，不写门牌号；地图上的点也只画到大概位置"),
    )
    answer = forms.CharField(
        label=_("办理情况"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("我们做了什么、还要做什么；写给所有居民看"),
    )  # fmt: skip


class PublishForm(_Form):
    """Which photographs go along (公开)."""

    photos = forms.MultipleChoiceField(label=_("一起公开的照片"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, photos: Options, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["photos"].choices = list(photos)  # type: ignore[attr-defined]
        if not photos:
            del self.fields["photos"]


class EntryForm(_Form):
    """What somebody says whom the office enters (代登记): the same as on the phone."""

    source = forms.ChoiceField(label=_("怎么来的"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("什么事"), required=False, widget=forms.Textarea(attrs={"rows": 6, "autofocus": True}),
        help_text=_("照原话记；姓名和电话写在下面，列表上不显示"),
    )  # fmt: skip
    place = forms.CharField(label=_("在哪里"), required=False, help_text=_("路名、小区、几弄几号，例如：枣阳路 88 弄"))
    name = forms.CharField(label=_("怎么称呼"), required=False, help_text=_("例如：王女士；不愿意说就空着"))
    phone = forms.CharField(label=_("电话"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    wants_reply = forms.BooleanField(label=_("要短信回复"), required=False)
    photos = PhotosField(label=_("照片或来信的扫描"), required=False)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.offer("source", [(one.value, one.label) for one in BY_STAFF])

    def heard(self) -> Heard:
        """What was said, as it is taken in."""
        told = self.cleaned_data
        return Heard(
            words=told["words"],
            source=Source(told["source"]),
            name=told["name"],
            phone=told["phone"],
            wants_reply=told["wants_reply"],
            place=told["place"],
            files=tuple(told["photos"] or ()),
        )


class TopicNameForm(_Form):
    """What a topic is called (改名)."""

    name = forms.CharField(label=_("名称"), required=False, max_length=60)
