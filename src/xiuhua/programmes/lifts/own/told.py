"""What residents are told of their lift, in plain words: how far it is, what is next, who helps, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.utils import timezone

from xiuhua.ground.standards import Figure
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.phone import Cell
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, queries, queries_build, queries_own, queries_votes, words, words_build
from xiuhua.programmes.lifts.models import Delay, Dossier, FeeLine, Notice, TeamMember, Vote
from xiuhua.programmes.lifts.rules.facts import Measures
from xiuhua.programmes.lifts.rules.fees import COMES_IN, household_month_fen
from xiuhua.programmes.lifts.rules.suitability import suits_a_lift

YEAR = timedelta(days=365)
VOTED_ABOUT = ("consulting", "designing", "agreeing")
"""States in which how a vote came out stands on top; later it is one of the stairwell's pages."""


@dataclass(frozen=True, slots=True)
class Knot:
    """A step as a knot on the thread: its number, its name in two characters, done, now or later."""

    number: int
    title: str
    name: str
    state: str

    @property
    def spoken(self) -> str:
        """How far it is, for those who do not see the knot."""
        return {"done": _("已完成"), "now": _("正在进行"), "later": _("还没到")}[self.state]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is next: what has to be done, by whom, until when."""

    what: str
    who: str
    due: str
    late: bool


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who accompanies the stairwell: name, what they do, the number to ring."""

    name: str
    part: str
    phone: str


@dataclass(frozen=True, slots=True)
class Account:
    """The fee account in sum: what is left, what a household has paid a month over the last year."""

    balance: str
    into: str
    out: str
    month: str


def knots(dossier: Dossier) -> list[Knot]:
    """The five steps of a stairwell."""
    book = list(words.book(dossier.path).steps.values())
    at = next((number for number, step in enumerate(book) if step.key == dossier.step), len(book))
    done = len(book) if dossier.state == "running" else at if dossier.step else 0
    return [
        Knot(
            number + 1,
            step.short,
            step.name,
            "done" if number < done else "now" if number == at and dossier.step else "later",
        )
        for number, step in enumerate(book)
    ]


def stage_line(dossier: Dossier) -> str:
    """How far it is, in a line: 第 2 步「方案与分摊」，第 18 天."""
    if dossier.state == "running":
        on = dossier.completed_on
        return _("电梯已经在用，%(day)s交付") % {"day": words.on_day(on)} if on else _("电梯已经在用")
    now = next((knot for knot in knots(dossier) if knot.state == "now"), None)
    if now is None:
        return _("还没有开始征询")
    told = {"number": now.number, "name": now.name}
    began = dossier.step_began_on
    if began is None:
        return _("第 %(number)s 步「%(name)s」") % told
    return _("第 %(number)s 步「%(name)s」，第 %(days)s 天") % (told | {"days": (today() - began).days + 1})


def step_words(dossier: Dossier) -> str:
    """The step that it is in, without its days: 第 2 步「方案与分摊」."""
    now = next((knot for knot in knots(dossier) if knot.state == "now"), None)
    return _("第 %(number)s 步「%(name)s」") % {"number": now.number, "name": now.name} if now else ""


def ahead(dossier: Dossier) -> Ahead | None:
    """The first thing that is in the way of the next step; None where nothing is, or the lift runs."""
    gate = next((one for one in gates.next_gates(dossier) if one.is_open), None)
    if gate is None:
        return None
    due = words.on_day(gate.due_on) if gate.due_on else ""
    late = gate.due_on is not None and gate.due_on < today()
    return Ahead(gate.name, words.who_sees_to(gate.who), due, late)


def helpers(dossier: Dossier) -> list[Helper]:
    """Who accompanies a stairwell, with the number of each; a coordinator without one is rung at the sub-centre."""
    centres = queries_own.centres_for(dossier.path)
    centre = centres[0].phone if centres else ""
    return [
        Helper(
            one.name or (one.user.name if one.user else ""),
            one.trade or str(one.get_part_display()),
            one.phone or (centre if one.part == TeamMember.Part.COORDINATOR else ""),
        )
        for one in queries.team_of(dossier)
    ]


def hanging_notice(dossier: Dossier) -> Notice | None:
    """The notice that hangs today, during which one may object."""
    notice = queries_build.notice_of(dossier)
    return notice if notice is not None and notice.posted_on <= today() <= notice.until_on else None


def last_result(dossier: Dossier) -> Vote | None:
    """The newest vote of this attempt that was counted, while people still talk about it."""
    if dossier.state not in VOTED_ABOUT:
        return None
    newest = queries_votes.newest_vote(dossier)
    return newest if newest is not None and not newest.is_open else None


def account_of(dossier: Dossier) -> Account | None:
    """The fee account in sum; None where nothing stands in it."""
    lines = list(FeeLine.objects.filter(dossier=dossier).standing())
    if not lines:
        return None
    since = today() - YEAR
    recent = [line for line in lines if line.on >= since]
    out = sum(line.amount_fen for line in recent if line.kind not in COMES_IN)
    into = sum(line.amount_fen for line in recent if line.kind in COMES_IN)
    balance = FeeLine.objects.filter(dossier=dossier).balance_fen()
    months = max(1, min(12, round((today() - min(line.on for line in recent)).days / 30) if recent else 1))
    month = household_month_fen(out, households=dossier.flats.count(), months=months)
    return Account(
        words_build.yuan_to_fen(balance),
        words_build.yuan_to_fen(into),
        words_build.yuan_to_fen(out),
        words_build.yuan_to_fen(round(month)),
    )


def story(dossier: Dossier) -> list[Cell]:
    """What happened, the newest first, as one tells it to a neighbour."""
    told: list[tuple[date, str, str]] = []
    for day, what in (
        (dossier.begun_on, _("开始一户一户问大家愿不愿意装")),
        (dossier.designed_on, _("开始做设计，商量怎么分摊")),
        (dossier.agreed_on, _("进入公示和签约")),
        (dossier.signed_on, _("签好了协议，去办审批")),
        (dossier.started_on, _("开工")),
        (dossier.finished_on, _("竣工，等验收和登记")),
        (dossier.completed_on, _("电梯交付使用")),
    ):
        if day is not None:
            told.append((day, str(what), ""))
    told += [_of_vote(vote) for vote in queries_votes.votes_of(dossier) if vote.attempt == dossier.attempt]
    for notice in dossier.notices.filter(attempt=dossier.attempt):
        until = _("公示到 %(day)s") % {"day": words.on_day(notice.until_on)}
        told.append((notice.posted_on, _("门洞口贴出公示"), until))
    for scheme in dossier.schemes.filter(attempt=dossier.attempt, adopted_on__isnull=False):
        told.append((scheme.adopted_on, _("分摊方案定稿"), _("第 %(number)s 稿") % {"number": scheme.number}))
    delays = Delay.objects.filter(entry__dossier=dossier).select_related("entry")
    for delay in delays:
        told.append((delay.entry.on, _("工期推迟"), _("推到 %(day)s") % {"day": words.on_day(delay.until_on)}))
    told.sort(key=lambda row: row[0], reverse=True)
    return [Cell(what, line, end=words.on_day(day)) for day, what, line in told]


def _of_vote(vote: Vote) -> tuple[date, str, str]:
    if vote.is_open:
        until = _("%(time)s 截止") % {"time": queries_votes.closing_words(vote)}
        return vote.opens_on, _("发起表决"), until
    found = queries_votes.result(vote)
    day = queries_votes.local_day(vote.closes_at)
    if found is None:
        return day, _("表决取消了"), ""
    heads = {"agree": found.tally.agree.heads, "part": found.tally.part.heads}
    line = _("%(part)s 户投了，%(agree)s 户同意") % heads
    return day, _("表决通过了") if found.passed else _("表决没有通过"), line


def days_left(vote: Vote) -> str:
    """How long a vote is still open, as one says it."""
    days = (queries_votes.local_day(vote.closes_at) - today()).days
    if days > 0:
        return _("还有 %(days)s 天") % {"days": days}
    return _("今天 %(time)s 截止") % {"time": timezone.localtime(vote.closes_at).strftime("%H:%M")}


def figures_against(dossier: Dossier | None, path: str) -> Sequence[Figure]:
    """Figures of the rule book by which a stairwell was judged: those that stand against it, else all of them."""
    figures = words.book(path).suitability
    every = [getattr(figures, one.name) for one in fields(figures)]
    if dossier is None:
        return every
    measures = Measures(front_m=dossier.front_m, spacing_m=dossier.spacing_m, fire_lane_m=dossier.fire_lane_m)
    verdict = suits_a_lift(dossier.stairwell.levels, measures, figures)
    names = [reason.cites.removeprefix("lifts.suitability.") for reason in verdict.reasons if reason.cites]
    return [getattr(figures, name) for name in names] or every
