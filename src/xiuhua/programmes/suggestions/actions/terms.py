"""The terms that run on a suggestion, set anew after each of its moves."""

from xiuhua.ground.standards import SuggestionStandard, on
from xiuhua.ground.territory.days import today
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.models import Suggestion


def book_of(suggestion: Suggestion) -> SuggestionStandard:
    """The rule book as it stands today where a suggestion lies."""
    return on(today(), at=suggestion.subdistrict).suggestions


def set_terms(suggestion: Suggestion) -> None:
    """Set by when a reply and the next step are owed, by the rule book of the day on which it came."""
    terms = on(suggestion.submitted_on, at=suggestion.subdistrict).suggestions.terms
    suggestion.reply_due_on = queries.reply_due(suggestion, terms)
    suggestion.due_on = queries.next_due(suggestion, terms)
