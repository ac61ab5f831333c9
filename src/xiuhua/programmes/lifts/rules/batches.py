"""Whole blocks (成片): how ready a stairwell is, what lots are sound, and how two ways to cut them differ."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xiuhua.ground.standards.lifts import BatchFigures, PaceFigures
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

BEGUN = ("building", "finishing", "running")
"""States in which a lift is built, or being built."""

MOST_REACH_M, MOST_PRICE, MOST_SIZE = 500.0, 10.0, 200
"""Beyond these a term is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class LotTerms:
    """What a lot is and what it costs, as `engine.batches.Terms` has it; prices are in readiness."""

    least: int
    most: int
    reach_m: float
    ready: float
    setup: float
    walk: float

    @classmethod
    def of(cls, figures: BatchFigures) -> "LotTerms":
        """The terms that the rule book proposes."""
        return cls(
            least=int(figures.least.number),
            most=int(figures.most.number),
            reach_m=figures.reach_m.number,
            ready=figures.ready.number,
            setup=figures.setup.number,
            walk=figures.walk.number,
        )


@dataclass(frozen=True, slots=True)
class ReadyFacts:
    """A stairwell as its readiness asks about it: state, gates before the next move, wishes, days without progress."""

    state: str
    gates_kept: int = 0
    gates_all: int = 0
    wish_for: int = 0
    wish_against: int = 0
    households: int = 0
    stuck_days: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """Something that makes a stairwell more ready or less: what, how much, and the numbers that it rests on."""

    what: str
    points: float
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Readiness:
    """How surely a stairwell can be built soon (成熟度), from 0 to 1, and what makes it so."""

    degree: float
    because: Sequence[Point] = field(default_factory=tuple)


def readiness_of(facts: ReadyFacts, figures: BatchFigures, pace: PaceFigures) -> Readiness:
    """How ready a stairwell is: by its state; more with each gate passed and each wish; less where it is stuck."""
    if facts.state in BEGUN:
        return Readiness(1.0, (Point(facts.state, 1.0),))
    by_state = {
        "waiting": figures.ready_waiting,
        "consulting": figures.ready_consulting,
        "designing": figures.ready_designing,
        "agreeing": figures.ready_agreeing,
        "signed": figures.ready_signed,
    }
    points = [Point(facts.state, by_state[facts.state].number)]
    if facts.gates_all and facts.state != "waiting":
        share = facts.gates_kept / facts.gates_all
        points.append(Point("gates", figures.ready_gates.number * share, (facts.gates_kept, facts.gates_all)))
    if facts.households and (facts.wish_for or facts.wish_against) and facts.state != "signed":
        share = (facts.wish_for - facts.wish_against) / facts.households
        told = (facts.wish_for, facts.wish_against, facts.households)
        points.append(Point("wishes", figures.ready_wishes.number * share, told))
    if facts.stuck_days >= pace.stuck_days.number:
        share = min(1.0, facts.stuck_days / pace.escalate_days.number)
        points.append(Point("stuck", -figures.ready_stuck.number * share, (facts.stuck_days,)))
    return Readiness(min(1.0, max(0.0, sum(one.points for one in points))), tuple(points))


def terms_are_sound(terms: LotTerms) -> Verdict[bool]:
    """Whether lots can be cut under terms."""
    faults = []
    if not 1 <= terms.least <= MOST_SIZE:
        faults.append(Reason(_("一批至少要有一个门洞"), field="least", mend=_("填 1 到 200")))
    if not terms.least <= terms.most <= MOST_SIZE:
        faults.append(Reason(_("一批最多的门洞数比最少的还少"), field="most", mend=_("填不小于最少的数，到 200 为止")))
    if not 0 <= terms.reach_m <= MOST_REACH_M:
        faults.append(Reason(_("算挨着的距离不对"), field="reach_m", mend=_("填 0 到 500 米")))
    if not 0 <= terms.ready <= 1:
        faults.append(Reason(_("成熟度在 0 到 1 之间"), field="ready", mend=_("例如 0.5")))
    for name, price in (("setup", terms.setup), ("walk", terms.walk)):
        if not 0 <= price <= MOST_PRICE:
            faults.append(Reason(_("折算的数不对"), field=name, mend=_("填 0 到 10")))
    return Verdict(not faults, *faults)


def lots_are_sound(lots: Sequence[Sequence[int]], known: Collection[int]) -> Verdict[bool]:
    """Whether somebody's lots can be kept: each has members, nobody is in two, a lift suits each."""
    seen = Counter(one for lot in lots for one in lot)
    faults = []
    if not lots or not all(lots):
        faults.append(Reason(_("有一批里一个门洞也没有")))
    if any(count > 1 for count in seen.values()):
        faults.append(Reason(_("有门洞分进了两批"), mend=_("一个门洞只能在一批里")))
    if strange := [one for one in seen if one not in known]:
        faults.append(Reason(_("有 %(count)s 个门洞不适合加梯，或者不在这里") % {"count": len(strange)}))
    return Verdict(not faults, *faults)


def lot_is_amiss(size: int, *, contiguous: bool, terms: LotTerms) -> list[Reason]:
    """What is worth a warning about a lot that somebody has changed by hand; it stands all the same."""
    told = {"size": size, "least": terms.least, "most": terms.most}
    found = []
    if size < terms.least:
        found.append(Reason(_("这一批只有 %(size)s 个门洞，少于 %(least)s 个") % told, cites="lifts.batch.least"))
    if size > terms.most:
        found.append(Reason(_("这一批有 %(size)s 个门洞，多于 %(most)s 个") % told, cites="lifts.batch.most"))
    if not contiguous:
        found.append(Reason(_("这一批没有连成一片"), mend=_("有门洞和别的隔得太远"), cites="lifts.batch.reach_m"))
    return found


def can_adopt(
    states: Sequence[str], *, taken: Sequence[str], begun: Sequence[str], on: date, today: date
) -> Verdict[bool]:
    """Whether lots may be adopted: they are still proposed, no member is in another, none was begun before.

    Parameters
    ----------
    taken, begun : sequence of str
        Addresses of members that are in another adopted lot, or were being built before the day.
    """
    faults = []
    if not states:
        faults.append(Reason(_("一批也没有选"), field="lots", mend=_("至少勾选一批")))
    if any(state != "proposed" for state in states):
        faults.append(Reason(_("选的批次里有已经采用或解散的"), field="lots", mend=_("去掉它们再采用")))
    if taken:
        faults.append(Reason(_("%(which)s已经在别的批次里") % {"which": _few(taken)}, field="lots", mend=_("先移出去")))
    if begun:
        faults.append(Reason(_("%(which)s那时已经开工") % {"which": _few(begun)}, field="on", mend=_("先移出这一批")))
    if on > today:
        faults.append(Reason(_("日期在今天以后"), field="on", mend=_("定了再登记")))
    return Verdict(not faults, *faults)


def can_move(
    state: str, *, suitable: bool, elsewhere: str, here: bool, out: bool, left: int, begun: bool
) -> Verdict[bool]:
    """Whether a stairwell may be put into a lot or taken out of it by hand.

    Parameters
    ----------
    elsewhere : str
        Name of another adopted lot that it is in; empty where it is in none.
    here : bool
        Whether it is in this lot.
    left : int
        Members of the lot that it leaves, without it; at least one has to stay.
    begun : bool
        Whether it was being built before the lot was adopted.
    """
    if state == "dissolved":
        return Verdict(False, Reason(_("这一批已经解散")))
    if out:
        if not here:
            return Verdict(False, Reason(_("这个门洞不在这一批里"), field="dossier"))
        if not left:
            return Verdict(False, Reason(_("这是最后一个门洞"), field="dossier", mend=_("整批不做的，请解散它")))
        return Verdict(True)
    if here:
        return Verdict(False, Reason(_("这个门洞已经在这一批里"), field="dossier"))
    if elsewhere:
        mend = _("先从那一批移出来")
        return Verdict(False, Reason(_("这个门洞在%(batch)s里") % {"batch": elsewhere}, field="dossier", mend=mend))
    if not suitable:
        return Verdict(
            False, Reason(_("这个门洞不适合加梯，或者还没有初评"), field="dossier", mend=_("先做可行性初评"))
        )
    if begun:
        return Verdict(False, Reason(_("这个门洞已经开工"), field="dossier"))
    return Verdict(True)


def can_dissolve(state: str, *, adopted_on: date | None, on: date, today: date, because: str) -> Verdict[bool]:
    """Whether an adopted lot may be dissolved (解散), and it is said why."""
    if state != "adopted":
        return Verdict(False, Reason(_("这一批没有在用"), mend=_("只有已采用的才用得着解散")))
    faults = []
    if on > today or (adopted_on is not None and on < adopted_on):
        faults.append(Reason(_("日期不对"), field="on", mend=_("应在采用以后、今天以前")))
    if not because.strip():
        faults.append(Reason(_("还没有写原因"), field="because", mend=_("写一句就行，以后查得到")))
    return Verdict(not faults, *faults)


@dataclass(frozen=True, slots=True)
class Moved:
    """A stairwell that two plans place otherwise: its lot in the first and in the second, None for none."""

    dossier: int
    before: int | None
    after: int | None


def moved_between(first: Mapping[int, int], second: Mapping[int, int]) -> tuple[dict[int, int], list[Moved]]:
    """Which lots of two plans are the same ones, and which stairwells moved.

    Lots are matched by the members that they share, the most first; a lot has one match at most.

    Parameters
    ----------
    first, second : mapping of int to int
        Lot of each stairwell that is in one.

    Returns
    -------
    matched : dict
        Of lots of the second plan, the lot of the first that each goes on from.
    moved : list of Moved
        In the order of the stairwells' numbers.
    """
    shared = Counter((first[one], second[one]) for one in first.keys() & second.keys())
    matched: dict[int, int] = {}
    for (before, after), _count in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if after not in matched and before not in matched.values():
            matched[after] = before
    moved = []
    for one in sorted(first.keys() | second.keys()):
        was, now = first.get(one), second.get(one)
        if now is None or was is None or matched.get(now) != was:
            moved.append(Moved(one, was, now))
    return matched, moved


def _few(addresses: Sequence[str], most: int = 3) -> str:
    """Addresses in a line, cut short."""
    told = _("、").join(addresses[:most])
    rest = {"told": told, "count": len(addresses)}
    return _("%(told)s等 %(count)s 个") % rest if len(addresses) > most else told
