"""Verbs of people's suggestions."""

from xiuhua.programmes.suggestions.actions.adopting import adopt, decline, tell_progress
from xiuhua.programmes.suggestions.actions.answering import answer, contact, extend
from xiuhua.programmes.suggestions.actions.assigning import accept, assign, pass_on, transfer
from xiuhua.programmes.suggestions.actions.ending import close, escalate
from xiuhua.programmes.suggestions.actions.events import (
    call_off_event,
    edit_event,
    hold_event,
    keep_event_photos,
    open_minutes,
    open_registration,
    plan_event,
    report_event,
    set_programme,
    write_minutes,
)
from xiuhua.programmes.suggestions.actions.following import confirm_phone, rate, reopen
from xiuhua.programmes.suggestions.actions.intake import receive
from xiuhua.programmes.suggestions.actions.learning import use_model
from xiuhua.programmes.suggestions.actions.memos import leave_memo
from xiuhua.programmes.suggestions.actions.opening import look_at_sender
from xiuhua.programmes.suggestions.actions.publishing import draft_publication, publish, unpublish
from xiuhua.programmes.suggestions.actions.sorting import confirm_sorting, merge, split
from xiuhua.programmes.suggestions.actions.spots import end_spot, make_spot
from xiuhua.programmes.suggestions.actions.topics import group_topics, rename_topic
from xiuhua.programmes.suggestions.actions.walls import (
    dot_note,
    merge_notes,
    move_note,
    put_up_note,
    take_down_note,
    turn_notes,
)

__all__ = [
    "accept",
    "adopt",
    "answer",
    "assign",
    "call_off_event",
    "close",
    "confirm_phone",
    "confirm_sorting",
    "contact",
    "decline",
    "dot_note",
    "draft_publication",
    "edit_event",
    "end_spot",
    "escalate",
    "extend",
    "group_topics",
    "hold_event",
    "keep_event_photos",
    "leave_memo",
    "look_at_sender",
    "make_spot",
    "merge",
    "merge_notes",
    "move_note",
    "open_minutes",
    "open_registration",
    "pass_on",
    "plan_event",
    "publish",
    "put_up_note",
    "rate",
    "receive",
    "rename_topic",
    "reopen",
    "report_event",
    "set_programme",
    "split",
    "take_down_note",
    "tell_progress",
    "transfer",
    "turn_notes",
    "unpublish",
    "use_model",
    "write_minutes",
]
