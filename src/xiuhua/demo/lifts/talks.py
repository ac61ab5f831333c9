"""The first step of a stairwell: people are asked, flats and owners put down, a team gathers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xiuhua.demo.lifts.house import Act, House
from xiuhua.demo.plan.ground_facts import read_ground_facts
from xiuhua.ground.territory.models import Household, Resident
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.models import Flat
from xiuhua.programmes.lifts.rules.facts import Measures
from xiuhua.programmes.lifts.rules.flats import FlatFacts
from xiuhua.programmes.lifts.rules.team import MemberFacts

RENTED = "租赁"
NEIGHBOURS = 3
CO_OWNED, TWO_FLATS = 0.05, 0.03
"""Share of flats that a couple owns together, and that belong to somebody who owns another one there."""

WISHES = {1: 0.5, 2: 0.75}
"""How likely a household of these floors wishes for a lift; those above nearly always do."""

PIPES = ("燃气立管 2 根、雨水管 1 根，可绕行", "雨水管 1 根，可移", "弱电箱在门洞左侧，可移", "门前无管线")


def talks(house: House, *, enough: bool = True) -> list[Act]:
    """What is done between the beginning and the design; `enough` wish for a lift in the end."""
    return [
        Act(0.1, "measure", lambda on: measure(house, on), quiet=True),
        Act(0.2, "owners", lambda on: put_down_owners(house), quiet=True),
        Act(0.3, "team", lambda on: gather_team(house, on), quiet=True),
        Act(0.4, "listen", lambda on: listen(house, on, "consulting"), quiet=True),
        Act(0.55, "ask", lambda on: ask(house, on, 0.5)),
        Act(0.7, "briefing", lambda on: house.do(actions.pass_gate, rule="briefing", on=on)),
        Act(0.8, "chat", lambda on: listen(house, on, "consulting"), quiet=True),
        Act(0.95, "wishes", lambda on: ask(house, on, 1.0, enough=enough)),
    ]


def measure(house: House, on: date) -> None:
    """Put down how the stairwell is built."""
    rng = house.rng
    measures = Measures(
        entry="half" if rng.random() < 0.7 else "level",
        stair="double",
        front_m=round(rng.uniform(2.6, 4.8), 1),
        spacing_m=round(rng.uniform(6.2, 12.5), 1),
        fire_lane_m=round(rng.uniform(4.0, 5.6), 1),
        pipes=rng.choice(PIPES),
        pipes_can_move=True,
        structure_sound=True,
    )
    house.do(actions.measure_stairwell, measures=measures, measured_on=on)


def put_down_owners(house: House) -> None:
    """Put down the flats that stand empty, every area and every owner."""
    flats, rng = _all_flats(house), house.rng
    columns = {room: 10 * rng.randrange(420, 660) + rng.randrange(10) for room in sorted({f.room[-2:] for f in flats})}
    areas = {flat.room: columns[flat.room[-2:]] for flat in flats}
    house.do(actions.set_areas, areas_dm2=areas, source="register", total_dm2=sum(areas.values()))
    at_home, before = house.residents(), None
    homes = Household.objects.in_bulk([flat.household_id for flat in flats if flat.household_id])
    owners: dict[str, list[OwnerTold]] = {}
    for flat in flats:
        home = homes.get(flat.household_id)
        owners[flat.room] = _owners(house, home, at_home.get(flat.household_id or 0, []), before)
        before = owners[flat.room][0]
    house.do(actions.add_owners, owners=owners)


def gather_team(house: House, on: date) -> None:
    """Let a coordinator, three neighbours from the upper floors and somebody of the trade join."""
    lead = house.office.accompanies(house.planned.well.path)
    house.do(actions.join_team, facts=MemberFacts("coordinator", lead.name, has_account=True), since=on, user=lead)
    owners = [(flat, flat.ownerships.select_related("owner").first()) for flat in _upper(house)]
    for flat, owned in owners:
        called = f"{flat.room} {_called(owned.owner.name if owned else '王', house)}"
        phone = (owned.owner.phone if owned else "") or house.office.phones.one()
        house.do(
            actions.join_team, facts=MemberFacts("neighbour", called, has_flat=True, phone=phone), since=on, flat=flat
        )
    if house.number % 2:
        return
    trade, name, phone = house.rng.choice(house.office.professionals)
    house.do(actions.join_team, facts=MemberFacts("professional", name, phone=phone), since=on, trade=trade)


def listen(house: House, on: date, step: str) -> None:
    """Put down what somebody said."""
    floor, words = house.said(step)
    flats = [flat for flat in house.flats if flat.floor == floor]
    if flats:
        house.do(actions.note_contact, kind="visit", on=on, words=words, flat=house.rng.choice(flats))
    else:
        house.do(actions.note_contact, kind="meeting", on=on, words=words)


def ask(house: House, on: date, share: float, *, enough: bool = True) -> None:
    """Put down which households wish for a lift; `enough` of them, once everybody was asked."""
    rng, flats = house.rng, house.flats
    wishes = {
        flat.room: "for" if rng.random() < WISHES.get(flat.floor, 0.95) else rng.choice(("unsure", "against"))
        for flat in flats
    }
    asked = rng.sample(flats, max(1, round(len(flats) * share)))
    if share == 1.0:
        least, most = -(-len(flats) * 3 // 4), len(flats) * 3 // 5
        wishing = [room for room, wish in wishes.items() if wish == "for"]
        if enough:
            others = [flat.room for flat in reversed(flats) if wishes[flat.room] != "for"]
            wishes |= dict.fromkeys(others[: max(0, least - len(wishing))], "for")
        else:
            wishes |= dict.fromkeys(wishing[: max(0, len(wishing) - most)], "unsure")
    house.do(actions.note_stance, stances={flat.room: wishes[flat.room] for flat in asked}, on=on)


def wish(house: House, on: date, wishes: Mapping[str, str]) -> None:
    """Put down what those wish of whom it is told; of flats that there are."""
    rooms = {flat.room for flat in house.flats} & set(wishes)
    if rooms:
        house.do(actions.note_stance, stances={room: wishes[room] for room in sorted(rooms)}, on=on)


def _all_flats(house: House) -> list[Flat]:
    """Flats on record, and those that the register lacks since nobody lives there."""
    stairwell, there = house.dossier.stairwell, {flat.room for flat in house.flats}
    for floor in range(1, stairwell.levels + 1):
        for place in range(1, stairwell.households_per_floor + 1):
            if (room := f"{floor}{place:02d}") not in there:
                house.do(actions.correct_flat, flat=None, facts=FlatFacts(room, floor, None))
    return house.flats


def _owners(house: House, home: Household | None, at_home: list[Resident], before: OwnerTold | None) -> list[OwnerTold]:
    """Who owns a flat: the oldest who lives there, a couple, somebody elsewhere, or the owner of the one before."""
    rng = house.rng
    if before is not None and rng.random() < TWO_FLATS:
        return [before]
    if home is None or home.tenure == RENTED or not at_home:
        return [OwnerTold(_somebody(house), house.office.phones.one(), away=True)]
    first = OwnerTold(at_home[0].name, at_home[0].phone)
    if len(at_home) > 1 and rng.random() < CO_OWNED:
        return [first, OwnerTold(at_home[1].name, at_home[1].phone, speaks=False)]
    return [first]


def _somebody(house: House) -> str:
    words = read_ground_facts().people_names
    families = words["families"]["often"]["names"].split() + words["families"]["usual"]["names"].split()
    given = house.rng.choice(words["given"][1:4])
    pool = given["men"].split() + given["women"].split()
    return str(house.rng.choice(families) + house.rng.choice(pool))


def _upper(house: House) -> list[Flat]:
    """Neighbours for the team: of different floors, the upper ones first."""
    flats = sorted(house.flats, key=lambda flat: (flat.floor < 3, house.rng.random()))
    return flats[:NEIGHBOURS]


def _called(name: str, house: House) -> str:
    return f"老{name[0]}" if house.rng.random() < 0.5 else f"{name[0]}{house.rng.choice(('阿姨', '老师', '师傅'))}"
