"""Verbs of the territory, by what they are about."""

from xiuhua.ground.territory.actions.binding import (
    ask_binding,
    confirm_binding,
    end_binding,
    look_at_applicant,
    refuse_binding,
)
from xiuhua.ground.territory.actions.correcting import (
    add_resident,
    bring_back,
    correct_building,
    correct_household,
    correct_resident,
    move_out,
)
from xiuhua.ground.territory.actions.figures import return_to_standard, set_figure
from xiuhua.ground.territory.actions.files import export_list, open_household_file
from xiuhua.ground.territory.actions.judging import judge_stairwell
from xiuhua.ground.territory.actions.laying import found_subdistrict, lay_out

__all__ = [
    "add_resident",
    "ask_binding",
    "bring_back",
    "confirm_binding",
    "correct_building",
    "correct_household",
    "correct_resident",
    "end_binding",
    "export_list",
    "found_subdistrict",
    "judge_stairwell",
    "lay_out",
    "look_at_applicant",
    "move_out",
    "open_household_file",
    "refuse_binding",
    "return_to_standard",
    "set_figure",
]
