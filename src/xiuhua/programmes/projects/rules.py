"""Decisions about projects on plain values: what makes one sound, what may follow, how far behind it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiuhua.ground.scope.paths import within
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects.flow import ProjectFlow

MOST_FEN = 100_000_000_000
"""A thousand million yuan: whoever writes more has mistaken the unit."""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is said of a project when it is put on the list or changed.

    Parameters
    ----------
    path : str
        Territory path where it lies: a committee, or the whole subdistrict.
    owner_section, owner_committee : str
        Key of the section, and path of the committee, that answer for it; at least one of them.
    public_words : str
        What everybody is to read about it.
    """

    name: str
    action: str
    path: str
    place: str
    summary: str
    owner_section: str = ""
    owner_committee: str = ""
    lon: float | None = None
    lat: float | None = None
    budget_fen: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    public_words: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone as rules ask about it."""

    title: str
    due_on: date
    first_due_on: date
    done_on: date | None = None


class Standing(StrEnum):
    """How a milestone stands on a day."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    AHEAD = "ahead"


def project_is_sound(
    facts: ProjectFacts, *, subdistrict: str, actions: Collection[str], sections: Collection[str], inside: bool = True
) -> Verdict[bool]:
    """Whether what is said of a project hangs together; every fault with its field.

    Parameters
    ----------
    inside : bool
        Whether its point, if it has one, lies within the subdistrict.
    """
    faults = [
        *_blanks(facts),
        *_unknown_keys(facts, subdistrict, actions, sections),
        *_wrong_figures(facts),
    ]
    if (facts.lon is None) != (facts.lat is None):
        faults.append(Reason(_("位置只有一半"), field="lon", mend=_("经度、纬度要么都填，要么都不填")))
    elif not inside:
        faults.append(Reason(_("这个点不在本街道"), field="lon", mend=_("请在地图上重新点")))
    return Verdict(not faults, *faults)


def _blanks(facts: ProjectFacts) -> list[Reason]:
    needed = {"name": _("项目名称"), "place": _("地点"), "summary": _("做什么")}
    return [
        Reason(_("还没有填%(what)s") % {"what": words}, field=name)
        for name, words in needed.items()
        if not getattr(facts, name).strip()
    ]


def _unknown_keys(
    facts: ProjectFacts, subdistrict: str, actions: Collection[str], sections: Collection[str]
) -> list[Reason]:
    faults = []
    if facts.action not in actions:
        faults.append(Reason(_("没有这项行动"), field="action", mend=_("请在列出的行动里选")))
    if facts.owner_section and facts.owner_section not in sections:
        faults.append(Reason(_("没有这个科室"), field="owner_section", mend=_("请在列出的科室里选")))
    if not facts.owner_section and not facts.owner_committee:
        faults.append(Reason(_("还没有定谁牵头"), field="owner_section", mend=_("科室、居委会至少选一个")))
    for field, path in (("path", facts.path), ("owner_committee", facts.owner_committee)):
        if path and not within(path, subdistrict):
            faults.append(Reason(_("这个居委会不在本街道"), field=field))
    return faults


def _wrong_figures(facts: ProjectFacts) -> list[Reason]:
    faults = []
    if facts.budget_fen is not None and not 0 <= facts.budget_fen <= MOST_FEN:
        faults.append(Reason(_("预算不对"), field="budget_fen", mend=_("请填 0 至 10 亿元之间的数，单位是元")))
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        faults.append(Reason(_("完成比开工还早"), field="ends_on", mend=_("请对一下计划开工和计划完成")))
    return faults


def can_be_edited(state: str, *, public: bool, before: ProjectFacts, after: ProjectFacts) -> Verdict[bool]:
    """Whether a project may be changed so: what everybody reads stays as somebody else has released it."""
    if state not in ProjectFlow.open_states() and _without_public(before) != _without_public(after):
        return Verdict(False, Reason(_("项目已经了结，内容不再改"), mend=_("要补充的写在对外介绍里，或者另立一个项目")))
    if public:
        changed = [name for name in ("name", "action", "place", "public_words") if _differ(before, after, name)]
        if changed:
            return Verdict(
                False,
                *(
                    Reason(_("已经公开，这一项不能直接改"), field=name, mend=_("先撤下，改好再请另一位同事公开"))
                    for name in changed
                ),
            )
    return Verdict(True)


def _differ(before: ProjectFacts, after: ProjectFacts, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _without_public(facts: ProjectFacts) -> tuple[object, ...]:
    return tuple(getattr(facts, name) for name in ProjectFacts.__dataclass_fields__ if name != "public_words")


def can_be_approved(*, by_proposer: bool) -> Verdict[bool]:
    """Whether whoever approves is another person than the one who proposed."""
    if by_proposer:
        return Verdict(False, Reason(_("自己提的项目不能自己批"), mend=_("请另一位科长或街道领导立项")))
    return Verdict(True)


def can_be_finished(milestones: Sequence[MilestoneFacts]) -> Verdict[bool]:
    """Whether every milestone of a project has been reached."""
    open_ones = [one.title for one in milestones if one.done_on is None]
    if not open_ones:
        return Verdict(True)
    return Verdict(
        False,
        Reason(
            _("还有节点没有完成：%(titles)s") % {"titles": _("、").join(open_ones)},
            mend=_("先记下完成日期；不做了的话，写明原因停办"),
        ),
    )


def day_can_be_told(day: date, *, today: date, not_before: date | None = None, field: str = "day") -> Verdict[bool]:
    """Whether something may have happened on a day: no later than today, no earlier than what it follows on."""
    if day > today:
        return Verdict(False, Reason(_("日期在今天以后"), field=field, mend=_("等真的办完再记")))
    if not_before is not None and day < not_before:
        return Verdict(
            False, Reason(_("日期比开工（%(day)s）还早") % {"day": not_before}, field=field, mend=_("请核对日期"))
        )
    return Verdict(True)


def says_why(reason: str, *, field: str = "reason") -> Verdict[bool]:
    """Whether a reason is given."""
    if reason.strip():
        return Verdict(True)
    return Verdict(False, Reason(_("还没有写原因"), field=field, mend=_("写一句就行，以后查得到")))


def milestone_can_be_added(
    title: str, due_on: date, *, state: str, others: Collection[str], starts_on: date | None, ends_on: date | None
) -> Verdict[bool]:
    """Whether a project takes a further milestone: it is open, the title is new, the day within its plan."""
    if state not in ProjectFlow.open_states():
        return Verdict(False, Reason(_("项目已经了结，不能再加节点")))
    faults = []
    if not title.strip():
        faults.append(Reason(_("还没有填节点名称"), field="title"))
    if title.strip() in others:
        faults.append(Reason(_("已经有同名的节点"), field="title", mend=_("换个名称，比如加上期次")))
    if (starts_on and due_on < starts_on) or (ends_on and due_on > ends_on):
        faults.append(
            Reason(
                _("节点不在计划的起止日期（%(first)s 至 %(last)s）里")
                % {"first": starts_on or "…", "last": ends_on or "…"},
                field="due_on",
                mend=_("改节点日期，或先改项目的计划"),
            )
        )
    return Verdict(not faults, *faults)


def milestone_can_be_reached(state: str, milestone: MilestoneFacts) -> Verdict[bool]:
    """Whether a milestone can be noted as reached: its project is under way, and it is not yet."""
    if milestone.done_on is not None:
        return Verdict(False, Reason(_("这个节点 %(day)s 已经完成") % {"day": milestone.done_on}))
    if state != "under_way":
        return Verdict(False, Reason(_("项目不在建，不能记节点完成"), mend=_("先记开工")))
    return Verdict(True)


def milestone_can_be_moved(state: str, milestone: MilestoneFacts, to: date) -> Verdict[bool]:
    """Whether a milestone's day can be moved: it is still ahead, and the day is another one."""
    if milestone.done_on is not None:
        return Verdict(False, Reason(_("这个节点 %(day)s 已经完成") % {"day": milestone.done_on}))
    if state not in ProjectFlow.open_states():
        return Verdict(False, Reason(_("项目已经了结，节点不再改期")))
    if to == milestone.due_on:
        return Verdict(False, Reason(_("日期没有变"), field="due_on", mend=_("请填改到哪一天")))
    return Verdict(True)


def can_be_published(state: str, public_words: str, *, public: bool, by_writer: bool) -> Verdict[bool]:
    """Whether everybody may read about a project: it is decided, there are words, and another person releases them."""
    if public:
        return Verdict(False, Reason(_("这个项目已经公开")))
    if state == "proposed":
        return Verdict(False, Reason(_("还没有立项，不能公开"), mend=_("先立项")))
    if not public_words.strip():
        return Verdict(False, Reason(_("还没有写对外介绍"), field="public_words", mend=_("在「修改」里写好再公开")))
    if by_writer:
        return Verdict(False, Reason(_("对外介绍是你自己写的"), mend=_("请另一位同事看过再公开")))
    return Verdict(True)


def can_be_unpublished(*, public: bool) -> Verdict[bool]:
    """Whether a project can be taken off the public list: it stands there."""
    return Verdict(True) if public else Verdict(False, Reason(_("这个项目没有公开")))


def photos_are_told(title: str) -> Verdict[bool]:
    """Whether it is said what photographs show, for those who do not see them."""
    if title.strip():
        return Verdict(True)
    return Verdict(False, Reason(_("还没有写照片上是什么"), field="title", mend=_("写一句，例如：铺装前的人行道")))


def slipped_days(milestone: MilestoneFacts, today: date) -> int:
    """By how many days a milestone is behind what was said first; 0 where it is not."""
    until = milestone.done_on or max(milestone.due_on, today)
    return max((until - milestone.first_due_on).days, 0)


def standing(milestone: MilestoneFacts, today: date, *, soon_days: float) -> Standing:
    """How a milestone stands on a day."""
    if milestone.done_on is not None:
        return Standing.DONE
    if milestone.due_on < today:
        return Standing.LATE
    return Standing.SOON if milestone.due_on <= today + timedelta(days=soon_days) else Standing.AHEAD
