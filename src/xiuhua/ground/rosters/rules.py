"""What may be done with an import, as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """How an import stands: whether it was checked, what came of it, and what happened since.

    Parameters
    ----------
    state : str
        One of `models.State`.
    faulty : int
        Rows in error.
    overtaken : bool
        Another import changed the same place since this one was checked.
    """

    state: str
    faulty: int = 0
    overtaken: bool = False


def can_apply(facts: ImportFacts) -> Verdict[bool]:
    """Whether it can be imported: all of it or nothing."""
    if facts.state == "applied":
        return Verdict(False, Reason(_("这份名册已经导入过了"), mend=_("要再改，另传一份")))
    if facts.state == "discarded":
        return Verdict(False, Reason(_("这份名册已经放弃"), mend=_("要导入，重新上传")))
    if facts.faulty:
        return Verdict(
            False,
            Reason(_("还有 %(faulty)s 行有错，一行都没有导入") % {"faulty": facts.faulty}, mend=_("改好以后再传一次")),
        )
    if facts.state != "ready":
        return Verdict(False, Reason(_("名册还没有核对好"), mend=_("等核对完再导入")))
    if facts.overtaken:
        return Verdict(False, overtaken())
    return Verdict(True)


def can_discard(facts: ImportFacts) -> Verdict[bool]:
    """Whether it can still be given up."""
    if facts.state in {"applied", "discarded"}:
        return Verdict(False, Reason(_("这份名册已经办完了"), mend=_("要再改，另传一份")))
    return Verdict(True)


def can_check_again(facts: ImportFacts) -> Verdict[bool]:
    """Whether its file can be compared once more with what is on record."""
    return can_discard(facts)


def headings_can_be_chosen(chosen: Mapping[str, str], columns: Mapping[str, tuple[str, bool]]) -> Verdict[bool]:
    """Whether headings can mean what the office says.

    Parameters
    ----------
    chosen : mapping
        Column names by heading; empty for one that is not used.
    columns : mapping
        Heading of the template, and whether it must be there, by column name.
    """
    reasons = []
    for name, (title, required) in columns.items():
        found = [heading for heading, column in chosen.items() if column == name]
        if required and not found:
            reasons.append(Reason(_("没有一列是「%(title)s」") % {"title": title}, mend=_("这一列必须有，请选出来")))
        if len(found) > 1:
            said = {"title": title, "first": found[0], "second": found[1]}
            mend = _("只留一列，另一列选「不用」")
            reasons.append(Reason(_("「%(first)s」和「%(second)s」都选了「%(title)s」") % said, mend=mend))
    if any(column and column not in columns for column in chosen.values()):
        reasons.append(Reason(_("没有这一列"), mend=_("请从列表里选")))
    return Verdict(not reasons, *reasons)


def overtaken() -> Reason:
    """What is said when somebody else changed the same things since the check."""
    return Reason(_("核对以后，有人改了同样的内容，一行都没有导入"), mend=_("再核对一次，然后导入"))
