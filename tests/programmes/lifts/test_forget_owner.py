"""What lifts keep of a person: handed over in their copy, and emptied when they are erased."""

from datetime import date

import pytest

from expectations import by_hand
from xiuhua.ground.privacy.actions import erase_resident
from xiuhua.ground.privacy.holdings import kept_of
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Resident
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.rules.team import MemberFacts


@pytest.fixture
def officer(town, staff):
    return staff(Role.PRIVACY_OFFICER, at=town, name="何敏")


@pytest.fixture
def wang(consulting, coordinator) -> Resident:
    """Owns 501, is in the team, and was spoken to."""
    wang = Resident.objects.get(birth_year=1941)
    with by_hand():
        wang.name, wang.phone = "王秀英", "13812345678"
        wang.save()
    flat = consulting.flats.get(household=wang.household)
    told = OwnerTold(wang.name, wang.phone, speaks=False)
    actions.add_owner(actor=coordinator, dossier=consulting, flat=flat, told=told)
    facts = MemberFacts("neighbour", wang.name, has_flat=True, phone=wang.phone)
    actions.join_team(actor=coordinator, dossier=consulting, facts=facts, since=date(2023, 3, 1), flat=flat)
    said = {"kind": "visit", "on": date(2023, 4, 1), "words": f"{wang.name}担心采光", "flat": flat}
    actions.note_contact(actor=coordinator, dossier=consulting, **said)
    actions.note_snag(actor=coordinator, dossier=consulting, words=f"{wang.name}还没答应")
    return wang


def test_it_stands_in_the_copy_and_goes_with_them(wang, consulting, officer):
    copy = dict(kept_of(wang, officer))
    for head in ("加梯里的业主登记", "加梯陪伴小组", "加梯联系记录"):
        assert len(copy[head]) == 1, head

    erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    consulting.refresh_from_db()
    kept = [consulting.snag, *(row.words for row in consulting.contacts.all())]
    kept += [f"{row.name} {row.phone}" for row in (*consulting.owners.all(), *consulting.team.all())]
    assert not any(wang.name in words for words in kept)
    assert "担心采光" in "".join(kept)
    assert consulting.flats.get(household=wang.household).ownerships.count() == 2
