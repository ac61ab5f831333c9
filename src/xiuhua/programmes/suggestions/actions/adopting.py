"""Adopting into a project, or saying why not; and telling people when the project moves."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.suggestions import permits, rules
from xiuhua.programmes.suggestions.actions.answering import draft_of
from xiuhua.programmes.suggestions.actions.terms import set_terms
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Reply, Suggestion
from xiuhua.programmes.suggestions.telling import tell


@action("suggestions.adopt", says=gettext_lazy("采纳"), permits=permits.may_decide)
def adopt(
    *, actor: Actor, suggestion: Suggestion, project: Project, words: str, template: str = ""
) -> Done[Suggestion]:
    """Adopt a suggestion into a project (采纳), and tell the person; from then on they hear how it goes.

    Raises
    ------
    Refused
        It is a personal claim, the project has stopped, it is not the time for it, or the words say nothing.
    """
    suggestion = locked(suggestion)
    state = SuggestionFlow.after("adopt", suggestion.state)
    refuse_unless(rules.can_be_adopted(nature=suggestion.nature, project_stands=project.state != "stopped"))
    refuse_unless(rules.reply_can_be_sent(words, draft_of(suggestion, template)))
    suggestion.state, suggestion.project = state, project
    suggestion.adopted_at = suggestion.answered_at = now()
    suggestion.contacted_at = suggestion.contacted_at or now()
    set_terms(suggestion)
    suggestion.save()
    tell(actor, suggestion, Reply.Kind.ADOPTED, words, template=template)
    return Done(suggestion, {"project": project.pk, "source": suggestion.source, "day": today()})


@action("suggestions.decline", says=gettext_lazy("不采纳"), permits=permits.may_decide)
def decline(*, actor: Actor, suggestion: Suggestion, words: str, template: str = "") -> Done[Suggestion]:
    """Say that it is not adopted, and why (不采纳).

    Raises
    ------
    Refused
        It is not the time for it, or the words give no reason of this case.
    """
    suggestion = locked(suggestion)
    state = SuggestionFlow.after("decline", suggestion.state)
    refuse_unless(rules.reply_can_be_sent(words, draft_of(suggestion, template)))
    suggestion.state, suggestion.answered_at = state, now()
    suggestion.contacted_at = suggestion.contacted_at or now()
    set_terms(suggestion)
    suggestion.save()
    tell(actor, suggestion, Reply.Kind.DECLINED, words, template=template)
    return Done(suggestion, {"source": suggestion.source, "day": today()})


@action("suggestions.tell_progress", says=gettext_lazy("告知进展"), permits=permits.may_handle)
def tell_progress(*, actor: Actor, suggestion: Suggestion, words: str) -> Done[Suggestion]:
    """Tell the person that the project moves which took their suggestion up (告知进展).

    Raises
    ------
    Refused
        The words say nothing.
    """
    suggestion = locked(suggestion)
    refuse_unless(rules.reply_can_be_sent(words))
    tell(actor, suggestion, Reply.Kind.PROGRESS, words)
    return Done(suggestion, {"project": suggestion.project_id})
