"""The owners of a stairwell put down at once, and one by one where somebody has no telephone."""

import pytest

from expectations import refused
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.models import Owner

MOTHER, SON = OwnerTold("周桂英"), OwnerTold("周明", "15400000007", speaks=False)


@pytest.fixture
def begun(dossier, coordinator):
    from datetime import date

    actions.begin_consulting(actor=coordinator, dossier=dossier, on=date(2023, 3, 1))
    return dossier


def test_owners_are_put_down_by_room_each_person_once(begun, coordinator):
    told = {"101": [MOTHER, SON], "102": [MOTHER], "201": [OwnerTold("顾敏", "15400000008", away=True)]}
    done = actions.add_owners(actor=coordinator, dossier=begun, owners=told)
    assert done.facts == {"flats": 3, "owners": 4}
    owners = {owner.name: owner for owner in Owner.objects.filter(dossier=begun)}
    assert set(owners) == {"周桂英", "周明", "顾敏"}
    assert [line.flat.room for line in owners["周桂英"].ownerships.all()] == ["101", "102"]
    assert owners["顾敏"].away
    assert owners["周明"].phone == "15400000007"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"909": [MOTHER]}, "没有 909 室"),
        ({"101": [MOTHER, MOTHER]}, "已经登记在这套房屋上"),
        ({"101": [MOTHER, OwnerTold("顾敏")]}, "已经有人行使表决权"),
        ({"101": [OwnerTold(" ")]}, "还没有填姓名"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_put_down(begun, coordinator, told, why):
    with refused(why):
        actions.add_owners(actor=coordinator, dossier=begun, owners={"102": [SON], **told})
    assert not Owner.objects.filter(dossier=begun).exists()


def test_somebody_without_a_telephone_who_owns_another_flat_stays_one_owner(begun, coordinator):
    for flat in begun.flats.filter(room__in=["101", "102"]):
        actions.add_owner(actor=coordinator, dossier=begun, flat=flat, told=MOTHER)
    assert Owner.objects.filter(dossier=begun).count() == 1
