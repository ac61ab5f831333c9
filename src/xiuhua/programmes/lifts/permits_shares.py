"""Who may do what with shares and the money after them."""

from django.db.models import Q

from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.programmes.lifts.models import Flat, Owner, Payment, Scheme
from xiuhua.programmes.lifts.permits import may_work


def may_adopt(actor: Actor, *, scheme: Scheme, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_work(actor, dossier=scheme.dossier)


def may_keep_money(actor: Actor, *, flat: Flat, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_work(actor, dossier=flat.dossier)


def may_strike(actor: Actor, *, payment: Payment, **_: object) -> bool:
    """Whoever carries the stairwell."""
    return may_work(actor, dossier=payment.dossier)


def may_state_limit(actor: Actor, *, flat: Flat, **_: object) -> bool:
    """An owner of the flat for themselves, and whoever carries the stairwell on their behalf."""
    return may_work(actor, dossier=flat.dossier) or owns(actor, flat)


def owns(actor: Actor, flat: Flat) -> bool:
    """Whether somebody signed in is an owner of a flat: by account, or by the telephone that stands there."""
    if not isinstance(actor, User):
        return False
    theirs = Q(user_id=actor.pk)
    if actor.phone:
        theirs |= sealed_equals(Owner, "phone", actor.phone)
    return Owner.objects.filter(theirs, ownerships__flat=flat).exists()
