"""Who may ask about a stairwell's lift, and who answers."""

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Stairwell
from xiuhua.ground.territory.queries import lives_in
from xiuhua.programmes.lifts import queries_votes
from xiuhua.programmes.lifts.models import Question
from xiuhua.programmes.lifts.permits import WORKS


def may_ask(actor: Actor, *, stairwell: Stairwell, **_: object) -> bool:
    """Whoever lives in the stairwell, owns a flat there or acts for somebody who does; whoever carries it."""
    if actor.holds(*WORKS, at=stairwell.path):
        return True
    if not isinstance(actor, User) or actor.kind != Kind.RESIDENT:
        return False
    return (
        lives_in(actor, stairwell)
        or queries_votes.owners_of(actor).filter(dossier__stairwell=stairwell).exists()
        or queries_votes.mandates_of(actor).filter(dossier__stairwell=stairwell).exists()
    )


def may_answer_question(actor: Actor, *, question: Question, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return actor.holds(*WORKS, at=question.path)
