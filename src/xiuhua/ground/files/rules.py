"""Decisions about files on plain values."""

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


def file_can_be_removed(*, reason: str, removed: bool) -> Verdict[bool]:
    """Whether a file can be taken away."""
    if removed:
        return Verdict(False, Reason(_("这个附件已经删除")))
    if not reason.strip():
        return Verdict(False, Reason(_("还没有写为什么删除"), field="reason", mend=_("请写一句，以后查得到")))
    return Verdict(True)
