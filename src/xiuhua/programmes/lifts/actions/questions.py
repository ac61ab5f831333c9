"""Residents ask about their lift, or say that they wish for one; whoever carries the stairwell answers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.messages import sending as messages
from xiuhua.ground.territory.models import Stairwell
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits_phone
from xiuhua.programmes.lifts.models import Question
from xiuhua.programmes.lifts.rules import questions as rules

TEMPLATE = "lifts.answer"


@action("lifts.ask", says=_("居民提问"), permits=permits_phone.may_ask)
def ask(*, actor: Actor, stairwell: Stairwell, words: str = "", kind: str = Question.Kind.ASK) -> Done[Question]:
    """Put down a question about a stairwell's lift (问一句), or that somebody wishes for one (想装电梯).

    Raises
    ------
    Refused
        Nothing is asked, too many questions wait already, or the wish was told before.
    """
    stairwell = locked(stairwell)
    asker = actor if isinstance(actor, User) and actor.kind == Kind.RESIDENT else None
    own = Question.objects.filter(user=asker) if asker else Question.objects.none()
    refuse_unless(
        rules.question_can_be_asked(
            words,
            wish=kind == Question.Kind.WISH,
            waiting=own.waiting().filter(kind=Question.Kind.ASK).count() if kind == Question.Kind.ASK else 0,
            wished=own.filter(stairwell=stairwell, kind=Question.Kind.WISH).exists(),
        )
    )
    row = Question.objects.create(
        stairwell=stairwell, path=stairwell.path, kind=kind, user=asker, words=words.strip(), asked_at=now()
    )
    return Done(row, {"kind": kind})


@action("lifts.answer_question", says=_("答复提问"), permits=permits_phone.may_answer_question, audience=Audience.STAFF)
def answer_question(*, actor: Actor, question: Question, answer: str) -> Done[Question]:
    """Answer a resident's question (答复提问); they read it in their account.

    Raises
    ------
    Refused
        It was answered already, or nothing is said.
    """
    question = locked(question)
    refuse_unless(rules.question_can_be_answered(answer, answered=question.answered_at is not None))
    question.answer, question.answered_at, question.answered_by = answer.strip(), now(), actor.reference
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    if question.user is not None:
        link = reverse("own_lift:asked", args=[question.pk])
        messages.send(to_user=question.user, text=question.answer, about=question, template=TEMPLATE, link=link)
    return Done(question, {"kind": question.kind})
