"""Talking to whoever suggested."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits, rules
from xiuhua.programmes.suggestions.actions.memos import note_down
from xiuhua.programmes.suggestions.actions.terms import book_of, set_terms
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Memo, Reply, Suggestion
from xiuhua.programmes.suggestions.telling import tell


@action("suggestions.contact", says=gettext_lazy("首次联系"), permits=permits.may_handle)
def contact(*, actor: Actor, suggestion: Suggestion, words: str, template: str = "") -> Done[Suggestion]:
    """Let the person know that they were heard (首次联系): by a message of our own words, or noting a call.

    Raises
    ------
    Refused
        Nothing is owed any more, somebody has been in touch already, or the words say nothing of this case.
    """
    suggestion = locked(suggestion)
    if not suggestion.is_owed:
        raise Refused(
            Reason(
                _("现在是「%(state)s」，不用再联系") % {"state": suggestion.state_title},
                mend=_("要补充说明，请用「答复」"),
            )
        )
    if suggestion.contacted_at is not None:
        mend = _("还要说什么，请用「答复」，或者给同事留言")
        raise Refused(Reason(_("已经有人做过首次联系"), field="words", mend=mend))
    refuse_unless(rules.reply_can_be_sent(words, draft_of(suggestion, template)))
    suggestion.contacted_at = now()
    set_terms(suggestion)
    suggestion.save()
    tell(actor, suggestion, Reply.Kind.CONTACT, words, template=template)
    return Done(suggestion, {"template": template, "day": today()})


@action("suggestions.answer", says=gettext_lazy("答复"), permits=permits.may_handle)
def answer(*, actor: Actor, suggestion: Suggestion, words: str, template: str = "") -> Done[Suggestion]:
    """Answer (答复): what was done, or how things are. Those merged into it are told the same.

    Raises
    ------
    Refused
        It is in nobody's hand, or the words say nothing of this case.
    """
    suggestion = locked(suggestion)
    state = SuggestionFlow.after("answer", suggestion.state)
    refuse_unless(rules.reply_can_be_sent(words, draft_of(suggestion, template)))
    on_time = suggestion.reply_due_on is None or today() <= suggestion.reply_due_on
    suggestion.state = state
    suggestion.answered_at = now()
    suggestion.contacted_at = suggestion.contacted_at or now()
    set_terms(suggestion)
    suggestion.save()
    tell(actor, suggestion, Reply.Kind.ANSWER, words, template=template)
    return Done(suggestion, {"template": template, "on_time": on_time, "day": today()})


@action("suggestions.extend", says=gettext_lazy("延期"), permits=permits.may_decide)
def extend(*, actor: Actor, suggestion: Suggestion, reason: str) -> Done[Suggestion]:
    """Take more time (延期): a claim once by the law's extension, others by being found complex (复杂事项).

    Raises
    ------
    Refused
        It was extended before, nothing is owed, or no reason is given.
    """
    suggestion = locked(suggestion)
    if not suggestion.is_owed:
        raise Refused(Reason(_("已经答复，不用延期")))
    refuse_unless(rules.reason_is_given(reason))
    refuse_unless(
        rules.can_be_extended(
            suggestion.nature, is_complex=suggestion.is_complex, extended=suggestion.extended_at is not None
        )
    )
    suggestion.extended_at = now()
    suggestion.is_complex = suggestion.is_complex or suggestion.nature != "claim"
    before = suggestion.reply_due_on
    set_terms(suggestion)
    suggestion.save()
    note_down(actor, suggestion, Memo.Kind.EXTEND, reason, due_on=suggestion.reply_due_on)
    facts = {"before": before, "due_on": suggestion.reply_due_on}
    return Done(suggestion, facts, sealed={"reason": reason.strip()})


def draft_of(suggestion: Suggestion, template: str) -> str:
    """The words that a reply started from; none where it started from none."""
    found = book_of(suggestion).templates.get(template)
    return str(found.text.value) if found else ""
