"""Verbs of the lift programme: the only code that changes what it keeps."""

from xiuhua.programmes.lifts.actions.batches import (
    adopt_batch,
    adopt_plan,
    dissolve_batch,
    move_batch,
    propose_batches,
)
from xiuhua.programmes.lifts.actions.centres import close_centre, open_centre
from xiuhua.programmes.lifts.actions.contacts import note_contact, note_snag
from xiuhua.programmes.lifts.actions.contractors import choose_quote, drop_contractor, enter_contractor, note_quote
from xiuhua.programmes.lifts.actions.faults import answer_fault, close_fault, report_fault
from xiuhua.programmes.lifts.actions.fees import note_fee, take_back_fee
from xiuhua.programmes.lifts.actions.flats import (
    add_owner,
    correct_flat,
    note_stance,
    open_owner,
    remove_owner,
    set_areas,
)
from xiuhua.programmes.lifts.actions.gates import pass_gate, take_back_gate, waive_gate
from xiuhua.programmes.lifts.actions.mandates import end_mandate, give_mandate
from xiuhua.programmes.lifts.actions.money import (
    note_payment,
    note_refund,
    plan_instalments,
    settle_cost,
    strike_payment,
)
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
from xiuhua.programmes.lifts.actions.notices import add_notice_photos, note_permit, post_notice, take_down_notice
from xiuhua.programmes.lifts.actions.objections import answer_objection, note_mediation, note_objection
from xiuhua.programmes.lifts.actions.opening import measure_stairwell, open_dossiers
from xiuhua.programmes.lifts.actions.papers import add_paper
from xiuhua.programmes.lifts.actions.questions import answer_question, ask
from xiuhua.programmes.lifts.actions.registers import add_owners
from xiuhua.programmes.lifts.actions.shares import adopt_scheme, draft_scheme, sign_share, state_limit
from xiuhua.programmes.lifts.actions.site import note_delay, write_diary
from xiuhua.programmes.lifts.actions.taking_over import take_over
from xiuhua.programmes.lifts.actions.team import join_team, leave_team
from xiuhua.programmes.lifts.actions.units import note_inspection, note_service, register_unit, sign_upkeep
from xiuhua.programmes.lifts.actions.votes import (
    cancel_vote,
    cast_ballot,
    cast_paper_ballot,
    close_vote,
    open_vote,
    record_past_vote,
)

__all__ = [
    "add_notice_photos",
    "add_owner",
    "add_owners",
    "add_paper",
    "adopt_batch",
    "adopt_plan",
    "adopt_scheme",
    "answer_fault",
    "answer_objection",
    "answer_question",
    "ask",
    "begin_agreeing",
    "begin_consulting",
    "begin_design",
    "cancel_vote",
    "cast_ballot",
    "cast_paper_ballot",
    "choose_quote",
    "close_centre",
    "close_fault",
    "close_vote",
    "correct_flat",
    "dissolve_batch",
    "draft_scheme",
    "drop_contractor",
    "end_mandate",
    "enter_contractor",
    "finish_building",
    "give_mandate",
    "hand_over",
    "join_team",
    "leave_team",
    "measure_stairwell",
    "move_batch",
    "note_contact",
    "note_delay",
    "note_fee",
    "note_inspection",
    "note_mediation",
    "note_objection",
    "note_payment",
    "note_permit",
    "note_quote",
    "note_refund",
    "note_service",
    "note_snag",
    "note_stance",
    "open_centre",
    "open_dossiers",
    "open_owner",
    "open_vote",
    "pass_gate",
    "plan_instalments",
    "post_notice",
    "propose_batches",
    "record_past_vote",
    "register_unit",
    "remove_owner",
    "report_fault",
    "set_areas",
    "set_aside",
    "settle_cost",
    "sign_agreement",
    "sign_share",
    "sign_upkeep",
    "start_building",
    "state_limit",
    "strike_payment",
    "take_back_fee",
    "take_back_gate",
    "take_down_notice",
    "take_over",
    "waive_gate",
    "write_diary",
]
