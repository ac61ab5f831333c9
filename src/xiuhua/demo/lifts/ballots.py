"""Votes of the demonstration: open ones, those that passed, those that failed first and passed after a mediation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from xiuhua.demo.calendar import ZONE
from xiuhua.demo.lifts.designs import adopt, draft
from xiuhua.demo.lifts.house import House, Step, between, working
from xiuhua.demo.lifts.office import book, sheet
from xiuhua.demo.lifts.timelines import LAST
from xiuhua.ground.journal.actors import System
from xiuhua.programmes.lifts import actions, queries_shares
from xiuhua.programmes.lifts.models import Elector, Vote
from xiuhua.programmes.lifts.rules.votes import Tally, Weight

CLOSES = time(18)
LASTS = 8
"""Days that a vote is open."""

ON_PHONES_FROM = date(2023, 3, 1)
"""From when on votes are held with the system; those before it were on paper, and their sums are put down."""

TAKES_PART, AGREES_BY_ALL = 0.93, 0.4
"""How likely a household votes; and that nobody was against it on paper."""


def voted(house: House, begin: date, end: date, *, known_from: date, fails_first: bool = False) -> Iterator[Step]:
    """A vote on the newest draft between two days, and the draft settled after it.

    Parameters
    ----------
    known_from : date
        The first day on which the system was there; what was voted on before is put down from paper.
    fails_first : bool
        Whether a first vote fails, and a mediation helps.
    """
    opens = between(begin, end, 0.25 if fails_first else 0.5)
    if opens < max(known_from, ON_PHONES_FROM) or (end - opens).days < LASTS + 4:
        on = between(begin, end, 0.8)
        yield Step(on, lambda on: _on_paper(house, on))
        yield Step(on, lambda on: adopt(house, on))
        return
    if fails_first:
        yield from _one_vote(house, opens, passes=False)
        mediated = working(opens, LASTS + 9)
        yield Step(mediated, lambda on: _mediate(house, on))
        yield Step(mediated, lambda on: draft(house, on))
        opens = working(mediated, 3)
    yield from _one_vote(house, opens, passes=True)
    yield Step(working(opens, LASTS + 2), lambda on: adopt(house, on))


def opened(house: House, opens: date, *, lasts: int, missing: int) -> Iterator[Step]:
    """A vote that is still open when the telling ends; `missing` is how many heads have not voted by then."""
    yield Step(opens, lambda on: _state_limits(house, on))
    yield Step(opens, lambda on: _open(house, on, lasts))
    yield Step(min(LAST, working(opens, 2)), lambda on: _cast(house, passes=True, missing=missing))


def who_has_not(house: House) -> list[Elector]:
    """Heads of the open vote that have not voted; those first who live there and can be reached."""
    rows = Elector.objects.filter(vote=_vote(house), ballots__isnull=True, owner__isnull=False)
    return sorted(rows.select_related("owner").order_by("rooms"), key=lambda one: not _is_there(one))


def _state_limits(house: House, on: date) -> None:
    """Let some of those who pay say in confidence how much they would."""
    for line in queries_shares.lines_of(queries_shares.schemes_of(house.dossier)[0])[::3]:
        if line.amount_fen:
            line.flat.dossier = house.dossier
            amount = line.amount_fen * house.rng.randint(85, 130) // 100
            actions.state_limit(actor=house.worker, flat=line.flat, amount_fen=amount // 100_000 * 100_000, on=on)


def _one_vote(house: House, opens: date, *, passes: bool) -> Iterator[Step]:
    yield Step(opens, lambda on: _open(house, on, LASTS))
    yield Step(opens + timedelta(days=3), lambda on: _cast(house, passes=passes), time(19))
    yield Step(working(opens, LASTS + 1), lambda on: _close(house))


def _open(house: House, on: date, lasts: int) -> None:
    scheme = queries_shares.schemes_of(house.dossier)[0]
    words = house.rng.choice(book()["votes"]["questions"]).format(draft=scheme.number)
    closes = datetime.combine(on + timedelta(days=lasts), CLOSES, ZONE)
    house.do(actions.open_vote, question=words, opens_on=on, closes_at=closes, scheme=scheme)


def _cast(house: House, *, passes: bool, missing: int | None = None) -> None:
    """Let the heads vote: those with a telephone on it, the others on paper."""
    vote = _vote(house)
    electors = list(Elector.objects.filter(vote=vote).select_related("owner").order_by("rooms"))
    for elector, choice in zip(electors, _choices(house, electors, passes=passes, missing=missing), strict=True):
        if not choice or elector.owner is None:
            continue
        if elector.owner.phone:
            actions.cast_ballot(actor=System("demo"), vote=vote, elector=elector, choice=choice)
        else:
            actions.cast_paper_ballot(
                actor=house.worker, vote=vote, elector=elector, choice=choice, photo=sheet("Ballot")
            )


def _choices(house: House, electors: list[Elector], *, passes: bool, missing: int | None) -> list[str]:
    """What each head votes, from the lowest room up; empty for who does not."""
    rng, count = house.rng, len(electors)
    away = missing if missing is not None else min(count // 6, sum(rng.random() > TAKES_PART for _ in electors))
    silent = set(rng.sample(range(count), min(away, count - 1)))
    if missing and (there := [place for place, one in enumerate(electors) if _is_there(one)]):
        silent = {rng.choice(there), *list(silent)[1:]}
    against = count // 10 if passes else count // 3 + 1
    if passes:
        against = rng.randint(0, against)
    speaking = [place for place in range(count) if place not in silent]
    no = set(speaking[:against])
    return ["" if place in silent else "against" if place in no else "agree" for place in range(count)]


def _is_there(elector: Elector) -> bool:
    return elector.owner is not None and bool(elector.owner.phone) and not elector.owner.away


def _close(house: House) -> None:
    actions.close_vote(actor=house.worker, vote=_vote(house))


def _mediate(house: House, on: date) -> None:
    told = book()["mediation"]
    house.do(
        actions.note_mediation,
        on=on,
        mediator=told["mediator"],
        households=min(5, len(house.flats)),
        outcome="agreed",
        words=house.rng.choice(told["words"]),
    )


def _on_paper(house: House, on: date) -> None:
    """Put down a vote that was held on paper before the system."""
    flats = house.flats
    whole = Weight(sum(flat.area_dm2 or 0 for flat in flats), len(flats))
    silent, opposed = (Weight(flat.area_dm2 or 0, 1) for flat in house.rng.sample(flats[:6], 2))
    part = Weight(whole.area_dm2 - silent.area_dm2, whole.heads - silent.heads)
    against = opposed if house.rng.random() < 1 - AGREES_BY_ALL else Weight(0, 0)
    agree = Weight(part.area_dm2 - against.area_dm2, part.heads - against.heads)
    scheme = queries_shares.schemes_of(house.dossier)[0]
    house.do(actions.record_past_vote, on=on, tally=Tally(whole, part, agree, against), scheme=scheme)


def _vote(house: House) -> Vote:
    vote: Vote = Vote.objects.select_related("dossier").get(dossier=house.dossier, state=Vote.State.OPEN)
    return vote
