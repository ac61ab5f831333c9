"""When what tells who suggested something goes."""

from calendar import monthrange
from datetime import date

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


def sender_can_be_forgotten(*, is_owed: bool, words_too: bool, contact_left: bool, words_left: bool) -> Verdict[bool]:
    """Whether somebody's contact can be deleted: at any time; what they wrote, once nothing is owed on it.

    Parameters
    ----------
    is_owed : bool
        Whether a term runs: somebody works with the words and photographs.
    words_too : bool
        Whether what they wrote and sent along is to go as well.
    contact_left, words_left : bool
        Whether there is anything of it still.
    """
    if words_too and is_owed:
        return Verdict(
            False,
            Reason(
                _("这件事还在办，原话和照片现在还要用"), field="what", mend=_("可以先删电话和姓名，办好以后再来删原话")
            ),
        )
    if not contact_left and not (words_too and words_left):
        return Verdict(False, Reason(_("已经删掉了"), mend=_("不用再删")))
    return Verdict(True)


def kept_from(day: date, months: int) -> date:
    """The first day whose closed suggestions still tell who it was; the last of a shorter month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
