"""Taking up, handing on, passing on."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts.models import User
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.suggestions import permits, queries, rules
from xiuhua.programmes.suggestions.actions.memos import note_down
from xiuhua.programmes.suggestions.actions.terms import book_of, set_terms
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Memo, Reply, Suggestion
from xiuhua.programmes.suggestions.telling import tell


@dataclass(frozen=True, slots=True)
class Unit:
    """Who takes something in hand (主办): a section of the office, by its key, or a committee, by its path."""

    section: str = ""
    path: str = ""

    def __bool__(self) -> bool:
        return bool(self.section or self.path)


@action("suggestions.accept", says=gettext_lazy("受理"), permits=permits.may_decide)
def accept(
    *,
    actor: Actor,
    suggestion: Suggestion,
    unit: Unit | None = None,
    with_unit: Unit | None = None,
    assignee: User | None = None,
    is_complex: bool = False,
) -> Done[Suggestion]:
    """Take up a suggestion (受理), and hand it to a section or committee at once where one is named (受理并分派).

    Parameters
    ----------
    with_unit : Unit, optional
        Who helps (协办).
    is_complex : bool
        It takes longer, and the term is longer (复杂事项).

    Raises
    ------
    Refused
        It was taken up before, is a personal claim, or there is no such section or committee.
    """
    suggestion = locked(suggestion)
    refuse_unless(rules.can_be_accepted(suggestion.nature))
    suggestion.state = SuggestionFlow.after("accept", suggestion.state)
    suggestion.accepted_at = now()
    suggestion.is_complex = is_complex
    if unit:
        _hand_to(suggestion, unit, with_unit, assignee)
        suggestion.state = SuggestionFlow.after("assign", suggestion.state)
    set_terms(suggestion)
    suggestion.save()
    return Done(suggestion, _facts(suggestion))


@action("suggestions.assign", says=gettext_lazy("分派"), permits=permits.may_decide)
def assign(
    *,
    actor: Actor,
    suggestion: Suggestion,
    unit: Unit,
    with_unit: Unit | None = None,
    assignee: User | None = None,
) -> Done[Suggestion]:
    """Hand a suggestion that was taken up, taken up again, or has come back, to a section or committee (分派).

    Raises
    ------
    Refused
        There is no such section or committee, or it is not the time for it.
    """
    suggestion = locked(suggestion)
    state = SuggestionFlow.after("assign", suggestion.state)
    _hand_to(suggestion, unit, with_unit, assignee)
    suggestion.state, suggestion.passed_to = state, ""
    set_terms(suggestion)
    suggestion.save()
    return Done(suggestion, _facts(suggestion))


@action("suggestions.transfer", says=gettext_lazy("转交"), permits=permits.may_handle)
def transfer(
    *, actor: Actor, suggestion: Suggestion, unit: Unit, reason: str, assignee: User | None = None
) -> Done[Suggestion]:
    """Hand a suggestion on to another section or committee (转交), saying why; the term runs on.

    Whoever takes it over reads the reason beside it.

    Raises
    ------
    Refused
        It is in nobody's hand, no reason is given, or there is no such section or committee.
    """
    suggestion = locked(suggestion)
    state = SuggestionFlow.after("transfer", suggestion.state)
    refuse_unless(rules.reason_is_given(reason))
    before = Unit(suggestion.section, suggestion.unit_path)
    _hand_to(suggestion, unit, None, assignee)
    suggestion.state = state
    suggestion.save()
    note_down(
        actor,
        suggestion,
        Memo.Kind.TRANSFER,
        reason,
        was_section=before.section,
        was_unit_path=before.path,
        section=unit.section,
        unit_path=unit.path,
    )
    facts = {**_facts(suggestion), "from": before.section or before.path}
    return Done(suggestion, facts, sealed={"reason": reason.strip()})


@action("suggestions.pass_on", says=gettext_lazy("转办"), permits=permits.may_decide)
def pass_on(*, actor: Actor, suggestion: Suggestion, road: str, notice: str) -> Done[Suggestion]:
    """Pass on what is not ours (转办): a claim down the petition road, a repair to whoever repairs; the person is told.

    It stays on record with the term of that road, and comes back to be answered or handed out.

    Raises
    ------
    Refused
        There is no such road for a thing of this nature, or the notice says nothing.
    """
    suggestion = locked(suggestion)
    book = book_of(suggestion)
    roads = {key: one.nature for key, one in book.roads.items()}
    refuse_unless(rules.can_be_passed_on(suggestion.nature, road, roads))
    refuse_unless(rules.reply_can_be_sent(notice))
    suggestion.state = SuggestionFlow.after("pass_on", suggestion.state)
    suggestion.passed_to = road
    suggestion.accepted_at = suggestion.accepted_at or now()
    suggestion.contacted_at = suggestion.contacted_at or now()
    set_terms(suggestion)
    suggestion.save()
    tell(actor, suggestion, Reply.Kind.PASSED_ON, notice, template=road)
    return Done(suggestion, {"road": road, "due_on": suggestion.due_on, "day": today()})


def _hand_to(suggestion: Suggestion, unit: Unit, with_unit: Unit | None, assignee: User | None) -> None:
    sections = queries.sections_of(suggestion.subdistrict)
    known = bool(unit.path) and queries.is_committee_of(suggestion.subdistrict, unit.path)
    refuse_unless(rules.handed_to(unit.section, unit.path, sections, unit_is_known=known))
    suggestion.section, suggestion.unit_path = unit.section, unit.path
    if with_unit:
        known = bool(with_unit.path) and queries.is_committee_of(suggestion.subdistrict, with_unit.path)
        refuse_unless(rules.handed_to(with_unit.section, with_unit.path, sections, unit_is_known=known))
        suggestion.co_section, suggestion.co_unit_path = with_unit.section, with_unit.path
    suggestion.assignee = assignee


def _facts(suggestion: Suggestion) -> dict[str, object]:
    return {
        "unit": suggestion.section or suggestion.unit_path,
        "with": suggestion.co_section or suggestion.co_unit_path,
        "due_on": suggestion.due_on,
        "day": today(),
    }
