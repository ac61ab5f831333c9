from datetime import date

import pytest

from expectations import forbidden, refused
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.rules.facts import Measures

DAY = date(2023, 7, 1)
FIT = Measures("half", "double", 3.1, 8.4, 4.6, "雨水管", True, True)


@pytest.mark.parametrize(
    ("measures", "suitable"),
    [(FIT, True), (Measures(front_m=3.1), None), (Measures(front_m=1.9, spacing_m=5.0), False)],
)
def test_it_is_judged_once_all_is_measured_or_something_speaks_against_it(dossier, coordinator, measures, suitable):
    actions.measure_stairwell(actor=coordinator, dossier=dossier, measures=measures, measured_on=DAY)
    dossier.stairwell.refresh_from_db()
    assert dossier.stairwell.lift_suitable is suitable
    assert bool(dossier.stairwell.unsuitable_because) == (suitable is False)


def test_a_length_that_cannot_be_is_refused(dossier, coordinator):
    with refused("「门洞前深度」不对"):
        actions.measure_stairwell(actor=coordinator, dossier=dossier, measures=Measures(front_m=-1.0), measured_on=DAY)


def test_nobody_measures_tomorrow_or_before_there_was_a_house(dossier, coordinator):
    with refused("日期在今天以后"):
        actions.measure_stairwell(actor=coordinator, dossier=dossier, measures=FIT, measured_on=date(2023, 9, 1))
    with refused("日期比房屋建成（1984 年）还早"):
        actions.measure_stairwell(actor=coordinator, dossier=dossier, measures=FIT, measured_on=date(1800, 1, 1))


def test_another_committees_coordinator_does_not_measure(dossier, elsewhere):
    with forbidden():
        actions.measure_stairwell(actor=elsewhere, dossier=dossier, measures=FIT, measured_on=DAY)
