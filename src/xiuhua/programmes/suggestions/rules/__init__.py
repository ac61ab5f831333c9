"""Decisions about suggestions: plain values in, verdicts with reasons out."""

from xiuhua.programmes.suggestions.rules.handling import (
    can_be_accepted,
    can_be_adopted,
    can_be_extended,
    can_be_merged,
    can_be_passed_on,
    can_be_rated,
    can_be_reopened,
    can_be_split,
    code_is_for,
    handed_to,
    memo_can_be_left,
    reason_is_given,
    reply_can_be_sent,
    sorting_can_stand,
)
from xiuhua.programmes.suggestions.rules.intake import Sent, can_be_received, is_no_flood, spot_can_be_made
from xiuhua.programmes.suggestions.rules.publishing import (
    can_be_drafted,
    can_be_published,
    public_place,
    public_point,
)
from xiuhua.programmes.suggestions.rules.terms import due_on, escalates_on, reply_due_on

__all__ = [
    "Sent",
    "can_be_accepted",
    "can_be_adopted",
    "can_be_drafted",
    "can_be_extended",
    "can_be_merged",
    "can_be_passed_on",
    "can_be_published",
    "can_be_rated",
    "can_be_received",
    "can_be_reopened",
    "can_be_split",
    "code_is_for",
    "due_on",
    "escalates_on",
    "handed_to",
    "is_no_flood",
    "memo_can_be_left",
    "public_place",
    "public_point",
    "reason_is_given",
    "reply_can_be_sent",
    "reply_due_on",
    "sorting_can_stand",
    "spot_can_be_made",
]
