"""What things of the project list are called on screen."""

from datetime import date

from xiuhua.ground.standards import Standards, on
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects import rules
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.projects.rules import Standing

STANDING_TONES = {Standing.DONE: "good", Standing.LATE: "over", Standing.SOON: "soon", Standing.AHEAD: "outline"}


def book() -> Standards:
    """The rule book as it stands today."""
    return on(today())


def yuan(fen: int | None) -> str:
    """An amount as people read it: 128,000 元, and its tens of thousands from 1,000,000 yuan on."""
    if fen is None:
        return ""
    if fen >= 100_000_000:
        return _("%(amount)s 万元") % {"amount": f"{fen / 1_000_000:,.4f}".rstrip("0").rstrip(".")}
    return _("%(amount)s 元") % {"amount": f"{fen / 100:,.2f}".removesuffix(".00")}


def owner_of(project: Project) -> str:
    """Who answers for it: a section, a committee, or both."""
    section = book().offices.section_name(project.owner_section) if project.owner_section else ""
    committee = project.owner_committee.name if project.owner_committee else ""
    return _("、").join(filter(None, [section, committee]))


def span(first: date | None, last: date | None) -> str:
    """Days from one to another, either of which may be open."""
    if first and last:
        return _("%(first)s 至 %(last)s") % {"first": first, "last": last}
    if first:
        return _("%(first)s 起") % {"first": first}
    return _("到 %(last)s") % {"last": last} if last else ""


def standing_of(milestone: Milestone, day: date) -> Standing:
    """How a milestone stands on a day, by the rule book's figure of what is near."""
    return rules.standing(milestone.facts(), day, soon_days=book().projects.soon_days.number)


def standing_words(milestone: Milestone, day: date) -> str:
    """How a milestone stands, in words."""
    standing = standing_of(milestone, day)
    if standing is Standing.LATE:
        return _("逾期 %(days)s 天") % {"days": (day - milestone.due_on).days}
    return {Standing.DONE: _("已完成"), Standing.SOON: _("快到了"), Standing.AHEAD: _("未到")}[standing]


def slip_words(milestone: Milestone, day: date) -> str:
    """By how much a milestone is behind what was said first; empty where it is not."""
    days = rules.slipped_days(milestone.facts(), day)
    return _("比最初晚 %(days)s 天") % {"days": days} if days else ""


def step_note(milestone: Milestone, day: date) -> str:
    """The line under a milestone's knot: its day, and by how much that has slipped."""
    shown = milestone.done_on or milestone.due_on
    said = _("%(day)s 完成") % {"day": shown} if milestone.done_on else _("%(day)s 前") % {"day": shown}
    return _("，").join(filter(None, [said, slip_words(milestone, day)]))


def progress_words(project: Project) -> str:
    """How many milestones are reached, of how many."""
    count = getattr(project, "milestones_count", 0)
    return f"{getattr(project, 'reached_count', 0)}/{count}" if count else ""
