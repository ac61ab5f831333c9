"""What is wrong with a value that was sent, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from xiuhua.ground.words import gettext as _

_SAYS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _c: _("缺了这一项"),
    "extra_forbidden": lambda _c: _("没有这一项；请核对名字"),
    "int_type": lambda _c: _("要一个整数"),
    "int_parsing": lambda _c: _("要一个整数"),
    "int_parsing_size": lambda _c: _("要一个整数，不能这么大"),
    "int_from_float": lambda _c: _("要一个整数"),
    "float_type": lambda _c: _("要一个数"),
    "float_parsing": lambda _c: _("要一个数"),
    "finite_number": lambda _c: _("要一个数"),
    "bool_type": lambda _c: _("要 true 或 false"),
    "bool_parsing": lambda _c: _("要 true 或 false"),
    "string_type": lambda _c: _("要一段文字"),
    "string_unicode": lambda _c: _("文字的编码不对，请用 UTF-8"),
    "string_pattern_mismatch": lambda _c: _("写法不对，或有不能用的字符"),
    "string_too_long": lambda c: _("最多 %(most)s 个字") % {"most": c["max_length"]},
    "string_too_short": lambda c: _("最少 %(least)s 个字") % {"least": c["min_length"]},
    "greater_than_equal": lambda c: _("不能小于 %(least)s") % {"least": c["ge"]},
    "less_than_equal": lambda c: _("不能大于 %(most)s") % {"most": c["le"]},
    "literal_error": lambda c: _("只能是 %(options)s") % {"options": c["expected"]},
    "enum": lambda c: _("只能是 %(options)s") % {"options": c["expected"]},
    "list_type": lambda _c: _("要一列值"),
    "dict_type": lambda _c: _("要一个对象"),
    "model_type": lambda _c: _("要一个对象"),
    "model_attributes_type": lambda _c: _("要一个对象"),
}
_DATES = ("date_", "datetime_", "timezone_")


def said_of(error: Mapping[str, Any]) -> str:
    """Put one of pydantic's errors into words: what was expected."""
    kind = str(error["type"])
    if kind in _SAYS:
        return _SAYS[kind](error.get("ctx", {}))
    if kind.startswith(_DATES):
        return _("要一个日期或时刻，例如 2023-08-03 或 2023-08-03T09:00:00+08:00")
    return _("填得不对")
