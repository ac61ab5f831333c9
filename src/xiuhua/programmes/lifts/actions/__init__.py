"""Verbs of the lift programme: the only code that changes what it keeps."""

from xiuhua.programmes.lifts.actions.centres import close_centre, open_centre
from xiuhua.programmes.lifts.actions.contacts import note_contact, note_snag
from xiuhua.programmes.lifts.actions.flats import (
    add_owner,
    correct_flat,
    note_stance,
    open_owner,
    remove_owner,
    set_areas,
)
from xiuhua.programmes.lifts.actions.gates import pass_gate, take_back_gate, waive_gate
from xiuhua.programmes.lifts.actions.moving import (
    begin_agreeing,
    begin_consulting,
    begin_design,
    finish_building,
    hand_over,
    set_aside,
    sign_agreement,
    start_building,
)
from xiuhua.programmes.lifts.actions.opening import measure_stairwell, open_dossiers
from xiuhua.programmes.lifts.actions.papers import add_paper
from xiuhua.programmes.lifts.actions.taking_over import take_over
from xiuhua.programmes.lifts.actions.team import join_team, leave_team

__all__ = [
    "add_owner",
    "add_paper",
    "begin_agreeing",
    "begin_consulting",
    "begin_design",
    "close_centre",
    "correct_flat",
    "finish_building",
    "hand_over",
    "join_team",
    "leave_team",
    "measure_stairwell",
    "note_contact",
    "note_snag",
    "note_stance",
    "open_centre",
    "open_dossiers",
    "open_owner",
    "pass_gate",
    "remove_owner",
    "set_areas",
    "set_aside",
    "sign_agreement",
    "start_building",
    "take_back_gate",
    "take_over",
    "waive_gate",
]
