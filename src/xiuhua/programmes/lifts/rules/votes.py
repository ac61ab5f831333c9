"""What a vote takes (表决规则) and how it came out: areas and heads against both thresholds, compared as integers.

Civil Code art. 278: two thirds of area and of heads take part; of those, three quarters of area and of heads agree.
Older votes are judged by the rule of their day. "以上" includes the number itself (art. 1259).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from xiuhua.ground.standards.lifts import VoteRule
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


@dataclass(frozen=True, slots=True)
class Weight:
    """What some of a stairwell weigh: exclusive area in square decimetres, and heads."""

    area_dm2: int
    heads: int

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.area_dm2 + other.area_dm2, self.heads + other.heads)

    def within(self, other: "Weight") -> bool:
        """Whether it can be a part of another."""
        return 0 <= self.area_dm2 <= other.area_dm2 and 0 <= self.heads <= other.heads


NOTHING = Weight(0, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """How a vote came out (计票); who abstains takes part and does not agree."""

    whole: Weight
    part: Weight
    agree: Weight
    against: Weight = NOTHING

    @property
    def abstain(self) -> Weight:
        """Those who took part and neither agreed nor disagreed."""
        return Weight(
            self.part.area_dm2 - self.agree.area_dm2 - self.against.area_dm2,
            self.part.heads - self.agree.heads - self.against.heads,
        )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a vote takes (门槛): shares that take part and agree, of whom, and whether nobody may be against."""

    take_part: Fraction
    agree: Fraction
    of_all: bool
    no_objection: bool


def thresholds_of(rule: VoteRule) -> Thresholds:
    """The thresholds that the rule book gives for a day."""
    return Thresholds(
        take_part=Fraction(str(rule.take_part.value)),
        agree=Fraction(str(rule.agree.value)),
        of_all=rule.agree_of.value == "all",
        no_objection=bool(rule.no_objection.value),
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the comparisons: `got` of `of`, and the gate that it has to reach."""

    key: str
    unit: str
    got: int
    of: int
    gate: Fraction

    @property
    def reached(self) -> bool:
        """Whether it reaches the gate, compared as integers; of nothing, nothing is reached."""
        return self.of > 0 and self.got * self.gate.denominator >= self.of * self.gate.numerator

    @property
    def percent(self) -> str:
        """The share in percent to two digits (90.97%); what misses the gate is never rounded up to it."""
        share = Fraction(self.got * 10_000, self.of) if self.of else Fraction(0)
        told = int(share + Fraction(1, 2))
        if not self.reached and told >= self.gate * 10_000:
            told = int(share)
        return f"{told // 100}.{told % 100:02d}%"


def measures(tally: Tally, thresholds: Thresholds) -> list[Measure]:
    """The comparisons of a vote, in the order in which they are made: who takes part, then who agrees."""
    base = tally.whole if thresholds.of_all else tally.part
    rows = [("agree", tally.agree, base, thresholds.agree)]
    if thresholds.take_part:
        rows.insert(0, ("take_part", tally.part, tally.whole, thresholds.take_part))
    return [
        measure
        for key, got, of, gate in rows
        for measure in (
            Measure(key, "area", got.area_dm2, of.area_dm2, gate),
            Measure(key, "heads", got.heads, of.heads, gate),
        )
    ]


def outcome(tally: Tally, thresholds: Thresholds) -> Verdict[bool]:
    """Whether a vote has passed; every threshold that it misses is a reason."""
    missed = [
        Reason(_MISSED[measure.key, measure.unit](), cites=f"lifts.vote.{measure.key}")
        for measure in measures(tally, thresholds)
        if not measure.reached
    ]
    if thresholds.no_objection and tally.against.heads:
        missed.append(
            Reason(_("有 %(heads)s 户明确反对") % {"heads": tally.against.heads}, cites="lifts.vote.no_objection")
        )
    return Verdict(not missed, *missed)


_MISSED = {
    ("take_part", "area"): lambda: _("参与的面积不够"),
    ("take_part", "heads"): lambda: _("参与的人数不够"),
    ("agree", "area"): lambda: _("同意的面积不够"),
    ("agree", "heads"): lambda: _("同意的人数不够"),
}


def tally_is_sound(tally: Tally) -> Verdict[bool]:
    """Whether sums can be so: the whole is something, and every part lies within what it is a part of."""
    faults = []
    if tally.whole.area_dm2 <= 0 or tally.whole.heads <= 0:
        faults.append(Reason(_("全体面积和人数要大于零"), field="all_area"))
    if not tally.part.within(tally.whole):
        faults.append(Reason(_("参与的比全体还多"), field="part_area", mend=_("请对照原件核对面积和人数")))
    if not (tally.agree + tally.against).within(tally.part) or min(tally.against.area_dm2, tally.against.heads) < 0:
        faults.append(
            Reason(_("同意和不同意加起来比参与的还多"), field="agree_area", mend=_("请对照原件核对面积和人数"))
        )
    return Verdict(not faults, *faults)


# Who votes.


@dataclass(frozen=True, slots=True)
class VotingFlat:
    """A flat as electors are made of it: its area, and the owner who speaks for it (0 where nobody is known)."""

    key: int
    room: str
    area_dm2: int | None
    speaker: int = 0
    owners: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """One head of a vote: its flats, their summed area, and who casts for it (0 where nobody can)."""

    speaker: int
    flats: tuple[int, ...]
    rooms: tuple[str, ...]
    area_dm2: int


def flats_can_vote(flats: Sequence[VotingFlat]) -> Verdict[bool]:
    """Whether a stairwell's register is enough to vote by: every area known, and of several owners one chosen."""
    if not flats:
        return Verdict(False, Reason(_("还没有登记房屋"), mend=_("先在「房屋和业主」里登记")))
    no_area = [flat.room for flat in flats if not flat.area_dm2]
    no_speaker = [flat.room for flat in flats if flat.owners and not flat.speaker]
    faults = []
    if no_area:
        faults.append(
            Reason(
                _("缺面积：%(rooms)s") % {"rooms": _("、").join(no_area)}, mend=_("表决按专有面积算，先把面积登记齐")
            )
        )
    if no_speaker:
        faults.append(
            Reason(
                _("几位共有，还没有推选谁投票：%(rooms)s") % {"rooms": _("、").join(no_speaker)},
                mend=_("请这几户推选一人行使表决权"),
            )
        )
    return Verdict(not faults, *faults)


def heads_of(flats: Sequence[VotingFlat]) -> list[Head]:
    """One head a flat; the flats that one person speaks for are one head with their areas summed (一人多套算一人).

    A flat whose owner is unknown is a head of its own, which counts in the whole and for which nobody can cast.
    """
    by_speaker: dict[int, list[VotingFlat]] = {}
    for flat in flats:
        by_speaker.setdefault(flat.speaker or -flat.key, []).append(flat)
    return [
        Head(
            speaker=max(speaker, 0),
            flats=tuple(flat.key for flat in own),
            rooms=tuple(flat.room for flat in own),
            area_dm2=sum(flat.area_dm2 or 0 for flat in own),
        )
        for speaker, own in by_speaker.items()
    ]


# Opening, closing, voting again.


def dossier_can_vote(state: str) -> Verdict[bool]:
    """Whether a stairwell is where it votes: once there is a design, before notice and signing."""
    if state == "designing":
        return Verdict(True)
    return Verdict(False, Reason(_("「方案与分摊」这一步才表决"), mend=_("先走到这一步")))


def none_is_open(*, open_now: bool) -> Verdict[bool]:
    """Whether no vote is open."""
    return Verdict(False, Reason(_("这个门洞正在表决"), mend=_("等它截止再补录"))) if open_now else Verdict(True)


@dataclass(frozen=True, slots=True)
class Opening:
    """A vote as it is to be opened."""

    question: str
    opens_on: date
    closes_on: date
    still_to_come: bool
    """Whether its closing time is still to come."""


def vote_can_open(
    opening: Opening, *, moved_on: date | None, today: date, least_days: int, most_days: int
) -> Verdict[bool]:
    """Whether a vote may be opened so: a question, a beginning that has come, days enough for all and not too many."""
    faults = []
    if not opening.question.strip():
        faults.append(Reason(_("还没有写表决事项"), field="question", mend=_("例如：同意装这部电梯吗？")))
    if opening.opens_on > today:
        faults.append(Reason(_("开始日期在今天以后"), field="opens_on", mend=_("到那天再发起")))
    if moved_on is not None and opening.opens_on < moved_on:
        faults.append(Reason(_("开始日期比上一步（%(day)s）还早") % {"day": moved_on}, field="opens_on"))
    if not opening.still_to_come:
        faults.append(
            Reason(_("截止时间已经过了"), field="closes_on", mend=_("系统以前的表决，请用「补录纸质表决」登记"))
        )
    elif opening.closes_on < opening.opens_on + timedelta(days=least_days):
        faults.append(
            Reason(
                _("表决至少开 %(days)s 天") % {"days": least_days},
                field="closes_on",
                mend=_("最早 %(day)s 截止") % {"day": opening.opens_on + timedelta(days=least_days)},
                cites="lifts.vote.least_days",
            )
        )
    elif opening.closes_on > opening.opens_on + timedelta(days=most_days):
        faults.append(
            Reason(
                _("表决最多开 %(days)s 天") % {"days": most_days},
                field="closes_on",
                mend=_("最晚 %(day)s 截止") % {"day": opening.opens_on + timedelta(days=most_days)},
                cites="lifts.vote.most_days",
            )
        )
    return Verdict(not faults, *faults)


@dataclass(frozen=True, slots=True)
class Before:
    """The votes of this attempt so far, and what came after the last."""

    counted: int = 0
    open_now: bool = False
    passed: bool = False
    new_scheme: bool = False
    """Whether the vote to come is about another draft than the last."""
    closed_on: date | None = None
    mediated_on: date | None = None


def another_vote_can_follow(before: Before, opens_on: date, *, most: int, again_days: int) -> Verdict[bool]:
    """Whether a vote may follow those that were held (再次表决).

    One at a time, and no more than `most`. After one that failed there has to be a mediation first, or a pause of
    `again_days`; after one that passed there is nothing left to decide, unless it is about a new draft.
    """
    if before.open_now:
        return Verdict(False, Reason(_("这个门洞正在表决"), mend=_("等它截止，或写明原因取消它")))
    if before.counted >= most:
        return Verdict(
            False,
            Reason(
                _("已经表决过 %(count)s 次，最多 %(most)s 次") % {"count": before.counted, "most": most},
                mend=_("先搁置，谈拢了再重新启动"),
                cites="lifts.vote.most_votes",
            ),
        )
    if before.closed_on is None:
        return Verdict(True)
    if before.passed:
        told = Reason(_("表决已经通过"), field="scheme", mend=_("方案改了的话，选新的一稿再表决"))
        return Verdict(True) if before.new_scheme else Verdict(False, told)
    mediated = before.mediated_on is not None and before.mediated_on >= before.closed_on
    if mediated or opens_on >= before.closed_on + timedelta(days=again_days):
        return Verdict(True)
    return Verdict(
        False,
        Reason(
            _("上次表决没有通过，还没有调解记录"),
            mend=_("先调解、登记调解记录，或过 %(days)s 天再表决") % {"days": again_days},
            cites="lifts.vote.again_days",
        ),
    )


def vote_can_close(*, is_open: bool, closes_at: datetime, at: datetime, told: str) -> Verdict[bool]:
    """Whether a vote may be counted: never before its closing time, until which everybody may think again."""
    if not is_open:
        return Verdict(False, Reason(_("这次表决已经结束")))
    if at < closes_at:
        return Verdict(
            False, Reason(_("表决到 %(time)s 才截止，截止前不能开票") % {"time": told}, mend=_("截止前大家还可以改票"))
        )
    return Verdict(True)


def vote_is_open(*, state: str, closes_at: datetime, at: datetime, told: str) -> Verdict[bool]:
    """Whether ballots are still taken; afterwards the answer names the closing time."""
    if state == "cancelled":
        return Verdict(False, Reason(_("这次表决已取消，不能再投票")))
    if state != "open" or at >= closes_at:
        return Verdict(False, Reason(_("表决已于 %(time)s 截止，不能再投票") % {"time": told}))
    return Verdict(True)


def vote_can_be_cancelled(reason: str, *, state: str, over: bool, told: str) -> Verdict[bool]:
    """Whether a vote may be cancelled: while it is open, never once its time is over, and with a reason."""
    if state != "open":
        return Verdict(False, Reason(_("这次表决已经结束")))
    if over:
        return Verdict(False, Reason(_("表决已于 %(time)s 截止，不能再取消") % {"time": told}, mend=_("请开票")))
    if not reason.strip():
        return Verdict(False, Reason(_("还没有写原因"), field="reason", mend=_("写一句就行，以后查得到")))
    return Verdict(True)


def past_vote_can_be(on: date, *, begun_on: date | None, today: date) -> Verdict[bool]:
    """Whether a vote on paper may have been held on a day: in this attempt, and not in the future."""
    if on > today:
        return Verdict(False, Reason(_("日期在今天以后"), field="on"))
    if begun_on is None or on < begun_on:
        return Verdict(False, Reason(_("这天这个门洞还没有开始征询"), field="on", mend=_("请核对表决日期")))
    return Verdict(True)


def words_of(fraction: Fraction) -> str:
    """A share in words: 三分之二."""
    known: Mapping[Fraction, str] = {
        Fraction(2, 3): _("三分之二"),
        Fraction(3, 4): _("四分之三"),
        Fraction(9, 10): _("十分之九"),
        Fraction(1, 2): _("二分之一"),
    }
    return known.get(fraction, f"{fraction.numerator}/{fraction.denominator}")
