import math

import numpy as np
import pytest

from xiuhua.engine.network import Flag, Persona, WalkNetwork

ADULT = Persona("adult", 1.3, 1.0, 5, 15)
FRAIL = Persona("frail", 0.7, 2.0, 5, 15)
WHEELCHAIR = Persona("wheelchair", 0.9, math.inf, 5, 15, max_slope=1 / 12)


def one_edge(flags=0, **given):
    return WalkNetwork.from_edges([0, 100], [0, 0], [0], [1], [100.0], [flags], **given)


def costs(persona, net, hour=None):
    costed = net.impedance(persona, hour)
    return costed.forward_dm[0], costed.backward_dm[0]


def test_a_level_street_costs_its_length():
    assert costs(FRAIL, one_edge()) == (1000, 1000)


def test_steps_count_by_their_factor_or_not_at_all():
    assert costs(FRAIL, one_edge(Flag.STEPS)) == (2000, 2000)
    assert costs(WHEELCHAIR, one_edge(Flag.STEPS)) == (-1, -1)


def test_a_flight_without_length_is_barred_too():
    flight = WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [0.0], [Flag.STEPS])
    assert costs(WHEELCHAIR, flight) == (-1, -1)
    assert costs(FRAIL, flight) == (0, 0)


def test_waiting_costs_the_metres_walked_meanwhile():
    assert costs(ADULT, one_edge(Flag.CROSSING)) == (1065, 1065)
    assert costs(ADULT, one_edge(Flag.CROSSING | Flag.SIGNALS)) == (1195, 1195)


def test_slope_changes_the_pace_by_direction():
    up, down = costs(ADULT, one_edge(slope=[0.1]))
    assert up == round(1000 * math.exp(3.5 * 0.10))
    assert down == 1000
    assert costs(ADULT, one_edge(slope=[-0.1])) == (down, up)
    assert min(costs(ADULT, one_edge(slope=[0.05]))) == round(1000 * math.exp(-3.5 * 0.05))


def test_slope_can_be_left_out():
    assert costs(Persona("flat", 1.0, 1.0, 0, 0, slope=False), one_edge(slope=[0.1])) == (1000, 1000)


def test_too_steep_is_closed_but_the_limit_itself_is_open():
    assert costs(WHEELCHAIR, one_edge(slope=[0.09])) == (-1, -1)
    assert costs(WHEELCHAIR, one_edge(slope=[-0.09])) == (-1, -1)
    assert min(costs(WHEELCHAIR, one_edge(slope=[1 / 12]))) > 0


def test_steps_are_not_judged_by_slope():
    climber = Persona("climber", 1.0, 1.5, 0, 0, max_slope=0.1)
    assert costs(climber, one_edge(Flag.STEPS, slope=[0.5])) == (1500, 1500)


def test_a_private_gate_is_passed_in_its_direction():
    assert costs(ADULT, one_edge(Flag.GATE | Flag.PRIVATE)) == (1000, 1000)
    assert costs(ADULT, one_edge(Flag.GATE | Flag.PRIVATE, oneway=[True])) == (1000, -1)
    assert costs(ADULT, one_edge(Flag.PRIVATE)) == (1000, 1000)


def test_a_gate_opens_by_its_timetable():
    hours = np.zeros((2, 168), bool)
    hours[1, 6:22] = True
    gate = one_edge(Flag.GATE, timetable=[1], timetables=hours)
    assert costs(ADULT, gate, hour=10) == (1000, 1000)
    assert costs(ADULT, gate, hour=22) == (-1, -1)
    assert costs(ADULT, gate, hour=None) == (1000, 1000)
    assert costs(ADULT, one_edge(timetables=hours), hour=22) == (1000, 1000)
    assert costs(ADULT, one_edge(), hour=22) == (1000, 1000)


def test_one_way_stays_one_way():
    assert costs(ADULT, one_edge(oneway=[True])) == (1000, -1)


def test_costs_start_from_the_length_each_time():
    net = one_edge(Flag.STEPS)
    assert net.impedance(WHEELCHAIR).impedance(FRAIL).digest() == net.impedance(FRAIL).digest()
    assert net.forward_dm.tolist() == [1000]


def test_an_hour_may_be_numpys():
    assert costs(ADULT, one_edge(timetable=[0], timetables=np.eye(1, 168)), np.int64(0)) == (1000, 1000)


@pytest.mark.parametrize("hour", [-1, 168, True, 1.5, 8.0, "8", [8]])
def test_refuses_an_hour_outside_the_week(hour):
    with pytest.raises(ValueError, match="hour must be an hour of the week, a whole number from 0 to 167"):
        one_edge().impedance(ADULT, hour)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"speed_m_s": 0}, "speed must be a positive"),
        ({"speed_m_s": math.nan}, "speed must be a positive"),
        ({"steps_factor": 0}, "factor of steps"),
        ({"crossing_delay_s": -1}, "delay must not be negative"),
        ({"signal_delay_s": math.inf}, "delay must not be negative"),
        ({"max_slope": -0.1}, "steepest slope"),
        ({"speed_m_s": "1.3"}, "speed_m_s must be a number, not '1.3'"),
        ({"steps_factor": None}, "steps_factor must be a number, not None"),
        ({"crossing_delay_s": "5"}, "crossing_delay_s must be a number, not '5'"),
        ({"signal_delay_s": [15]}, r"signal_delay_s must be a number, not \[15\]"),
        ({"max_slope": True}, "max_slope must be a number, not True"),
        ({"slope": "no"}, "slope must be True or False, not 'no'"),
    ],
)
def test_refuses_a_persona_that_cannot_be(change, says):
    plain = {"key": "p", "speed_m_s": 1.0, "steps_factor": 1.0, "crossing_delay_s": 0, "signal_delay_s": 0}
    with pytest.raises(ValueError, match=f"persona p: .*{says}"):
        Persona(**(plain | change))
