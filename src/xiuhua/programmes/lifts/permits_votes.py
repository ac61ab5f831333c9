"""Who may do what about votes, mandates and objections."""

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.territory.queries import lives_in
from xiuhua.programmes.lifts import permits, queries_votes
from xiuhua.programmes.lifts.models import Dossier, Elector, Mandate, Objection, Owner, Vote


def may_run_vote(actor: Actor, *, vote: Vote, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return permits.may_work(actor, dossier=vote.dossier)


def may_cast(actor: Actor, *, vote: Vote, elector: Elector, by_mandate: Mandate | None = None, **_: object) -> bool:
    """The owner who speaks for these flats, or who holds their mandate; no member of staff for anybody."""
    if isinstance(actor, System):
        return True
    if not isinstance(actor, User) or elector.owner_id is None:
        return False
    if by_mandate is not None:
        return queries_votes.mandates_of(actor).filter(pk=by_mandate.pk).exists()
    return queries_votes.owners_of(actor).filter(pk=elector.owner_id).exists()


def may_give_mandate(actor: Actor, *, dossier: Dossier, owner: Owner, **_: object) -> bool:
    """The owner, on their own phone; whoever carries the stairwell, with the document."""
    return is_owner(actor, owner) or permits.may_work(actor, dossier=dossier)


def may_end_mandate(actor: Actor, *, mandate: Mandate, **_: object) -> bool:
    """The owner; whoever carries the stairwell."""
    return is_owner(actor, mandate.owner) or permits.may_work(actor, dossier=mandate.dossier)


def may_object(actor: Actor, *, dossier: Dossier, **_: object) -> bool:
    """Owners and residents of the stairwell; whoever carries it."""
    return belongs_to(actor, dossier) or permits.may_work(actor, dossier=dossier)


def may_answer(actor: Actor, *, objection: Objection, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return permits.may_work(actor, dossier=objection.dossier)


def is_owner(actor: Actor, owner: Owner) -> bool:
    """Whether somebody signed in is this owner."""
    return isinstance(actor, User) and queries_votes.owners_of(actor).filter(pk=owner.pk).exists()


def belongs_to(actor: Actor, dossier: Dossier) -> bool:
    """Whether somebody signed in owns a flat of the stairwell, acts for one who does, or lives there."""
    if not isinstance(actor, User) or actor.kind != Kind.RESIDENT:
        return False
    return (
        queries_votes.owners_of(actor).filter(dossier=dossier).exists()
        or queries_votes.mandates_of(actor).filter(dossier=dossier).exists()
        or lives_in(actor, dossier.stairwell)
    )
