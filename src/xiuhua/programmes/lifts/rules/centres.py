"""Service centres."""

from dataclasses import dataclass
from datetime import date

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


@dataclass(frozen=True, slots=True)
class CentreFacts:
    """What is said of a centre; everybody reads it."""

    name: str
    address: str
    phone: str
    hours: str


def centre_can_open(facts: CentreFacts, opened_on: date, *, today: date, there: bool) -> Verdict[bool]:
    """Whether a centre may open: the first at its place, everything said, on a day that has come."""
    faults = [
        Reason(_("还没有填%(what)s") % {"what": words}, field=name)
        for name, words in (
            ("name", _("名称")),
            ("address", _("地址")),
            ("phone", _("电话")),
            ("hours", _("接待时间")),
        )
        if not getattr(facts, name).strip()
    ]
    if there:
        faults.append(Reason(_("这里已经有一个中心"), field="path"))
    if opened_on > today:
        faults.append(Reason(_("日期在今天以后"), field="opened_on", mend=_("开了再登记")))
    return Verdict(not faults, *faults)


def centre_can_close(closed_on: date, *, opened_on: date, closed: bool, today: date) -> Verdict[bool]:
    """Whether a centre may close on a day."""
    if closed:
        return Verdict(False, Reason(_("已经撤并了")))
    if not opened_on <= closed_on <= today:
        return Verdict(False, Reason(_("日期不对"), field="closed_on", mend=_("应在开办以后、今天以前")))
    return Verdict(True)
