"""Flats, areas, owners and wishes are put down."""

from datetime import date

import pytest

from expectations import forbidden, refused
from programmes.lifts.conftest import AREAS
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.models import Owner
from xiuhua.programmes.lifts.rules.flats import FlatFacts


def test_areas_that_do_not_make_up_the_sum_are_refused(consulting, coordinator):
    with refused("差 0.01"):
        actions.set_areas(actor=coordinator, dossier=consulting, areas_dm2=AREAS, source="register", total_dm2=68521)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (FlatFacts("101", 1, 5000, "register"), "101 室已经登记过"),
        (FlatFacts("701", 7, 5000, "register"), "这个门洞只有 6 层"),
        (FlatFacts("104", 1, 0, "register"), "面积不对"),
        (FlatFacts("104", 1, 5000), "还没有选面积依据"),
        (FlatFacts(" ", 1, None), "还没有填室号"),
    ],
)
def test_a_flat_that_cannot_be_is_refused(consulting, coordinator, facts, why):
    with refused(why):
        actions.correct_flat(actor=coordinator, dossier=consulting, flat=None, facts=facts)


def test_an_unknown_room_is_named(consulting, coordinator):
    with refused("没有 909 室"):
        actions.note_stance(actor=coordinator, dossier=consulting, stances={"909": "for"}, on=date(2023, 7, 1))


def test_one_owner_of_two_flats_is_one_owner(consulting, coordinator):
    before = Owner.objects.filter(dossier=consulting).count()
    told = OwnerTold("许一", "15400000777", speaks=False)
    for room in ("301", "401"):
        flat = consulting.flats.get(room=room)
        owner = actions.add_owner(actor=coordinator, dossier=consulting, flat=flat, told=told).subject
    assert Owner.objects.filter(dossier=consulting).count() == before + 1
    assert owner.flats.count() == 2


def test_an_owner_twice_and_a_second_voice_are_refused(consulting, coordinator):
    flat = consulting.flats.get(room="201")
    told = OwnerTold("许一", "15400000777", speaks=False)
    actions.add_owner(actor=coordinator, dossier=consulting, flat=flat, told=told)
    with refused("已经登记在这套房屋上"):
        actions.add_owner(actor=coordinator, dossier=consulting, flat=flat, told=told)
    with refused("已经有人行使表决权"):
        actions.add_owner(actor=coordinator, dossier=consulting, flat=flat, told=OwnerTold("许二"))


def test_who_has_sold_is_taken_off(consulting, coordinator):
    flat = consulting.flats.get(room="201")
    owner = flat.owners.get()
    actions.remove_owner(actor=coordinator, dossier=consulting, flat=flat, owner=owner)
    assert not flat.owners.exists()
    with refused("不在这套房屋上"):
        actions.remove_owner(actor=coordinator, dossier=consulting, flat=flat, owner=owner)


def test_a_telephone_is_opened_on_record_and_not_from_elsewhere(consulting, coordinator, elsewhere):
    owner = consulting.owners.first()
    actions.open_owner(actor=coordinator, dossier=consulting, owner=owner)
    entry = Entry.objects.get(verb="lifts.open_owner", outcome="done")
    assert (entry.subject_id, entry.facts) == (str(owner.pk), {"purpose": "lift"})
    with forbidden():
        actions.open_owner(actor=elsewhere, dossier=consulting, owner=owner)
