"""Words of the lift programme that several screens share."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format

from xiuhua.ground import standards
from xiuhua.ground.standards.lifts import LiftStandard
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Dossier, TeamMember


def book(path: str) -> LiftStandard:
    """The rule book of today, as the subdistrict of a place has set it."""
    return standards.on(today(), at=path).lifts


def on_day(day: date) -> str:
    """A day as people say it: 7 月 1 日; of another year with the year."""
    return date_format(day, _("n 月 j 日") if day.year == today().year else _("Y 年 n 月 j 日"))


def on_days(first: date, last: date) -> str:
    """From one day to another: the year said once where both lie in one, of both where they do not."""
    if first.year == last.year:
        return _("%(first)s至 %(last)s") % {"first": on_day(first), "last": date_format(last, _("n 月 j 日"))}
    whole = _("Y 年 n 月 j 日")
    return _("%(first)s至 %(last)s") % {"first": date_format(first, whole), "last": date_format(last, whole)}


def in_month(day: date) -> str:
    """A month as people say it: 9 月; of another year with the year."""
    return date_format(day, _("n 月") if day.year == today().year else _("Y 年 n 月"))


def square_metres(area_dm2: int | None) -> str:
    """An area in square metres to two digits; empty where it is not known."""
    return "" if area_dm2 is None else f"{area_dm2 // 100}.{area_dm2 % 100:02d}"


def who_sees_to(who: str) -> str:
    """Who has to see to a rule."""
    return {
        "coordinator": _("专员"),
        "neighbours": _("邻居小组"),
        "designer": _("设计单位"),
        "contractor": _("施工单位"),
    }.get(who, who)


def deed_of(move: str) -> str:
    """What the button says that makes a move."""
    return {
        "begin": _("开始征询"),
        "design": _("进入方案与分摊"),
        "agree": _("进入公示签约"),
        "sign": _("登记签约"),
        "build": _("登记开工"),
        "finish": _("登记竣工"),
        "hand_over": _("交付使用"),
    }[move]


def member_words(member: TeamMember) -> str:
    """A member of the team in a line of names, neighbours with their room: for those who see owners."""
    if member.part != TeamMember.Part.NEIGHBOUR:
        return member.name
    room = member.flat.room if member.flat else ""
    return (
        member.name
        if not room or member.name.startswith(room)
        else _("%(room)s %(name)s")
        % {
            "room": room,
            "name": member.name,
        }
    )


def team_words(members: Sequence[TeamMember], *, sees_owners: bool) -> list[str]:
    """The team by name; neighbours by name for those who see owners, for others only how many."""
    if sees_owners:
        return [member_words(one) for one in members]
    neighbours = sum(one.part == TeamMember.Part.NEIGHBOUR for one in members)
    named = [one.name for one in members if one.part != TeamMember.Part.NEIGHBOUR]
    return [*named, _("邻居 %(count)s 位") % {"count": neighbours}] if neighbours else named


def built(dossier: Dossier, flats: int) -> list[str]:
    """How the stairwell is built, in a line of facts."""
    stairwell, year = dossier.stairwell, dossier.stairwell.building.year_built
    told = [_("%(year)s 年建") % {"year": year}] if year else []
    told.append(_("%(levels)s 层 %(flats)s 户") % {"levels": stairwell.levels, "flats": flats})
    if dossier.entry:
        told.append(str(Dossier.Entry(dossier.entry).label))
    return told
