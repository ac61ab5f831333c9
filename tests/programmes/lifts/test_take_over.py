from datetime import date

import pytest

from expectations import forbidden, refused, verbs_of
from xiuhua.programmes.lifts import actions, gates
from xiuhua.programmes.lifts.rules.moves import Standing

HISTORY = [
    ("begin", date(2021, 3, 1)),
    ("design", date(2021, 4, 1)),
    ("agree", date(2021, 6, 1)),
    ("sign", date(2021, 7, 1)),
]


@pytest.fixture
def centre(town, staff):
    """The coordinator of the subdistrict's own centre."""
    from xiuhua.ground.scope.roles import Role

    return staff(Role.LIFT_COORDINATOR, at=town, name="何立新")


def test_it_works(dossier, centre):
    actions.take_over(actor=centre, dossier=dossier, history=HISTORY)

    dossier.refresh_from_db()
    assert (dossier.state, dossier.stage, dossier.signed_on) == ("signed", "signed", date(2021, 7, 1))
    assert verbs_of(dossier) == [
        "lifts.begin_consulting",
        "lifts.begin_design",
        "lifts.begin_agreeing",
        "lifts.sign_agreement",
        "lifts.take_over",
    ]
    assert gates.gate_named("vote", dossier).standing is Standing.PASSED
    assert gates.gate_named("planning", dossier).is_open


def test_a_day_before_the_previous_is_refused_and_nothing_is_written(dossier, centre):
    with refused("2021-03-01 比上一步（2021-04-01）还早"):
        actions.take_over(
            actor=centre, dossier=dossier, history=[("begin", date(2021, 4, 1)), ("design", date(2021, 3, 1))]
        )
    dossier.refresh_from_db()
    assert dossier.state == "waiting"


def test_a_gap_is_refused(dossier, centre):
    with refused("步骤不连贯"):
        actions.take_over(actor=centre, dossier=dossier, history=[HISTORY[0], HISTORY[2]])


def test_it_is_done_once(dossier, centre):
    actions.take_over(actor=centre, dossier=dossier, history=HISTORY[:1])
    with refused("已经在办了"):
        actions.take_over(actor=centre, dossier=dossier, history=HISTORY)


def test_a_sub_centre_does_not_take_over(dossier, coordinator):
    with forbidden():
        actions.take_over(actor=coordinator, dossier=dossier, history=HISTORY)
