"""What the system does by itself: tell who has let a term pass, close what nobody asks about any more."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.registry import periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.standards import on
from xiuhua.ground.standards.suggestions import Terms
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import actions, rules
from xiuhua.programmes.suggestions.actions.forgetting import forget_old
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.topics import nightly  # noqa: F401 - registers the jobs that group topics


@periodic("5 9 * * *", "suggestions.escalate", says=gettext_lazy("逾期的建议报科长"))
def escalate(running: Running) -> None:
    """Tell the section head of each suggestion that has been overdue for longer than the book allows."""
    day = today()
    late = [one for one in overdue_untold() if one.due_on and rules.escalates_on(one.due_on, _terms(one)) <= day]
    with running.effect():
        for one in late:
            actions.escalate(actor=running.actor, suggestion=one)
        running.done({_("报科长"): len(late)})


@periodic("15 1 * * *", "suggestions.settle", says=gettext_lazy("到期办结建议"))
def settle(running: Running) -> None:
    """Close what was answered and of which nothing more was heard until the book's day."""
    settled = [one for one in answered_long_ago() if _is_settled(one)]
    with running.effect():
        for one in settled:
            actions.close(actor=running.actor, suggestion=one)
        running.done({_("办结"): len(settled)})


@periodic("35 2 * * *", "suggestions.forget", says=gettext_lazy("删掉到期的建议人信息"))
def forget(running: Running) -> None:
    """Empty who it was and their own words where the time of keeping is over, office by office."""
    with running.effect():
        done = [forget_old(actor=running.actor, subdistrict=office) for office in Subdistrict.objects.order_by("path")]
        running.done({_("删掉联系方式和原话"): sum(int(one.facts["count"]) for one in done)})


def overdue_untold() -> QuerySet[Suggestion]:
    """Suggestions of which a term is over and nobody above was told."""
    rows: QuerySet[Suggestion] = Suggestion.objects.overdue(today()).filter(escalated_at__isnull=True)
    return rows.order_by("pk")


def answered_long_ago() -> QuerySet[Suggestion]:
    """Suggestions answered a week ago or longer that are not closed."""
    rows: QuerySet[Suggestion] = Suggestion.objects.told().filter(answered_at__lt=now() - timedelta(days=7))
    return rows.exclude(state="adopted").order_by("pk")


def _is_settled(suggestion: Suggestion) -> bool:
    days = int(_terms(suggestion).settle.days.number)
    return suggestion.answered_at is not None and suggestion.answered_at < now() - timedelta(days=days)


def _terms(suggestion: Suggestion) -> Terms:
    return on(today(), at=suggestion.subdistrict).suggestions.terms
