"""Whether the past of a stairwell can be so."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


def history_is_whole(history: Sequence[tuple[str, date]], *, moves: Sequence[str], state: str) -> Verdict[bool]:
    """Whether moves follow on each other from the first, without a gap, each no earlier than the one before."""
    if state != "waiting":
        return Verdict(False, Reason(_("这个门洞已经在办了"), mend=_("存量只能接收一次；后面的步骤照常登记")))
    if [move for move, _on in history] != list(moves[: len(history)]) or not history:
        return Verdict(
            False, Reason(_("步骤不连贯"), field="history", mend=_("从开始征询起，一步一步填日期，中间不要空"))
        )
    faults = [
        Reason(
            _("%(after)s 比上一步（%(before)s）还早") % {"after": after, "before": before},
            field=move,
            mend=_("请核对日期"),
        )
        for (_earlier, before), (move, after) in pairwise(history)
        if after < before
    ]
    return Verdict(not faults, *faults)
