"""One house of six storeys and twelve flats in 西村, and those who bring a lift to it.

``dossier`` has not begun, ``consulting`` has, with areas, owners, wishes and a team; later stages come from
``brought_to(state)``.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from programmes.lifts.building import (  # noqa: F401 - fixtures
    firm,
    lift_in_construction,
    lift_in_service,
    photo,
    resident,
    stranger,
)
from programmes.lifts.programme import programme  # noqa: F401 - a fixture
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import lay_out
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.territory.plan import HouseholdPlan, TerritoryPlan
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules.team import MemberFacts

SYSTEM = System("test")
TODAY = date(2023, 8, 3)
AREAS = {f"{floor}0{side}": 5236 if side == 1 else 6184 for floor in range(1, 7) for side in (1, 2)}
"""Square decimetres by room: 685.20 square metres in all."""

PAPER = Prepared(Sort.DOCUMENT, b"%PDF-1.4 a test", "application/pdf", "a.pdf")


@pytest.fixture
def town(noon, subdistrict, plan: TerritoryPlan) -> Subdistrict:
    """Two committees, as for every programme; the house in 西村 has twelve flats."""
    homes = tuple(
        HouseholdPlan(f"h{room}", "s1", int(room[0]), room, area / 100, "自有")
        for room, area in AREAS.items()
        if room != "501"
    )
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=replace(plan, households=(*plan.households, *homes)))
    return subdistrict


@pytest.fixture
def west(town) -> Committee:
    return Committee.objects.get(name="西村")


@pytest.fixture
def coordinator(west, staff):
    """The western sub-centre's."""
    return staff(Role.LIFT_COORDINATOR, at=west, name="沈晓岚")


@pytest.fixture
def section_head(town, staff):
    return staff(Role.SECTION_HEAD, at=town, name="周立群")


@pytest.fixture
def elsewhere(town, staff):
    """A coordinator of the eastern committee."""
    return staff(Role.LIFT_COORDINATOR, at=Committee.objects.get(name="东村"), name="陆建平")


@pytest.fixture
def dossier(town) -> Dossier:
    """Not begun."""
    actions.open_dossiers(actor=SYSTEM, subdistrict=town)
    return Dossier.objects.get()


@pytest.fixture
def consulting(dossier, coordinator) -> Dossier:
    """Begun on 1 March, with everything that the consultation asks for but the briefing."""
    on = date(2023, 3, 1)
    actions.begin_consulting(actor=coordinator, dossier=dossier, on=on)
    actions.set_areas(actor=coordinator, dossier=dossier, areas_dm2=AREAS, source="register", total_dm2=68520)
    for number, flat in enumerate(dossier.flats.order_by("room"), start=1):
        told = OwnerTold(f"业主{number:02d}", f"154000000{number:02d}")
        actions.add_owner(actor=coordinator, dossier=dossier, flat=flat, told=told)
    stances = dict.fromkeys(AREAS, "for") | {"102": "against"}
    actions.note_stance(actor=coordinator, dossier=dossier, stances=stances, on=date(2023, 3, 20))
    _gather_team(dossier, coordinator, on)
    dossier.refresh_from_db()
    return dossier


def _gather_team(dossier: Dossier, coordinator, on: date) -> None:
    lead = MemberFacts("coordinator", "沈晓岚", has_account=True)
    actions.join_team(actor=coordinator, dossier=dossier, facts=lead, since=on, user=coordinator)
    for flat in dossier.flats.filter(room__in=["301", "503", "602", "502"]):
        neighbour = MemberFacts("neighbour", f"{flat.room}老周", has_flat=True, phone="15400000099")
        actions.join_team(actor=coordinator, dossier=dossier, facts=neighbour, since=on, flat=flat)


@pytest.fixture
def waived(section_head) -> Callable[[Dossier], None]:
    """Waive every gate that is open before the next move."""
    from xiuhua.programmes.lifts import gates

    def waive(dossier: Dossier) -> None:
        for gate in gates.next_gates(dossier):
            if gate.is_open:
                actions.waive_gate(actor=section_head, dossier=dossier, rule=gate.key, reason="试验")

    return waive


MOVES = (
    ("designing", actions.begin_design, date(2023, 4, 11)),
    ("agreeing", actions.begin_agreeing, date(2023, 5, 20)),
    ("signed", actions.sign_agreement, date(2023, 6, 12)),
    ("building", actions.start_building, date(2023, 7, 1)),
    ("finishing", actions.finish_building, date(2023, 7, 20)),
    ("running", actions.hand_over, date(2023, 8, 1)),
)


@pytest.fixture
def brought_to(consulting, coordinator, waived) -> Callable[[str], Dossier]:
    """The dossier in a later state, its open gates waived: ``brought_to("building")``."""

    def bring(state: str) -> Dossier:
        for reached, move, on in MOVES:
            waived(consulting)
            move(actor=coordinator, dossier=consulting, on=on)
            consulting.refresh_from_db()
            if reached == state:
                return consulting
        raise ValueError(state)

    return bring
