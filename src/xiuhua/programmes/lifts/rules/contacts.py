"""The contacts log."""

from collections.abc import Collection

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

MOST_LETTERS = 1000


def contact_is_told(words: str, *, kind: str, kinds: Collection[str], of_here: bool) -> Verdict[bool]:
    """Whether a contact says something, in a way that there is, about a flat of this stairwell."""
    faults = []
    if not words.strip():
        faults.append(Reason(_("还没有写说了什么"), field="words", mend=_("写一句就行，例如：担心采光，约周六再谈")))
    if len(words) > MOST_LETTERS:
        faults.append(Reason(_("最多 %(most)s 个字") % {"most": MOST_LETTERS}, field="words"))
    if kind not in kinds:
        faults.append(Reason(_("没有这种方式"), field="kind"))
    if not of_here:
        faults.append(Reason(_("这一户不在这个门洞"), field="flat"))
    return Verdict(not faults, *faults)
