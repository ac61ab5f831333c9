"""Nouns of people's suggestions."""

from xiuhua.programmes.suggestions.models.event import Event, EventKind, Note, ProgrammeItem
from xiuhua.programmes.suggestions.models.learnt import LearntModel
from xiuhua.programmes.suggestions.models.memos import Memo
from xiuhua.programmes.suggestions.models.replies import Reply
from xiuhua.programmes.suggestions.models.sending import Sending, SendingApp
from xiuhua.programmes.suggestions.models.spot import Spot
from xiuhua.programmes.suggestions.models.suggestion import (
    Counter,
    Nature,
    PublicState,
    Source,
    Suggestion,
)
from xiuhua.programmes.suggestions.models.topic import Topic, TopicPart

__all__ = [
    "Counter",
    "Event",
    "EventKind",
    "LearntModel",
    "Memo",
    "Nature",
    "Note",
    "ProgrammeItem",
    "PublicState",
    "Reply",
    "Sending",
    "SendingApp",
    "Source",
    "Spot",
    "Suggestion",
    "Topic",
    "TopicPart",
]
