"""Questions of residents (问一句): what is put down, and when it is answered."""

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

MOST_LETTERS = 500
MOST_WAITING = 5
"""Questions of one account that may wait for their answers at once."""


def question_can_be_asked(words: str, *, wish: bool, waiting: int, wished: bool) -> Verdict[bool]:
    """Whether a question may be put down: something is said, and not too many wait already; a wish is told once."""
    faults = []
    if not wish and not words.strip():
        faults.append(Reason(_("还没有写"), field="words", mend=_("写一句就行，例如：一层会不会挡光")))
    if len(words) > MOST_LETTERS:
        faults.append(Reason(_("最多 %(most)s 个字") % {"most": MOST_LETTERS}, field="words"))
    if wish and wished:
        faults.append(Reason(_("您已经说过想装，记着呢"), mend=_("有进展会告诉您")))
    if waiting >= MOST_WAITING:
        faults.append(
            Reason(
                _("您有 %(count)s 个问题还在等答复") % {"count": waiting}, mend=_("请等答复了再问，急的话直接打电话")
            )
        )
    return Verdict(not faults, *faults)


def question_can_be_answered(answer: str, *, answered: bool) -> Verdict[bool]:
    """Whether a question may be answered: once, in words."""
    if answered:
        return Verdict(False, Reason(_("这个问题已经答复过")))
    if not answer.strip():
        return Verdict(False, Reason(_("还没有写答复"), field="answer", mend=_("写给居民看的，用平常话")))
    if len(answer) > 2 * MOST_LETTERS:
        return Verdict(False, Reason(_("最多 %(most)s 个字") % {"most": 2 * MOST_LETTERS}, field="answer"))
    return Verdict(True)
