"""Forgetting who it was: by their own hand, and by night when the time of keeping is over."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal import values
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.suggestions import keeping, permits
from xiuhua.programmes.suggestions.actions.terms import set_terms
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.rules import forgetting as rules

MOST_AT_ONCE = 500
"""Suggestions of one subdistrict that one night's act empties; the next night takes the next."""


@action("suggestions.forget_sender", says=gettext_lazy("删掉建议人的联系方式"), permits=permits.may_follow)
def forget_sender(
    *, actor: Actor, suggestion: Suggestion, words_too: bool = False, token: str = ""
) -> Done[Suggestion]:
    """Delete one's name and telephone (删掉我的电话和姓名); what one wrote and sent along too, once it is done with.

    It goes on being handled by its masked words, and its link still leads there; no message goes to anybody.

    Raises
    ------
    Refused
        They are gone already, or the words are still worked with.
    """
    suggestion = locked(suggestion)
    refuse_unless(
        rules.sender_can_be_forgotten(
            is_owed=suggestion.is_owed,
            words_too=words_too,
            contact_left=suggestion.contact_gone_at is None,
            words_left=suggestion.words_gone_at is None,
        )
    )
    forgotten = keeping.forget_contact(suggestion)
    if words_too:
        forgotten += keeping.forget_words(suggestion)
    set_terms(suggestion)
    suggestion.save()
    keys = sum(values.shred(reference) for reference in sorted(set(forgotten)))
    return Done(suggestion, {"words": words_too, values.SHREDDED: keys, "day": today()})


@action("suggestions.forget_old", says=gettext_lazy("删掉到期的联系方式和原话"), permits=permits.may_escalate)
def forget_old(*, actor: Actor, subdistrict: Subdistrict) -> Done[Subdistrict]:
    """Empty who it was and their own words, of what was closed for as long as the book keeps them (保存期限).

    Digests of addresses go after some days, whatever became of what came from there.
    """
    keep = on(today(), at=subdistrict.path).suggestions.keep
    rows = Suggestion.objects.filter(subdistrict=subdistrict.path)
    first_kept = rules.kept_from(today(), int(keep.contact_months.number))
    before = timezone.make_aware(datetime.combine(first_kept, datetime.min.time()))
    numbers = list(_closed_before(rows, before).values_list("pk", flat=True)[:MOST_AT_ONCE])
    forgotten = keeping.forget_many(numbers)
    old = now() - timedelta(days=int(keep.sender_days.number))
    rows.filter(submitted_at__lt=old).exclude(sender="").update(sender="")
    keys = sum(values.shred(reference) for reference in sorted(forgotten))
    facts = {"count": len(numbers), "before": first_kept, "months": int(keep.contact_months.number)}
    return Done(subdistrict, {**facts, values.SHREDDED: keys})


def _closed_before(rows: QuerySet[Suggestion], before: datetime) -> QuerySet[Suggestion]:
    """Those that nobody comes back to: closed, merged into such a one, or adopted into what ended by then."""
    day = before.date()
    ended = (
        Q(state="closed", closed_at__lt=before)
        | Q(state="merged", merged_into__state="closed", merged_into__closed_at__lt=before)
        | Q(state="adopted") & (Q(project__finished_on__lt=day) | Q(project__stopped_on__lt=day))
    )
    return rows.filter(ended, words_gone_at=None).order_by("pk")
