"""Objections are put down and answered in writing; mediations are put on record."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts import permits, permits_votes, queries_votes
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.models import Dossier, Flat, Mediation, Objection
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules import objections as rules


@action("lifts.note_objection", says=_("登记异议"), permits=permits_votes.may_object)
def note_objection(
    *, actor: Actor, dossier: Dossier, words: str, raised_on: date, flat: Flat | None = None
) -> Done[Objection]:
    """Put down what a household objects to (异议); it is answered in writing within the book's working days.

    Raises
    ------
    Refused
        Nothing is said, or the same again, the flat is another stairwell's, or the day is still to come.
    """
    dossier = held(dossier)
    refuse_unless(rules.is_told(words, field="words", mend=gettext("写一句就行，例如：连廊挡了我家厨房的光")))
    refuse_unless(rules.is_of_here(flat is None or flat.dossier_id == dossier.pk))
    refuse_unless(moves.day_has_come(raised_on, today=today(), field="raised_on"))
    same = queries_votes.unanswered_objections(dossier).filter(flat=flat, by=actor.reference)
    refuse_unless(rules.is_new(any(row.words == words.strip() for row in same)))
    days = int(standards.on(raised_on, at=dossier.path).lifts.notice.reply_days.number)
    row = Objection.objects.create(
        dossier=dossier,
        attempt=dossier.attempt,
        flat=flat,
        words=words.strip(),
        raised_on=raised_on,
        due_on=rules.due_on(raised_on, days),
        by=actor.reference,
        at=now(),
    )
    return Done(row, {"on": raised_on, "due_on": row.due_on})


@action("lifts.answer_objection", says=_("书面答复异议"), permits=permits_votes.may_answer)
def answer_objection(*, actor: Actor, objection: Objection, answer: str, answered_on: date) -> Done[Objection]:
    """Answer an objection in writing (书面答复).

    Raises
    ------
    Refused
        It was answered, nothing is said, or the day cannot be.
    """
    objection = locked(objection)
    refuse_unless(rules.is_told(answer, field="answer", mend=gettext("写清楚怎么改、为什么不改，居民看得懂")))
    refuse_unless(
        rules.objection_can_be_answered(
            answered=objection.answered_on is not None,
            raised_on=objection.raised_on,
            answered_on=answered_on,
            today=today(),
        )
    )
    objection.answer, objection.answered_on, objection.answered_by = answer.strip(), answered_on, actor.reference
    objection.save(update_fields=["answer", "answered_on", "answered_by"])
    _moved_on(objection.dossier, answered_on)
    return Done(objection, {"on": answered_on, "late": answered_on > objection.due_on})


@action("lifts.note_mediation", says=_("登记调解"), permits=permits.may_work)
def note_mediation(
    *,
    actor: Actor,
    dossier: Dossier,
    on: date,
    mediator: str,
    households: int,
    outcome: str,
    words: str,
    file: Prepared | None = None,
) -> Done[Mediation]:
    """Put a mediation on record (调解记录); after it a vote that failed may be held again.

    Raises
    ------
    Refused
        It does not say who led it, what was said or what came of it, or the day is still to come.
    """
    dossier = held(dossier)
    refuse_unless(
        rules.mediation_is_told(
            words,
            mediator,
            outcome=outcome,
            outcomes=Mediation.Outcome.values,
            households=households,
            flats=dossier.flats.count(),
        )
    )
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    vote = queries_votes.closed_vote(dossier)
    row = Mediation.objects.create(
        dossier=dossier,
        attempt=dossier.attempt,
        vote=vote if vote is not None and not vote.passed else None,
        on=on,
        mediator=mediator.strip(),
        households=households,
        outcome=outcome,
        words=words.strip(),
        by=actor.reference,
        at=now(),
    )
    if file is not None:
        keeping.keep(file, subject=row, title=gettext("调解记录"))
    _moved_on(dossier, on)
    return Done(row, {"on": on, "outcome": outcome})


def _moved_on(dossier: Dossier, on: date) -> None:
    dossier = held(dossier)
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
