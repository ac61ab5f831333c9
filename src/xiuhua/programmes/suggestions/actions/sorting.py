"""Saying what a suggestion is, and which belong together."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.suggestions import permits, queries, rules
from xiuhua.programmes.suggestions.actions.terms import book_of, set_terms
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Suggestion


@action("suggestions.confirm_sorting", says=gettext_lazy("确认分类"), permits=permits.may_handle)
def confirm_sorting(
    *, actor: Actor, suggestion: Suggestion, nature: str, category: str, path: str = ""
) -> Done[Suggestion]:
    """Say what a suggestion is (确认分类): its nature, its category, and the committee that it is about.

    What is found by a person is what the next model learns from.

    Parameters
    ----------
    path : str
        Path of a committee, or of the subdistrict; empty leaves it where it is.

    Raises
    ------
    Refused
        There is no such nature, category or place.
    """
    suggestion = locked(suggestion)
    refuse_unless(rules.sorting_can_stand(nature, category, book_of(suggestion).categories))
    if path:
        refuse_unless(queries.is_place_of(suggestion.subdistrict, path))
    before = {"nature": suggestion.nature, "category": suggestion.category, "path": suggestion.path}
    suggestion.nature, suggestion.category = nature, category
    suggestion.path = path or suggestion.path
    suggestion.nature_sure = suggestion.category_sure = 1.0
    suggestion.sorted_at = now()
    set_terms(suggestion)
    suggestion.save()
    after = {"nature": nature, "category": category, "path": suggestion.path}
    changed = sorted(name for name in after if before[name] != after[name])
    return Done(suggestion, {"nature": nature, "category": category, "fields": changed, "day": today()})


@action("suggestions.merge", says=gettext_lazy("合并"), permits=permits.may_decide)
def merge(*, actor: Actor, suggestion: Suggestion, into: Suggestion) -> Done[Suggestion]:
    """Merge a suggestion into another one about the same matter (合并): its person hears what the other hears.

    Raises
    ------
    Refused
        It is too late for that, or the other one is itself, merged, or another subdistrict's.
    """
    first, second = sorted((suggestion, into), key=lambda row: row.pk)
    held = {row.pk: row for row in (locked(first), locked(second))}
    suggestion, into = held[suggestion.pk], held[into.pk]
    refuse_unless(
        rules.can_be_merged(
            same=suggestion.pk == into.pk,
            other_is_merged=into.merged_into_id is not None,
            has_merged=suggestion.merged_from.exists(),
            same_subdistrict=suggestion.subdistrict == into.subdistrict,
        )
    )
    suggestion.state = SuggestionFlow.after("merge", suggestion.state)
    suggestion.merged_into = into
    set_terms(suggestion)
    suggestion.save()
    return Done(suggestion, {"into": into.pk, "number": into.number})


@action("suggestions.split", says=gettext_lazy("拆开"), permits=permits.may_decide)
def split(*, actor: Actor, suggestion: Suggestion) -> Done[Suggestion]:
    """Take a suggestion out again of what it was merged into (拆开).

    Raises
    ------
    Refused
        It was not merged, or what it was merged into is closed.
    """
    suggestion = locked(suggestion)
    state = SuggestionFlow.after("split", suggestion.state)
    into = suggestion.merged_into
    refuse_unless(rules.can_be_split(into_is_closed=into is not None and into.state == "closed"))
    suggestion.state, suggestion.merged_into = state, None
    suggestion.accepted_at = suggestion.accepted_at or now()
    set_terms(suggestion)
    suggestion.save()
    return Done(suggestion, {"out_of": into.pk if into else None})
