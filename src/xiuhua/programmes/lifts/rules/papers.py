"""Documents of a dossier."""

from collections.abc import Collection

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


def paper_is_told(title: str, *, kind: str, kinds: Collection[str]) -> Verdict[bool]:
    """Whether a document has a title and a kind."""
    faults = []
    if not title.strip():
        faults.append(Reason(_("还没有填文件名称"), field="title", mend=_("例如：燃气公司回函")))
    if kind not in kinds:
        faults.append(Reason(_("没有这种文件"), field="kind", mend=_("请在列出的种类里选")))
    return Verdict(not faults, *faults)
