"""A session's places as rules deal them out: never more than there are, and nobody passes those who wait."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from conftest import NOON
from xiuhua.ground.bookings import rules
from xiuhua.ground.bookings.rules import BookingState, Party, SessionFacts
from xiuhua.ground.standards import on

FIGURES = on(NOON.date()).bookings
START, END = NOON + timedelta(hours=3), NOON + timedelta(hours=5)
PARTIES = st.lists(st.integers(1, 6), max_size=12).map(lambda sizes: [Party(n, size) for n, size in enumerate(sizes)])


@given(PARTIES, st.integers(0, 20))
def test_the_waiting_list_moves_up_from_its_head(waiting, free):
    moved = rules.promoted(reversed(waiting), free, small_parties_pass=False)
    assert moved == list(range(len(moved)))
    assert sum(waiting[number].people for number in moved) <= free
    if len(moved) < len(waiting):
        assert sum(party.people for party in waiting[: len(moved) + 1]) > free


@given(PARTIES, st.integers(0, 20))
def test_smaller_parties_pass_only_where_it_is_declared_and_then_no_place_is_left_idle(waiting, free):
    moved = rules.promoted(waiting, free, small_parties_pass=True)
    left = free - sum(waiting[number].people for number in moved)
    assert left >= 0
    assert all(party.people > left for party in waiting if party.number not in moved)


@given(PARTIES, st.integers(1, 6))
def test_no_more_places_are_given_away_than_are_needed_and_the_last_to_book_give_first(not_come, people):
    taken = sum(party.people for party in not_come)
    session = SessionFacts(START, END, capacity=max(taken, 1), taken=taken)
    late = START + timedelta(minutes=FIGURES.hold_minutes.number)
    gone = rules.given_away(not_come, session, people=people, now=late, figures=FIGURES)
    if gone:
        assert gone == sorted((party.number for party in not_come), reverse=True)[: len(gone)]
        assert sum(not_come[number].people for number in gone[:-1]) + session.free < people
    early = rules.given_away(not_come, session, people=people, now=START, figures=FIGURES)
    assert early in ([], None)


class Door(RuleBasedStateMachine):
    """A session from its first booking to its end, with people as the rules let them in."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.capacity = 5
        self.passes = False
        self.parties: dict[int, tuple[int, BookingState]] = {}
        self.came: list[int] = []

    def of(self, *states):
        return [Party(n, people) for n, (people, state) in self.parties.items() if state in states]

    @property
    def session(self):
        taken = sum(party.people for party in self.of(*rules.HOLDS_PLACES))
        return SessionFacts(START, END, capacity=self.capacity, taken=taken)

    @property
    def others_first(self):
        return not self.passes and bool(self.of(BookingState.WAITING))

    def set(self, number, state):
        self.parties[number] = (self.parties[number][0], state)

    def move_up(self):
        if self.now < START:
            waiting = self.of(BookingState.WAITING)
            for number in rules.promoted(waiting, self.session.free, small_parties_pass=self.passes):
                self.set(number, BookingState.BOOKED)

    @precondition(lambda self: not self.parties)
    @rule(passes=st.booleans(), capacity=st.integers(1, 9))
    def plan(self, passes, capacity):
        self.passes, self.capacity = passes, capacity

    @rule(people=st.integers(0, 7))
    def book(self, people):
        verdict = rules.can_be_booked(
            self.session,
            people=people,
            booked_before=False,
            others_first=self.others_first,
            now=self.now,
            figures=FIGURES,
        )
        if verdict.decision is not None:
            assert self.now < START
            assert 1 <= people <= FIGURES.most_people.number
            self.parties[len(self.parties)] = (people, verdict.decision)

    @precondition(lambda self: self.parties)
    @rule(data=st.data())
    def cancel(self, data):
        number = data.draw(st.sampled_from(sorted(self.parties)))
        state = self.parties[number][1]
        if rules.can_be_cancelled(state, self.session, now=self.now).decision:
            self.set(number, BookingState.CANCELLED)
            self.move_up()

    @precondition(lambda self: self.parties)
    @rule(data=st.data())
    def check_in(self, data):
        number = data.draw(st.sampled_from(sorted(self.parties)))
        people, state = self.parties[number]
        verdict = rules.can_be_checked_in(state, self.session, people=people, now=self.now, figures=FIGURES)
        if verdict.decision:
            assert number not in self.came
            self.came.append(number)
            self.set(number, BookingState.CAME)

    @rule(people=st.integers(1, 4))
    def walk_in(self, people):
        not_come = self.of(BookingState.BOOKED)
        told = {"people": people, "now": self.now, "figures": FIGURES}
        verdict = rules.can_walk_in(self.session, not_come, booked_before=False, others_first=self.others_first, **told)
        if verdict.decision:
            for number in rules.given_away(not_come, self.session, **told):
                self.set(number, BookingState.MISSED)
            self.parties[len(self.parties)] = (people, BookingState.CAME)
            self.came.append(len(self.parties) - 1)

    @rule(more=st.integers(1, 3))
    def more_room(self, more):
        self.capacity += more
        self.move_up()

    @rule(minutes=st.sampled_from([20, 90]))
    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)

    @invariant()
    def never_above_capacity(self):
        assert 0 <= self.session.taken <= self.capacity

    @invariant()
    def who_came_stays_in(self):
        assert all(self.parties[number][1] == BookingState.CAME for number in self.came)

    @invariant()
    def whoever_waits_had_no_room(self):
        waiting = self.of(BookingState.WAITING)
        if waiting and self.now < START:
            assert waiting[0].people > self.session.free


TestDoor = Door.TestCase
TestDoor.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
