from datetime import date

from xiuhua.ground.standards import Status, on

DAY = date(2023, 8, 3)


def test_the_five_actions_stand_in_the_order_of_the_office_and_say_how_sure_they_are():
    book = on(DAY).projects
    assert list(book.actions) == ["culture", "slow", "bluegreen", "children", "quality"]
    assert book.actions["slow"].name_zh == "慢行友好"
    assert {action.taken_up.status for action in book.actions.values()} == {Status.MEMORY}
    assert book.action_name("gone") == "gone"


def test_the_office_has_five_sections():
    book = on(DAY).offices
    assert list(book.sections) == ["management", "self_governance", "services", "planning", "safety"]
    assert book.section_name("planning") == "规建办"
    assert book.section_name("gone") == "gone"


def test_an_action_that_an_office_has_not_taken_up_is_left_out():
    book = on(DAY, {"projects.actions.culture.taken_up": False, "offices.sections.planning.standing": False})
    assert "culture" not in book.projects.actions
    assert "planning" not in book.offices.sections
