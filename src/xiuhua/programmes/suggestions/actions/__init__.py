"""Verbs of people's suggestions."""

from xiuhua.programmes.suggestions.actions.adopting import adopt, decline, tell_progress
from xiuhua.programmes.suggestions.actions.answering import answer, contact, extend
from xiuhua.programmes.suggestions.actions.assigning import accept, assign, pass_on, transfer
from xiuhua.programmes.suggestions.actions.ending import close, escalate
from xiuhua.programmes.suggestions.actions.following import confirm_phone, rate, reopen
from xiuhua.programmes.suggestions.actions.intake import receive
from xiuhua.programmes.suggestions.actions.learning import use_model
from xiuhua.programmes.suggestions.actions.opening import look_at_sender
from xiuhua.programmes.suggestions.actions.publishing import draft_publication, publish, unpublish
from xiuhua.programmes.suggestions.actions.sorting import confirm_sorting, merge, split
from xiuhua.programmes.suggestions.actions.spots import end_spot, make_spot

__all__ = [
    "accept",
    "adopt",
    "answer",
    "assign",
    "close",
    "confirm_phone",
    "confirm_sorting",
    "contact",
    "decline",
    "draft_publication",
    "end_spot",
    "escalate",
    "extend",
    "look_at_sender",
    "make_spot",
    "merge",
    "pass_on",
    "publish",
    "rate",
    "receive",
    "reopen",
    "split",
    "tell_progress",
    "transfer",
    "unpublish",
    "use_model",
]
