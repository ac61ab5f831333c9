"""What a subdistrict may set for itself of the rule book."""

from xiuhua.ground.standards import Figure, Value
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

FEW_LETTERS = 4
"""A reason in fewer letters says nothing."""


def figure_can_be_set(key: str, value: Value, reason: str, now: Figure, floor: Figure | None) -> Verdict[bool]:
    """Whether a figure may be set so: it is the subdistrict's to set, within bounds, above the law's, and says why.

    Parameters
    ----------
    key, value, reason : str, value, str
        Which figure, what it is to be, and why.
    now : Figure
        As it stands there now.
    floor : Figure, optional
        What a law sets as the least.
    """
    if (against := _against(key, value, now, floor)) is not None:
        return Verdict(False, against)
    if value == now.value:
        return _no(_("现在就是这样"), "value", _("不用改；要改就填另一个"))
    if len(reason.strip()) < FEW_LETTERS:
        return _no(_("没有写清楚为什么"), "reason", _("请写理由，例如哪次会议定的，至少 %s 个字") % FEW_LETTERS)
    return Verdict(True)


def figure_stands(key: str, value: Value, book: Figure, floor: Figure | None) -> bool:
    """Whether what was set once may stand by the book of a later day, whose bounds and laws may be others."""
    return _against(key, value, book, floor) is None


def takes_fractions(figure: Figure) -> bool:
    """Whether a number may be a fraction: its bounds are."""
    return any(isinstance(bound, float) for bound in figure.own)


def figure_can_be_returned(*, is_own: bool) -> Verdict[bool]:
    """Whether a figure may go back to the book's."""
    return Verdict(True) if is_own else _no(_("这个数值没有自定过"), "", _("用的就是标准值"))


def _against(key: str, value: Value, figure: Figure, floor: Figure | None) -> Reason | None:
    if not figure.own:
        return Reason(_("「%(name)s」不由街道定") % {"name": figure.name}, mend=_("请按标准值办"), cites=key)
    if isinstance(figure.value, bool | str):
        known = type(value) is type(figure.value) and value in figure.own  # 1 is no True here
        return None if known else _out_of_bounds(figure, key)
    fractions = takes_fractions(figure)
    if not isinstance(value, int | float) or isinstance(value, bool) or (value != int(value) and not fractions):
        asked = _("要填一个数") if fractions else _("要填一个整数")
        return Reason(asked, field="value", cites=key)
    if floor is not None and value < floor.number:
        said = {"least": f"{floor.number:g}", "law": floor.told_source, "clause": floor.clause}
        return Reason(
            _("法律要求不少于 %(least)s（%(law)s %(clause)s）") % said,
            field="value",
            mend=_("请填 %(least)s 或更大") % said,
            cites=figure.not_below,
        )
    return None if figure.own[0] <= value <= figure.own[1] else _out_of_bounds(figure, key)  # type: ignore[operator]


def _out_of_bounds(figure: Figure, key: str) -> Reason:
    if isinstance(figure.value, bool | str):
        return Reason(_("没有这个选项"), field="value", mend=_("请从单子里选"), cites=key)
    least, most = figure.own
    return Reason(
        _("超出了街道可以定的范围"),
        field="value",
        mend=_("请填 %(least)s 到 %(most)s 之间的数") % {"least": least, "most": most},
        cites=key,
    )


def _no(text: str, field: str, mend: str) -> Verdict[bool]:
    return Verdict(False, Reason(text, field=field or None, mend=mend))
