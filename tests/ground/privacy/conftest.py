from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from expectations import by_hand
from xiuhua.ground.journal import heads
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions as territory
from xiuhua.ground.territory.models import Committee, Resident

SYSTEM = System("test")
TODAY = date(2023, 8, 3)
WANG, CHILD = "王秀英", "李小明"


def note_heads() -> None:
    """Note the head of the record at each of its entries, as after each commit."""
    for chain, number, mac in Entry.objects.order_by("id").values_list("chain", "number", "mac"):
        heads.keep(chain, number, mac)


@pytest.fixture
def laid_out_here(noon, subdistrict, plan):
    """The two committees, with someone of 82 and a child of 9 in one flat of the western one."""
    wang, child = plan.residents
    residents = (
        replace(wang, name=WANG, phone="13812345678", id_number="310107194103070022", birth_date=date(1941, 3, 7)),
        replace(child, name=CHILD),
    )
    territory.lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=replace(plan, residents=residents))
    return subdistrict


@pytest.fixture
def west(laid_out_here):
    return Committee.objects.get(name="西村")


@pytest.fixture
def east(laid_out_here):
    return Committee.objects.get(name="东村")


@pytest.fixture
def wang(laid_out_here) -> Resident:
    return Resident.objects.get(birth_year=1941)


@pytest.fixture
def child(laid_out_here) -> Resident:
    return Resident.objects.get(birth_year=2014)


@pytest.fixture
def officer(laid_out_here, staff):
    """The subdistrict's privacy officer."""
    return staff(Role.PRIVACY_OFFICER, at=laid_out_here, name="顾敏")


@pytest.fixture
def auditor(laid_out_here, staff):
    return staff(Role.AUDIT_ADMIN, at=laid_out_here, name="沈清")


@pytest.fixture
def worker(west, staff):
    """A grid worker of the western committee."""
    return staff(Role.GRID_WORKER, at=west, name="傅建华")


@pytest.fixture
def elsewhere(east, staff):
    """The privacy officer of the eastern committee only."""
    return staff(Role.PRIVACY_OFFICER, at=east, name="何东")


@pytest.fixture
def office(client_of, officer):
    """The privacy officer's browser."""
    return client_of(officer)


@pytest.fixture
def rests_on() -> Callable[[Resident, str], Resident]:
    """Let someone's data rest on a basis, behind the actions' back."""

    def let(resident: Resident, basis: str) -> Resident:
        with by_hand():
            resident.basis = basis
            resident.save(update_fields=["basis"])
        return resident

    return let
