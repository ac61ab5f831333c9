"""The demonstration's events (演示活动): planned, registered for, held, written up, and answered to."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from xiuhua.demo.calendar import ZONE, Deed
from xiuhua.demo.hall_pictures import drawn
from xiuhua.demo.people import worker_as
from xiuhua.demo.plan.ground_facts import read_ground_facts
from xiuhua.ground.bookings import actions as bookings
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Facility, Subdistrict
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.actions.assigning import Unit
from xiuhua.programmes.suggestions.events import taking
from xiuhua.programmes.suggestions.events.forms import item_of
from xiuhua.programmes.suggestions.heard import Heard
from xiuhua.programmes.suggestions.intake import take_in
from xiuhua.programmes.suggestions.models import Event, Note, Source, Suggestion
from xiuhua.programmes.suggestions.rules.events import EventFacts

NAMES = ("王阿姨", "李老师", "陈师傅", "张女士", "刘先生", "赵阿姨", "周伯伯", "吴女士", "徐先生", "孙奶奶", "朱老师")
PLANNED_BEFORE = timedelta(days=20)
CAME_OUT_OF = 6
"""Of so many who registered, one stays at home."""

CAPTIONS = {
    "festival": "草坪上的摊位",
    "wall": "大家在便签墙前贴点",
    "salon": "三张桌子，各说各的",
    "workshop": "围着大图说",
    "walk": "沿着河边走",
}
WELCOME = "谢谢您在活动上写下的这一条。"


def deeds(subdistrict: Subdistrict, *, seed: int, opened: datetime) -> Iterator[Deed]:
    """What happens at and around the events of the demonstration's year."""
    text = files("xiuhua.demo").joinpath("data", "events.toml").read_text("utf-8")
    for number, row in enumerate(tomllib.loads(text)["event"]):
        yield from _Gathering(row, subdistrict, Random(f"{seed}/event/{number}")).deeds(opened)  # noqa: S311


class _Gathering:
    """One event from the plan to the last answer."""

    def __init__(self, row: dict[str, Any], subdistrict: Subdistrict, rng: Random) -> None:
        self._row, self._subdistrict, self._rng = row, subdistrict, rng
        self._starts, self._ends = (
            datetime.strptime(day, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE) for day in row["days"]
        )
        self._planner, self._head = worker_as(Role.COMMUNITY_PLANNER), worker_as(Role.SECTION_HEAD)
        self._fates: list[tuple[Note, str, str]] = []
        self._own: list[tuple[Suggestion, int, str, str]] = []
        self._event: Event | None = None

    def deeds(self, opened: datetime) -> Iterator[Deed]:
        """What happens, in order."""
        starts, ends = self._starts, self._ends
        yield Deed(max(starts - PLANNED_BEFORE, opened + timedelta(days=3)).replace(hour=10), self._plan)
        for share in range(self._row["register"]):
            before = timedelta(days=1 + share * 13 // self._row["register"], minutes=self._rng.randrange(600))
            yield Deed(starts - before, self._register)
        yield Deed(starts + timedelta(minutes=8), self._let_in)
        yield Deed(starts + timedelta(minutes=50), self._fill_wall)
        yield Deed(starts + timedelta(minutes=70), self._send_by_phone)
        yield Deed(ends + timedelta(minutes=20), self._put_down)
        turned = (ends + timedelta(days=2)).replace(hour=10, minute=5)
        yield Deed(turned, self._turn)
        yield Deed(turned + timedelta(days=1), self._take_up)
        if self._row["conclusions"]:
            yield Deed(turned + timedelta(hours=5), self._write_up)
            yield Deed(turned + timedelta(days=3), self._answer)

    def _plan(self) -> None:
        row = self._row
        lon, lat = self._point()
        facts = EventFacts(
            **{name: row[name] for name in ("kind", "title", "theme", "about", "place", "topics")},
            path=self._subdistrict.path, starts_at=self._starts, ends_at=self._ends, lon=lon, lat=lat,
        )  # fmt: skip
        event = actions.plan_event(actor=self._planner, facts=facts).subject
        items = [item for item in map(item_of, row["programme"]) if item is not None]
        actions.set_programme(actor=self._planner, event=event, items=items)
        actions.open_registration(actor=self._planner, event=event, capacity=row["capacity"])
        self._event = event

    def _register(self) -> None:
        begin = read_ground_facts().people_names["phones_begin"]
        phone = f"{begin}{self._rng.randrange(10**8):08d}"
        people = self._rng.choice((1, 1, 1, 2, 2, 3))
        name = self._rng.choice(NAMES)
        bookings.book(actor=Visitor(), session=self._session(), name=name, phone=phone, people=people)

    def _let_in(self) -> None:
        rows = self._session().bookings.filter(state=Booking.State.BOOKED).order_by("number")
        for place, booking in enumerate(rows):
            if place % CAME_OUT_OF:
                bookings.check_in(actor=self._planner, booking=booking)
        bookings.walk_in(actor=self._planner, session=self._session(), people=3)

    def _fill_wall(self) -> None:
        before: Note | None = None
        for topic, dots, fate, words, answer in self._row["notes"]:
            note = taking.put_up(actor=self._planner, event=self._now(), words=words, topic=topic)
            if dots:
                note = actions.dot_note(actor=self._planner, note=note, by=dots).subject
            if fate == "m" and before is not None:
                actions.merge_notes(actor=self._planner, note=note, into=before)
            elif fate == "x":
                actions.take_down_note(actor=self._planner, note=note)
            else:
                self._fates.append((note, fate, answer))
                before = note

    def _send_by_phone(self) -> None:
        event = self._now()
        for topic, fate, words, answer in self._row.get("own", ()):
            heard = Heard(words=words, source=Source(event.kind), event=event.pk)
            sent = take_in(actor=Visitor(), subdistrict=self._subdistrict, heard=heard, at_event=True)
            self._own.append((sent, topic, fate, answer))

    def _put_down(self) -> None:
        bookings.close_session(actor=self._planner, session=self._session())
        self._event = actions.hold_event(actor=self._planner, event=self._now()).subject
        for name in self._row["photos"]:
            actions.keep_event_photos(
                actor=self._planner, event=self._now(), photos=[drawn(name)], title=CAPTIONS[name], public=True
            )

    def _turn(self) -> None:
        notes = [note for note, fate, _answer in self._fates if fate]
        taking.turn(actor=self._planner, event=self._now(), notes=notes)

    def _write_up(self) -> None:
        said = {"minutes": self._row["minutes"], "conclusions": self._row["conclusions"]}
        event = actions.write_minutes(actor=self._planner, event=self._now(), **said).subject
        self._event = actions.report_event(actor=self._planner, event=event).subject

    def _take_up(self) -> None:
        for suggestion, topic, _fate, _answer in self._said():
            category = self._row["categories"][topic]
            sorted_ = actions.confirm_sorting(
                actor=self._head, suggestion=suggestion, nature="suggestion", category=category, path=suggestion.path
            ).subject
            actions.accept(actor=self._head, suggestion=sorted_, unit=Unit(section="planning"))

    def _answer(self) -> None:
        for suggestion, _topic, fate, answer in self._said():
            words = WELCOME + answer
            project = Project.objects.filter(name=fate.removeprefix("p="), subdistrict=self._subdistrict).first()
            if fate == "d":
                actions.decline(actor=self._head, suggestion=suggestion, words=words)
            elif project is not None and project.state != "stopped":
                actions.adopt(actor=self._head, suggestion=suggestion, project=project, words=words)
            else:
                actions.answer(actor=self._head, suggestion=suggestion, words=words)

    def _said(self) -> Iterator[tuple[Suggestion, int, str, str]]:
        """What was said at the event, by note or by phone: its topic, what became of it, what was answered."""
        for note, fate, answer in filter(lambda one: one[1], self._fates):
            yield Suggestion.objects.get(note=note), note.topic, fate, answer
        yield from self._own

    def _point(self) -> tuple[float, float]:
        """A gate of the park, or the middle of the subdistrict where a small demonstration has none."""
        parks = Facility.objects.filter(subdistrict=self._subdistrict, name__startswith="长风公园").order_by("id")
        if self._row.get("at") == "park" and (park := parks.first()) is not None:
            gates = park.entrances
            return tuple(gates[1 if len(gates) > 1 else 0])
        middle = self._subdistrict.geometry.representative_point()
        return middle.x, middle.y

    def _session(self) -> Session:
        session: Session = Session.objects.of(self._now()).get()
        return session

    def _now(self) -> Event:
        assert self._event is not None
        return self._event
