"""What may come in."""

from dataclasses import replace
from datetime import date

import pytest

from xiuhua.ground.standards import on
from xiuhua.programmes.suggestions.rules import Sent, can_be_received, is_no_flood

FIGURES = on(date(2023, 8, 3)).suggestions.intake
PLAIN = Sent(letters=20, is_inside=True, most_from_address=20)


def fields(sent: Sent) -> list[str | None]:
    return [reason.field for reason in can_be_received(sent, FIGURES).reasons]


def test_a_sentence_is_enough():
    assert can_be_received(PLAIN, FIGURES).decision


def test_a_photograph_alone_is_enough():
    assert can_be_received(replace(PLAIN, letters=0, has_more=True), FIGURES).decision


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"letters": 0}, "words"),
        ({"letters": 100_000}, "words"),
        ({"is_inside": False}, "point"),
        ({"needs_phone": True}, "phone"),
        ({"phone": "1380000000"}, "phone"),
        ({"phone": "138000000000"}, "phone"),
        ({"phone": "23800000000"}, "phone"),
        ({"name": "长" * 41}, "name"),
        ({"place": "长" * 121}, "place"),
    ],
)
def test_what_is_amiss_is_said_at_its_field(change, field):
    assert fields(replace(PLAIN, **change)) == [field]


def test_a_short_number_says_how_many_figures_are_missing():
    (reason,) = can_be_received(replace(PLAIN, phone="1380000"), FIGURES).reasons
    assert str(reason) == "手机号少了 4 位；手机号是 11 位"


def test_everything_amiss_is_said_at_once():
    assert fields(replace(PLAIN, letters=0, is_inside=False, needs_phone=True)) == ["words", "phone", "point"]


def test_a_shared_hall_has_room_for_many():
    assert is_no_flood(replace(PLAIN, from_address=500, most_from_address=2000), FIGURES).decision


def test_who_is_to_be_told_by_message_needs_a_mobile_whoever_enters_it():
    entered = replace(PLAIN, phone="021-62570000", needs_phone=True, by_staff=True)
    assert fields(entered) == ["phone"]


def test_no_limit_holds_for_what_the_office_enters():
    entered = replace(PLAIN, from_address=500, phone="021-62570000", by_staff=True)
    assert can_be_received(entered, FIGURES).decision
    assert is_no_flood(entered, FIGURES).decision


@pytest.mark.parametrize(
    ("change", "cites"),
    [
        ({"from_address": 20}, "suggestions.intake.address_hour"),
        ({"phone": "13800000000", "by_phone": 10}, "suggestions.intake.phone_day"),
    ],
)
def test_a_flood_is_held_back_by_the_figure_that_it_cites(change, cites):
    (reason,) = is_no_flood(replace(PLAIN, **change), FIGURES).reasons
    assert reason.cites == cites
