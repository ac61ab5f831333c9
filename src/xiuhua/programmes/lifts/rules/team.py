"""The accompanying team of a stairwell (陪伴小组): how many of whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from xiuhua.ground.standards.lifts import TeamFigures
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.flats import phone_is_sound


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member as rules ask about them."""

    part: str
    name: str
    has_account: bool = False
    has_flat: bool = False
    phone: str = ""


def team_is_whole(parts: Sequence[str], figures: TeamFigures) -> Verdict[bool]:
    """Whether a stairwell has its coordinators and its residents."""
    coordinators, neighbours = parts.count("coordinator"), parts.count("neighbour")
    lacking = []
    if coordinators < figures.coordinators.number:
        lacking.append(Reason(_("还缺专员")))
    if neighbours < figures.residents.number:
        lacking.append(
            Reason(
                _("居民 %(has)s 位，要 %(want)g 位") % {"has": neighbours, "want": figures.residents.number},
                cites="lifts.team.residents",
            )
        )
    return Verdict(not lacking, *lacking)


def member_can_join(member: MemberFacts, *, carried: int, figures: TeamFigures) -> Verdict[bool]:
    """Whether somebody may join a team; `carried` is how many stairwells a coordinator already accompanies."""
    faults = []
    if not member.name.strip():
        faults.append(Reason(_("还没有填姓名"), field="name"))
    if member.part == "coordinator" and not member.has_account:
        faults.append(Reason(_("专员要有登录账号"), field="user", mend=_("请在名单里选")))
    if member.part == "coordinator" and carried >= figures.most_stairwells.number:
        faults.append(
            Reason(
                _("这位专员已经跟着 %(carried)s 个门洞，最多 %(most)g 个")
                % {"carried": carried, "most": figures.most_stairwells.number},
                field="user",
                mend=_("换一位手上门洞少的专员"),
                cites="lifts.team.most_stairwells",
            )
        )
    if member.part == "neighbour" and not member.has_flat:
        faults.append(Reason(_("邻居要选住在几室"), field="flat"))
    if member.part == "professional" and not member.phone.strip():
        faults.append(Reason(_("还没有填电话"), field="phone", mend=_("居民要找得到人")))
    faults += phone_is_sound(member.phone).reasons
    return Verdict(not faults, *faults)


def is_new(*, again: bool, of_here: bool) -> Verdict[bool]:
    """Whether somebody is not in the team yet, and a neighbour lives in this stairwell."""
    faults = []
    if again:
        faults.append(Reason(_("已经在这个小组里"), field="user"))
    if not of_here:
        faults.append(Reason(_("这一户不在这个门洞"), field="flat"))
    return Verdict(not faults, *faults)


def is_still_there(*, left: bool) -> Verdict[bool]:
    """Whether somebody is still in the team."""
    return Verdict(False, Reason(_("已经离开小组"))) if left else Verdict(True)
