"""When a dossier may move on: its gates, and the days on which things may have happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.facts import DossierFacts

FIRST_HOUSES = 1949
"""Houses that get a lift are not older: whoever writes an earlier day has slipped."""


class Standing(StrEnum):
    """How a gate stands on a day."""

    PASSED = "passed"
    WAIVED = "waived"
    OPEN = "open"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the dossier says about a rule: whether it is kept, in words, and since when.

    `named` says the same for those who see owners, where `words` may only count.
    """

    kept: bool
    words: str = ""
    on: date | None = None
    url: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class GateFacts:
    """A gate: the rule's key, number and name, who sees to it, by when, and how it stands."""

    key: str
    number: int
    name: str
    step: str
    move: str
    evidence: str
    who: str
    due_on: date | None
    standing: Standing
    words: str = ""
    url: str = ""
    named: str = ""

    def told(self, *, sees_owners: bool) -> str:
        """How it stands in words: rooms and reasons only for those who see owners."""
        return self.named or self.words if sees_owners else self.words

    @property
    def is_open(self) -> bool:
        """Whether it is still in the way."""
        return self.standing in (Standing.OPEN, Standing.LATE)


def standing_of(evidence: Evidence, *, waived: bool, due_on: date | None, today: date) -> Standing:
    """How a gate stands: kept evidence comes before a waiver, a waiver before the calendar."""
    if evidence.kept:
        return Standing.PASSED
    if waived:
        return Standing.WAIVED
    return Standing.LATE if due_on is not None and due_on < today else Standing.OPEN


def due(moved_on: date | None, days: float) -> date | None:
    """By when a gate is to be passed: so many days after its step began."""
    return None if moved_on is None else moved_on + timedelta(days=int(days))


def can_begin(dossier: DossierFacts) -> Verdict[bool]:
    """Whether a stairwell can be consulted: nobody begins where a lift does not suit."""
    if dossier.suitable is False:
        return Verdict(False, Reason(_("这个门洞不具备加梯条件"), mend=_("条件变了的话，先重新做可行性初评")))
    return Verdict(True)


def gates_are_passed(gates: Sequence[GateFacts]) -> Verdict[bool]:
    """Whether nothing is in the way of a move; each open gate is named."""
    open_ones = [gate for gate in gates if gate.is_open]
    return Verdict(
        not open_ones,
        *(
            Reason(
                _("第 %(number)s 条「%(name)s」还没过") % {"number": gate.number, "name": gate.name},
                field=gate.key,
                mend=_("补上依据，或请科长写明理由豁免"),
                cites=f"lifts.rules.{gate.key}.used",
            )
            for gate in open_ones
        ),
    )


def day_can_be(on: date, dossier: DossierFacts, *, today: date, field: str = "on") -> Verdict[bool]:
    """Whether something may have happened on a day: not after today, not before what it follows on."""
    if on > today:
        return Verdict(False, Reason(_("日期在今天以后"), field=field, mend=_("等真的办完再记")))
    if dossier.moved_on is not None and on < dossier.moved_on:
        return Verdict(
            False,
            Reason(
                _("日期比上一步（%(day)s）还早") % {"day": dossier.moved_on}, field=field, mend=_("请核对这一步的日期")
            ),
        )
    return Verdict(True)


def gate_can_be_passed(gate: GateFacts, *, number: str, has_paper: bool) -> Verdict[bool]:
    """Whether people may put in that a rule is kept: it is one that people put in, and the evidence is there."""
    if gate.standing is Standing.PASSED:
        return Verdict(False, Reason(_("第 %(number)s 条已经过了") % {"number": gate.number}))
    if gate.evidence not in PUT_IN:
        return Verdict(
            False,
            Reason(_("「%(name)s」由系统按档案判定") % {"name": gate.name}, mend=_("把档案里缺的补齐，它自己会过")),
        )
    if gate.evidence == "document" and not has_paper:
        return Verdict(False, Reason(_("还没有附上文件"), field="file", mend=_("请上传扫描件或照片")))
    if gate.evidence == "permit" and not number.strip():
        return Verdict(False, Reason(_("还没有填文号"), field="number", mend=_("照许可证上的写")))
    return Verdict(True)


PUT_IN = frozenset({"document", "date", "permit", "inspection"})
"""Kinds of evidence that people put in; the others are read off the dossier."""


def gate_can_be_waived(gate: GateFacts, *, reason: str) -> Verdict[bool]:
    """Whether a gate may be waived (豁免): it is open, and the reason is written."""
    if not gate.is_open:
        return Verdict(False, Reason(_("第 %(number)s 条已经过了，用不着豁免") % {"number": gate.number}))
    return says_why(reason)


def says_why(reason: str, *, field: str = "reason") -> Verdict[bool]:
    """Whether a reason is given."""
    if reason.strip():
        return Verdict(True)
    return Verdict(False, Reason(_("还没有写原因"), field=field, mend=_("写一句就行，以后查得到")))


def stuck_days(dossier: DossierFacts, today: date) -> int:
    """Days without progress of a stairwell that is under way; 0 for others."""
    if dossier.state in ("waiting", "running") or dossier.progressed_on is None:
        return 0
    return (today - dossier.progressed_on).days


def day_has_come(on: date, *, today: date, field: str, after: date | None = None, what: str = "") -> Verdict[bool]:
    """Whether something may have happened on a day: not still to come, nor before `what`, which was on `after`."""
    if on > today:
        return Verdict(False, Reason(_("日期在今天以后"), field=field, mend=_("等真的办完再记")))
    if after is not None and on < after:
        told = {"what": what, "day": after}
        return Verdict(
            False, Reason(_("日期比%(what)s（%(day)s）还早") % told, field=field, mend=_("请核对日期，看年份写对没有"))
        )
    return Verdict(True)


def house_stood(on: date, *, built: int | None, field: str) -> Verdict[bool]:
    """Whether the house was there on a day; one whose year nobody knows is not from before `FIRST_HOUSES`."""
    if on.year >= (built or FIRST_HOUSES):
        return Verdict(True)
    return Verdict(
        False,
        Reason(
            _("日期比房屋建成（%(year)s 年）还早") % {"year": built or FIRST_HOUSES},
            field=field,
            mend=_("请核对日期，看年份写对没有"),
        ),
    )


def gate_can_be_taken_back(gate: GateFacts, *, next_move: str) -> Verdict[bool]:
    """Whether what was put in for a gate may be taken back: its move has not been made."""
    if gate.move == next_move:
        return Verdict(True)
    return Verdict(False, Reason(_("这一关后面的步骤已经走了，不能再撤回"), mend=_("要重来的，先搁置")))
