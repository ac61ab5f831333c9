"""What becomes of one stairwell's lift: its chapters one after the other, as far as it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiuhua.demo.lifts import designs, signing, site, talks
from xiuhua.demo.lifts.ballots import opened, voted
from xiuhua.demo.lifts.house import House, Step, so_far, told, working
from xiuhua.demo.lifts.office import book
from xiuhua.demo.lifts.timelines import LAST, MOVES, STATES
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.actions.taking_over import MOVERS

USUAL_DAYS = {"consulting": 60, "designing": 55, "signed": 130, "building": 165, "finishing": 25}
"""By how many days everything of a state has usually been done."""

LEFT_OUT = {
    "ground_floor": ("ground_floor", "draft"),
    "quotes": ("quote 2", "choose", "draft"),
    "pipes": ("pipes", "planning", "permit asked", "permit"),
    "planning": ("planning", "permit asked", "permit"),
    "account": ("account", "planning", "permit asked", "permit"),
}
"""What has not been done where a rule keeps a stairwell."""

TWICE = ("ask", "chat")
"""What is told of those alone that are still being consulted."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is particular to a stairwell.

    Parameters
    ----------
    stuck : mapping or None
        Why it is stuck, in the words of the data.
    vote : tuple of int, optional
        Its vote is open: opened so many days before the last told one, for so many days, with so many heads missing.
    fails_first : bool
        Its first vote fails, and a mediation helps.
    waives : bool
        A section head waives one of its gates.
    """

    stuck: dict[str, Any] | None = None
    vote: tuple[int, int, int] | None = None
    fails_first: bool = False
    waives: bool = False


class Course:
    """One stairwell from the first word to the last; what was before `taken` is taken over on that day."""

    def __init__(self, house: House, taken: date, particular: Told) -> None:
        self.house, self.line, self.taken, self._told = house, house.line, taken, particular
        self.past = [(move, on) for move, on in self.line.history if on <= taken]

    def steps(self) -> Iterator[Step]:
        """What happens, in order."""
        if self.past:
            yield Step(self.taken, self._take_over)
        elif self.line.days:
            yield self._move("begin")
        if not self.line.aside or self.line.aside > self.taken:
            if self.past:
                yield from self._catch_up()
            for place in range(max(len(self.past), 1), len(self.line.days) + 1):
                yield from self._chapter(STATES[place], MOVES[place] if place < len(MOVES) else "")
        if self.line.aside:
            yield Step(self.line.aside, self._set_aside)

    def _chapter(self, state: str, move: str) -> Iterator[Step]:
        """What happens in a state, and the move out of it where that has been made."""
        begin = self.line.days[MOVES[STATES.index(state) - 1]]
        end = self.line.days.get(move)
        if state == "running":
            yield from site.ran(self.house, since=begin, known_from=self.taken)
        elif end is None:
            yield from self._stays(state, begin)
        else:
            yield from self._passes(state, begin, end)
            yield self._move(move)

    def _passes(self, state: str, begin: date, end: date) -> Iterator[Step]:
        house = self.house
        if state == "consulting":
            yield from told(begin, end, [act for act in talks.talks(house) if act.key not in TWICE])
        elif state == "designing":
            yield from told(begin, end, designs.designs(house))
            middle = begin + (end - begin) * 0.45
            yield from voted(house, middle, end, known_from=self.taken, fails_first=self._told.fails_first)
        elif state == "agreeing":
            yield from signing.agreed(house, begin, end, sign_from=self._lived_from(begin))
        elif state == "signed":
            yield from told(begin, end, signing.permits(house, waives=self._told.waives))
        elif state == "building":
            acts = site.built(house)
            written = [act for act in acts if act.key == "diary" and begin + (end - begin) * act.share > self.taken]
            yield from told(begin, end, [act for act in acts if act.key != "diary" or act in written[::2]])
        else:
            yield from told(begin, end, site.finished(house))

    def _stays(self, state: str, begin: date) -> Iterator[Step]:
        """What has been done of a state that goes on, the last of it on the day of the last progress."""
        house, stuck = self.house, self._told.stuck or {}
        until = self.line.aside or self.line.progressed or LAST
        if state == "agreeing":
            signs = house.rng.uniform(0.3, 0.85)
            yield from signing.agreed(house, begin, until, sign_from=begin, signs=signs, objects=not stuck)
        elif state == "designing" and self._told.vote:
            before, lasts, missing = self._told.vote
            opens = working(LAST, -before)
            yield from so_far(begin, opens, designs.designs(house), 1.0)
            yield from opened(house, opens, lasts=lasts, missing=missing)
        elif until > begin:
            share = 1.0 if stuck else min(1.0, max(0.05, (until - begin).days / USUAL_DAYS[state]))
            yield from so_far(begin, until, _ACTS[state](house), share, LEFT_OUT.get(stuck.get("open", ""), ()))
        if stuck:
            yield from self._is_stuck(until)

    def _is_stuck(self, until: date) -> Iterator[Step]:
        """Why nothing moves: what people said since, and the reason in a sentence."""
        house, stuck = self.house, self._told.stuck or {}
        if delayed := stuck.get("delay"):
            yield Step(until, lambda on: site.delay(house, on, delayed))
        if objection := stuck.get("objection"):
            yield Step(until, lambda on: signing.object_to(house, on, objection))
        if stuck.get("open") == "shares":
            for _round in range(2):
                yield Step(until, lambda on: designs.draft(house, on))
        if wishes := stuck.get("wishes"):
            yield Step(until, lambda on: talks.wish(house, on, wishes))
        for place, (kind, room, words) in enumerate(stuck["contacts"]):
            yield Step(working(until, 4 + 8 * place), _contact(house, kind, room, words))
        yield Step(working(until, 13), lambda on: house.do(actions.note_snag, words=stuck["snag"]))

    def _catch_up(self) -> Iterator[Step]:
        """What has to be put down of a stairwell that was on its way when the system came."""
        house, state = self.house, STATES[len(self.past)]
        if state != "consulting":
            begun = self.line.days["begin"]
            yield Step(begun, lambda on: talks.measure(house, on))
        if state in ("designing", "agreeing"):
            yield Step(self.taken, lambda on: talks.put_down_owners(house))
        if state == "agreeing":
            yield Step(self.taken, lambda on: designs.draft(house, on))
            yield Step(self.taken, lambda on: designs.adopt(house, on))
        if state not in ("consulting", "running") and self.line.state != "running":
            yield Step(self.taken, lambda on: talks.gather_team(house, on))
        if state == "running":
            handed = self.line.days["hand_over"]
            yield Step(max(self.line.days["finish"], working(handed, -7)), lambda on: site.register(house, on))
            yield Step(max(self.line.days["finish"], working(handed, -4)), lambda on: site.keep(house, on))

    def _lived_from(self, begin: date) -> date:
        """The day from which on something was put down as it happened."""
        return max(begin, self.taken) if self.past else begin

    def _move(self, move: str) -> Step:
        return Step(self.line.days[move], lambda on: self.house.move(MOVERS[move], on=on))

    def _take_over(self, on: date) -> None:
        self.house.move(actions.take_over, actor=self.house.office.lead, history=self.past)

    def _set_aside(self, on: date) -> None:
        reasons = book()["aside"]["reasons"]
        self.house.move(actions.set_aside, on=on, reason=reasons[self.house.number % len(reasons)])


def _talks_so_far(house: House) -> list[Any]:
    return talks.talks(house, enough=False)


_ACTS: dict[str, Callable[[House], list[Any]]] = {
    "consulting": _talks_so_far,
    "designing": designs.designs,
    "signed": signing.permits,
    "building": site.built,
    "finishing": site.finished,
}
"""What is done in each state."""


def _contact(house: House, kind: str, room: str, words: str) -> Callable[[date], object]:
    def note(on: date) -> None:
        flat = next((flat for flat in house.flats if flat.room == room), None)
        house.do(actions.note_contact, kind=kind, on=on, words=words, flat=flat)

    return note
