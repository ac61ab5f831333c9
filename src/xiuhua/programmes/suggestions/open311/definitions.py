"""What is asked besides, by category (service definitions): attributes as GeoReport v2 has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.words import gettext
from xiuhua.programmes.suggestions.open311.wrong import Wrong

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question; `datatype` is string, number, datetime, text, singlevaluelist or multivaluelist.

    One that is not `variable` is a word to the person, and nothing is answered to it.
    """

    code: str
    datatype: str
    description: Words
    datatype_description: Words = ""
    required: bool = False
    variable: bool = True
    values: Mapping[str, Words] | None = None


DEFINITIONS: dict[str, tuple[Attribute, ...]] = {
    "slow_mobility": (
        Attribute(
            "OBSTACLE",
            "singlevaluelist",
            _("什么挡住了路？"),
            values={
                "parked": _("停了车"),
                "broken": _("路面坏了"),
                "step": _("有台阶，没有坡道"),
                "dark": _("太暗"),
                "other": _("别的"),
            },
        ),
        Attribute(
            "HINDERED",
            "multivaluelist",
            _("对谁不方便？"),
            values={
                "wheelchair": _("坐轮椅的人"),
                "elder": _("老人"),
                "pushchair": _("推婴儿车的人"),
                "cyclist": _("骑车的人"),
            },
        ),
    ),
    "lifts": (
        Attribute(
            "VOTES",
            "text",
            _("一个门洞加不加电梯，由这个门洞的业主表决；这里只收建议和问题。"),
            variable=False,
        ),
        Attribute(
            "MATTER",
            "singlevaluelist",
            _("是哪一类事？"),
            required=True,
            values={"wish": _("想加装"), "running": _("已有电梯的运行维护"), "works": _("施工"), "other": _("别的")},
        ),
        Attribute("FLOORS", "number", _("这个门洞有几层？"), _("整数，例如 6")),
    ),
}
"""By category; others have nothing to be asked besides."""


def answers_told(category: str, answers: Mapping[str, Sequence[str]]) -> list[str]:
    """What was answered, a line each, as it stands below the words.

    Raises
    ------
    Wrong
        A question is none of the category's, is not answered, or not by what it offers.
    """
    asked = {one.code: one for one in DEFINITIONS.get(category, ()) if one.variable}
    for code in answers:
        if code not in asked:
            raise Wrong(400, gettext("attribute[%(code)s]：这一类没有这一项") % {"code": code})
    return [line for one in asked.values() if (line := _line(one, [*filter(None, answers.get(one.code, ()))]))]


def _line(attribute: Attribute, given: Sequence[str]) -> str:
    name = {"code": attribute.code}
    if not given:
        if attribute.required:
            raise Wrong(400, gettext("缺了 attribute[%(code)s]") % name)
        return ""
    if len(given) > 1 and attribute.datatype != "multivaluelist":
        raise Wrong(400, gettext("attribute[%(code)s]：只能有一个值") % name)
    if attribute.values is not None:
        unknown = [value for value in given if value not in attribute.values]
        if unknown:
            options = {**name, "options": "、".join(attribute.values)}
            raise Wrong(400, gettext("attribute[%(code)s]：只能是 %(options)s") % options)
        return f"{attribute.description}{'、'.join(str(attribute.values[value]) for value in given)}"
    if attribute.datatype == "number" and not given[0].strip().isdecimal():
        raise Wrong(400, gettext("attribute[%(code)s]：要一个整数") % name)
    return f"{attribute.description}{given[0].strip()}"
