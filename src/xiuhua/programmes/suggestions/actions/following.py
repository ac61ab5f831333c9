"""What whoever suggested does: say how satisfied they are, ask that it be taken up again."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts.models import PhoneCode
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.suggestions import permits, rules
from xiuhua.programmes.suggestions.actions.terms import book_of, set_terms
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Reply, Suggestion

JUST_NOW = timedelta(minutes=1)
"""Within it a code that was taken lets its telephone be confirmed."""


@action("suggestions.rate", says=gettext_lazy("评价"), permits=permits.may_follow, audience=Audience.STAFF)
def rate(*, actor: Actor, suggestion: Suggestion, stars: int, words: str = "", token: str = "") -> Done[Suggestion]:
    """Say how satisfied one is with the answer (评价), in one to five stars; again, if one thinks otherwise later.

    Raises
    ------
    Refused
        There is no answer yet, or no star was chosen.
    """
    suggestion = locked(suggestion)
    refuse_unless(rules.can_be_rated(told=suggestion.answered_at is not None, stars=stars))
    suggestion.rating, suggestion.rating_words, suggestion.rated_at = stars, words.strip(), now()
    suggestion.save(update_fields=["rating", "rating_words", "rated_at"])
    return Done(suggestion, {"stars": stars, "day": today()})


@action("suggestions.reopen", says=gettext_lazy("要求重办"), permits=permits.may_follow)
def reopen(*, actor: Actor, suggestion: Suggestion, words: str, token: str = "") -> Done[Suggestion]:
    """Ask once that it be taken up again (要求重办), saying what is amiss; it goes back to whoever had it in hand.

    Raises
    ------
    Refused
        It was taken up again before, the answer is too long ago, or nothing is said.
    """
    suggestion = locked(suggestion)
    state = SuggestionFlow.after("reopen", suggestion.state)
    told_on = timezone.localtime(suggestion.answered_at).date() if suggestion.answered_at else None
    refuse_unless(
        rules.can_be_reopened(
            reopened=suggestion.reopened_at is not None,
            told_on=told_on,
            today=today(),
            term=book_of(suggestion).terms.reopen,
            words=words,
        )
    )
    suggestion.state, suggestion.reopened_at = state, now()
    suggestion.closed_at = suggestion.escalated_at = None
    set_terms(suggestion)
    suggestion.save()
    Reply.objects.create(
        suggestion=suggestion, kind=Reply.Kind.REOPENED, words=words.strip(), by=actor.reference, said_at=now()
    )
    return Done(suggestion, {"day": today()}, sealed={"words": words.strip()})


@action("suggestions.confirm_phone", says=gettext_lazy("确认手机号"), permits=permits.may_follow)
def confirm_phone(*, actor: Actor, suggestion: Suggestion, row: PhoneCode, token: str = "") -> Done[Suggestion]:
    """Let answers go to a telephone that was shown to be one's own (确认手机号).

    The code itself is taken before (`codes.use_code`), outside of this transaction: a wrong try that were rolled back
    with it would not count.

    Raises
    ------
    Refused
        The code went to another telephone, or was not taken just now.
    """
    suggestion = locked(suggestion)
    taken = row.used_at is not None and now() - row.used_at < JUST_NOW
    refuse_unless(rules.code_is_for(row.phone, suggestion.phone, taken=taken))
    suggestion.phone_confirmed_at = now()
    suggestion.save(update_fields=["phone_confirmed_at"])
    return Done(suggestion)
