"""Two subdistricts of two committees each, with everything on record that one of them must not see of another.

Each committee has a letter of its own, which no screen says by itself: it stands in the name of everything there, so
that one that turns up in an answer says where it came from, masked or not. Telephones and identity numbers stand once
only.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from shapely import LineString, box

from expectations import by_hand
from permissions import lifts_town
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.accounts.actions.own import digest_of
from xiuhua.ground.accounts.models import ApiToken, Kind, RoleGrant, User
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Audience
from xiuhua.ground.journal.record import Happening, put_on_record
from xiuhua.ground.messages import sending
from xiuhua.ground.messages.models import Message
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment, LegalHold, Restriction
from xiuhua.ground.rosters.models import RosterImport, StagedRow
from xiuhua.ground.rosters.models import State as ImportState
from xiuhua.ground.scope.masking import mask_id_number, mask_phone
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sources.id_numbers import check_digit
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.models import (
    Binding,
    Building,
    Committee,
    Facility,
    Household,
    MicroGrid,
    Resident,
    Stairwell,
    Subdistrict,
)
from xiuhua.ground.territory.plan import (
    BuildingPlan,
    CommitteePlan,
    FacilityPlan,
    HouseholdPlan,
    LandscapePlan,
    MicroGridPlan,
    ResidentPlan,
    StairwellPlan,
    TerritoryPlan,
)
from xiuhua.programmes.lifecircle.actions import run_analysis
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.suggestions.models import Event, Note, SendingApp, Spot, Suggestion, Topic, TopicPart

SYSTEM = System("test")
LETTERS = {"310107014": ("亓", "佟"), "310107015": ("郏", "麴")}
"""Letters of each subdistrict's committees."""
MEMBERS = 2
"""People in each household."""

NATURAL = {
    Role.GRID_WORKER: 12,
    Role.COMMITTEE_HEAD: 12,
    Role.LIFT_COORDINATOR: 12,
}
"""How long the path is at which a role is usually held; a subdistrict's for those that are not named."""


@dataclass(slots=True)
class Place:
    """A committee, one thing of every kind in it, and what must not be read of it elsewhere."""

    letter: str
    path: str
    things: dict[str, Any] = field(default_factory=dict)
    sealed: set[str] = field(default_factory=set)
    """Personal values whole."""
    masked: set[str] = field(default_factory=set)
    """The same as they read masked."""

    @property
    def markers(self) -> set[str]:
        """Texts that only this committee's records hold."""
        return {self.letter, self.path, *self.sealed, *self.masked}

    def ids(self) -> dict[str, str]:
        """Number (or name) of each thing, as an address has it."""
        return {name: str(getattr(thing, "pk", thing)) for name, thing in self.things.items()}


@dataclass(slots=True)
class Town:
    """Four places, and people of every role."""

    own: Place
    next_door: Place
    abroad: Place
    places: list[Place]

    @property
    def foreign(self) -> list[Place]:
        """All places but the first."""
        return [place for place in self.places if place is not self.own]


def build() -> Town:
    """Put the town on record. Takes the database as it finds it."""
    places = [place for code, letters in LETTERS.items() for place in _subdistrict(code, letters)]
    return Town(places[0], places[1], places[2], places)


def worker(role: Role | None, path: str, name: str = "管事") -> User:
    """Somebody who works here; `name` carries the letter of their place."""
    with by_hand():
        user = User.objects.create(username=f"S{User.objects.count():04d}", name=name, home=path, made_at=now())
        user.set_password("xiu-hua-9-stitches")
        user.save(update_fields=["password"])
        if role is not None:
            RoleGrant.objects.create(user=user, role=role, path=path, given_by="system:test", given_at=now())
    return user


def token_of(user: User, secret: str | None = None) -> ApiToken:
    """A token with which a program speaks for somebody."""
    with by_hand():
        return ApiToken.objects.create(
            user=user,
            name=f"{user.name}的程序",
            digest=digest_of(secret or f"xiuhua-{user.username}-{ApiToken.objects.count()}"),
            made_at=now(),
            expires_at=now() + timedelta(days=30),
        )


def _subdistrict(code: str, letters: tuple[str, ...]) -> list[Place]:
    lon = 121.40 if code.endswith("4") else 121.50
    area = box(lon, 31.22, lon + 0.02, 31.24)
    subdistrict = actions.found_subdistrict(actor=SYSTEM, code=code, name=f"第{code[-1]}街道", area=area).subject
    actions.lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=_plan(code, letters, lon))
    run = run_analysis(actor=SYSTEM, subdistrict=subdistrict).subject
    return [_place(subdistrict, letter, run) for letter in letters]


def _plan(code: str, letters: tuple[str, ...], lon: float) -> TerritoryPlan:
    parts: dict[str, list[Any]] = {name: [] for name in _PARTS}
    for number, letter in enumerate(letters):
        west = lon + 0.01 * number
        outline = box(west, 31.22, west + 0.01, 31.24)
        door = (west + 0.005, 31.2301)
        parts["committees"].append(CommitteePlan(letter, f"{letter}家居委会", outline))
        parts["micro_grids"].append(MicroGridPlan(letter, letter, f"{letter}家第 1 微网格", outline))
        parts["buildings"].append(
            BuildingPlan(
                key=f"{letter}-house",
                name=f"{letter}家路 1 号",
                outline=box(west + 0.004, 31.2302, west + 0.006, 31.2305),
                door=door,
                levels=6,
                use="residential",
                floor_area_m2=2400.0,
                micro_grid=letter,
                year_built=1984,
                quarter=f"{letter}家新村",
            )
        )
        parts["stairwells"].append(
            StairwellPlan(letter, f"{letter}-house", f"{letter}家路 1 号甲", door, 6, 2, has_lift=False)
        )
        for floor in (1, 2):
            parts["households"].append(
                HouseholdPlan(f"{letter}{floor}", letter, floor, f"{floor}0{number + 1}", 52.0, f"{letter}家租")
            )
            parts["residents"] += _people(code, letter, floor, number)
        parts["facilities"].append(
            FacilityPlan(f"{letter}-market", "market", f"{letter}家菜场", ((west + 0.004, 31.2301),), 900.0)
        )
        parts["landscape"].append(
            LandscapePlan(f"{letter}-lane", "lane", "支弄", LineString([(west, 31.2301), (west + 0.01, 31.2301)]))
        )
    network = WalkNetwork.from_edges(
        [0, 1900], [0, 0], [0], [1], [1900.0], projection=LocalProjection(lon + 0.01, 31.2301)
    )
    return TerritoryPlan(network=network, **{name: tuple(rows) for name, rows in parts.items()})


_PARTS = ("committees", "micro_grids", "buildings", "stairwells", "households", "residents", "facilities", "landscape")


def _people(code: str, letter: str, floor: int, number: int) -> list[ResidentPlan]:
    found = []
    for member in range(MEMBERS):
        serial = int(code[-1]) * 100 + number * 50 + floor * 10 + member
        born = f"19{40 + floor}0{1 + member}1{number}"
        body = f"310107{born}{serial:03d}"
        found.append(
            ResidentPlan(
                key=f"{letter}{floor}{member}",
                household=f"{letter}{floor}",
                birth_year=int(born[:4]),
                sex="m" if serial % 2 else "f",
                name=f"{letter}{'秀文英杰'[floor + member - 1]}{'芳明'[member]}",
                phone=f"13{number}{floor}0000{serial:03d}",
                id_number=body + check_digit(body),
            )
        )
    return found


def _place(subdistrict: Subdistrict, letter: str, run: Any) -> Place:
    committee = Committee.objects.get(name__startswith=letter)
    place = Place(letter, committee.path)
    household = Household.objects.under(place.path).first()
    resident = household.residents.first()
    with by_hand():
        place.things = {
            "subdistrict": subdistrict,
            "committee": committee,
            "micro_grid": MicroGrid.objects.get(committee=committee),
            "building": Building.objects.get(committee=committee),
            "stairwell": Stairwell.objects.get(building__committee=committee),
            "household": household,
            "resident": resident,
            "facility": Facility.objects.get(path=place.path),
            "run": run,
            "path": place.path,
            "territory": subdistrict.path,
            "household_label": "territory.household",
            "layer": "building",
            "roster_kind": "residents",
            "request_kind": "explain",
            "letter_kind": "nothing.of_the_kind",
            "figure": "trust.sign_in.tries",
            "term_figure": "suggestions.terms.reply.days",
            "anything": "anything",
        }
        place.things |= _accounts(place)
        place.things |= _work(place, household)
        place.things |= _files(place, household)
        place.things |= _message(place, household)
        place.things |= _privacy(place, resident)
        place.things |= _projects(place, subdistrict)
        place.things |= _sessions(place)
        place.things |= _suggestions(place)
        place.things |= _event(place)
        place.things |= _sending_apps(place)
        lifts_town.build(place)
    for one in Resident.objects.under(place.path):
        place.sealed |= {one.name, one.phone, one.id_number}
        place.masked |= {mask_phone(one.phone), mask_id_number(one.id_number)}
    return place


def _accounts(place: Place) -> dict[str, Any]:
    """Somebody who works there, their role and token; a resident with an account, bound, and one who waits."""
    user = worker(Role.GRID_WORKER, place.path, f"{place.letter}微格")
    stairwell = place.things["stairwell"]
    bindings = []
    for state in (Binding.State.CONFIRMED, Binding.State.ASKED):
        account = User.objects.create(
            username=f"R{User.objects.count():04d}", name="", kind=Kind.RESIDENT, home=place.path, made_at=now()
        )
        asked = state == Binding.State.ASKED
        binding = Binding.objects.create(
            user=account,
            path=place.things["household"].path,
            stairwell=stairwell,
            room=place.things["household"].room,
            household=None if asked else place.things["household"],
            resident=None if asked else place.things["resident"],
            name=f"{place.letter}来客",
            state=state,
            asked_at=now(),
            decided_at=None if asked else now(),
        )
        bindings.append(binding)
    return {
        "staff": user,
        "grant": user.role_grants.get(),
        "token": token_of(user),
        "passkey": Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={}),
        "neighbour": bindings[0].user,
        "bound": bindings[0],
        "binding": bindings[1],
    }


def _work(place: Place, household: Household) -> dict[str, Any]:
    """A job, a roster on its way in with a row in it, and entries of the record."""
    job = Job.objects.create(
        kind="rosters.check",
        title=f"核对{place.letter}家的名册",
        path=place.path,
        asked_by=place.things["staff"].reference,
        made_by=place.things["staff"],
        language="zh-hans",
        state="failed",
        error=f"{place.letter}家没办成",
        made_at=now(),
        queued_at=now(),
    )
    loose_end = Job.objects.create(
        kind="jobs.react",
        title=f"告诉{place.letter}家",
        path=place.path,
        asked_by="system:reactions",
        language="zh-hans",
        state="failed",
        error=f"{place.letter}家没接上",
        made_at=now(),
        queued_at=now(),
    )
    roster = RosterImport.objects.create(
        kind="residents",
        path=place.path,
        place=f"{place.letter}家居委会",
        file_name=f"{place.letter}家居民.xlsx",
        file_bytes=9,
        state=ImportState.FAULTY,
        made_by=place.things["staff"],
        asked_by=place.things["staff"].reference,
        made_at=now(),
        checked_at=now(),
        rows=1,
        faulty=1,
        layout={"sheet": "Sheet1", "heading_line": 1, "columns": [["name", "姓名", "A"]], "faults": 1},
    )
    roster.batch = StagedRow.objects.create(
        roster_import=roster, number=2, outcome="error", shown=[f"{place.letter}**"], faults=[["name", "不对", "改"]]
    ).batch
    roster.save()
    told = {"told": f"{place.letter}家的事"}
    entry, office = put_on_record(
        Happening("territory.open_household_file", place.things["staff"], household, place.path, facts=told),
        Happening(
            "territory.export_list",
            place.things["staff"],
            place.things["committee"],
            place.path,
            Audience.OFFICE,
            facts=told,
            sealed={"words": f"{place.letter}家的话"},
        ),
    )
    loose_end.args = {"entry": entry.pk, "reaction": "sample.follow"}
    loose_end.save()
    return {"job": job, "loose_end": loose_end, "import": roster, "entry": entry, "office_entry": office}


def _files(place: Place, household: Household) -> dict[str, Any]:
    """A photograph that belongs to the household; its address has the number that it lies under."""
    photo = Prepared(Sort.PHOTO, f"{place.letter}家的照片".encode(), "image/jpeg", f"{place.letter}家.jpg")
    file = keeping.keep(photo, subject=household, title=f"{place.letter}家门口")
    return {"file": str(file.seal_id)}


def _sessions(place: Place) -> dict[str, Any]:
    """A session that has begun to be let in, and who booked it."""
    session = Session.objects.create(
        path=place.path,
        title=f"{place.letter}家工作坊",
        place=f"{place.letter}家路 1 号",
        starts_at=now() + timedelta(minutes=20),
        ends_at=now() + timedelta(hours=2),
        capacity=9,
        taken=1,
        opened_at=now(),
    )
    phone = f"15{place.path[8]}9000{place.path[11]}001"
    booking = Booking.objects.create(
        session=session, number=1, name=f"{place.letter}来宾", phone=phone, state=Booking.State.BOOKED, booked_at=now()
    )
    place.sealed |= {booking.name, booking.phone}
    place.masked.add(mask_phone(phone))
    return {
        "session": session,
        "booking": booking,
        "booking_code": booking.code,
        "booking_token": booking.token,
    }


def _projects(place: Place, subdistrict: Subdistrict) -> dict[str, Any]:
    """A project with a milestone, carried by a section."""
    project = Project.objects.create(
        subdistrict=subdistrict,
        path=place.path,
        number=f"2023-{place.path[-3:]}",
        name=f"{place.letter}家弄口微更新",
        action="slow",
        place=f"{place.letter}家弄口",
        owner_section="management",
        summary=f"{place.letter}家弄口铺平",
        public_words=f"{place.letter}家弄口要铺平",
        proposed_by="system:test",
        proposed_at=now(),
    )
    day = now().date()
    return {
        "project": project,
        "milestone": Milestone.objects.create(
            project=project, title=f"{place.letter}家验收", due_on=day, first_due_on=day
        ),
    }


def _sending_apps(place: Place) -> dict[str, Any]:
    """A program that may send in what people say to the office there."""
    app = SendingApp.objects.create(
        path=place.path[:9],
        name=f"{place.letter}家随手拍",
        contact=f"{place.letter}家公司",
        digest=digest_of(f"key-of-{place.path}"),
        made_by="system:test",
        made_at=now(),
    )
    return {"sending_app": app}


def _suggestions(place: Place) -> dict[str, Any]:
    """What somebody said there, in a section's hand and on the public board, and a place with a code."""
    spot = Spot.objects.create(
        code=f"spot{place.letter.encode().hex()}",
        path=place.path,
        name=f"{place.letter}家弄口",
        lon=121.405,
        lat=31.23,
        made_at=now(),
    )
    phone = f"15{place.path[8]}8000{place.path[11]}001"
    week = {"2023-W31": 3}
    topic = Topic.objects.create(
        subdistrict=place.path[:9],
        path=place.path,
        name=f"{place.letter}家弄口、路灯",
        title=f"{place.letter}家弄口没有灯",
        words=[f"{place.letter}家弄口", "路灯"],
        count=3,
        people=3,
        weeks=week,
        first_at=now(),
        last_at=now(),
        grouped_at=now(),
    )
    TopicPart.objects.create(topic=topic, path=place.path, count=3, weeks=week)
    suggestion = Suggestion.objects.create(
        subdistrict=place.path[:9],
        number=f"2023-0803-{place.path[-3:]}",
        path=place.path,
        place=f"{place.letter}家弄口",
        title=f"{place.letter}家弄口没有灯",
        words=f"{place.letter}家弄口没有灯",
        masked_words=f"{place.letter}家弄口没有灯",
        source="place",
        spot=spot,
        name=f"{place.letter}巧云",
        phone=phone,
        token=f"follow{place.letter.encode().hex()}",
        written_at=now(),
        submitted_at=now(),
        state="assigned",
        section="management",
        contact_due_on=now().date(),
        due_on=now().date(),
        reply_due_on=now().date(),
        public_state="drafted",
        public_title="弄口没有灯",
        public_words="弄口没有灯",
        public_drafted_by="system:test",
        topic=topic,
    )
    place.sealed |= {phone, suggestion.name}
    return {
        "topic": topic,
        "spot": spot,
        "spot_code": spot.code,
        "suggestion": suggestion,
        "suggestion_token": suggestion.token,
    }


def _event(place: Place) -> dict[str, Any]:
    """An event that everybody may read of, and on its wall and in its minutes what only those who hold it read."""
    event = Event.objects.create(
        code=f"e{place.letter.encode().hex()}",
        path=place.path,
        kind="workshop",
        title="工作坊",
        place="二楼",
        starts_at=now() - timedelta(hours=1),
        ends_at=now() + timedelta(hours=2),
        topics=["坐", "走"],
        state="open",
        minutes=f"{place.letter}家说",
        masked_minutes=f"{place.letter}家说",
        conclusions=f"{place.letter}家说好了",
        made_by="system:test",
        made_at=now(),
    )
    words = f"{place.letter}家弄口要一条长凳"
    note = Note.objects.create(
        event=event, number=1, words=words, masked_words=words, entered_by="system:test", entered_at=now()
    )
    return {"event": event, "note": note}


def _message(place: Place, household: Household) -> dict[str, Any]:
    """A text message about the household that did not go out."""
    said = f"{place.letter}家反映的事已经办好"
    message = sending.send(text=said, about=household, template="test.told", to_phone="13700000001")
    Message.objects.filter(pk=message.pk).update(state="failed", why=f"{place.letter}家的网关不收")
    return {"message": message}


def _privacy(place: Place, resident: Resident) -> dict[str, Any]:
    """What somebody agreed to and asked, what holds their data, and how the handling was assessed."""
    letter, day = place.letter, now().date()
    later = day + timedelta(days=400)
    texts = dict.fromkeys(("purpose", "necessity", "risks", "measures"), f"{letter}家的考虑")
    return {
        "consent": Consent.objects.create(
            resident=resident,
            purpose="keep_file",
            given_on=day,
            evidence="paper",
            evidence_number=f"{letter}01",
            recorded_at=now(),
        ),
        "request": DataRequest.objects.create(
            resident=resident,
            kind="access",
            channel="counter",
            words=f"{letter}家想看自己的档案",
            asked_on=day,
            due_on=later,
            filed_at=now(),
        ),
        "hold": LegalHold.objects.create(resident=resident, reason=f"{letter}家的官司", until=later, set_at=now()),
        "restriction": Restriction.objects.create(
            resident=Resident.objects.under(place.path).last(), reason=f"{letter}家来信", set_at=now()
        ),
        "assessment": ImpactAssessment.objects.create(
            path=place.path,
            title=f"{letter}家的评估",
            trigger="sensitive",
            decision="go",
            decided_on=day,
            keep_until=later,
            recorded_at=now(),
            **texts,
        ),
    }
