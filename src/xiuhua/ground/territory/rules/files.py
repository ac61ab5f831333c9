"""What must hold before a file is opened."""

from collections.abc import Mapping

from xiuhua.ground.standards import Purpose
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


def file_can_be_opened(purpose: str, purposes: Mapping[str, Purpose]) -> Verdict[bool]:
    """Whether a file may be opened for that: a purpose of the rule book."""
    if purpose in purposes:
        return Verdict(True)
    known = _("、").join(one.name for one in purposes.values())
    return Verdict(
        False,
        Reason(_("没有说明为什么打开档案"), field="purpose", mend=_("请选一个用途：%(known)s") % {"known": known}),
    )
